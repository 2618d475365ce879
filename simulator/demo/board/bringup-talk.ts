/**
 * A bringup led by the page, on a line that the page has opened: the same steps as at a terminal. STOP from anywhere, the
 * page leaving, a board that goes away: each ends it at once, motors off, nothing kept.
 */
import { JohnnyFiveDriver } from '../../../hardware/johnny-five-driver.ts';
import { setupWords } from '../../../machines/text/setup.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { Exit } from '../../../src/app/exit.ts';
import { type BoardSettings, untried } from '../../../src/app/known-board.ts';
import { BoardUnderTest } from '../../../src/app/setup/board-under-test.ts';
import { triedOut } from '../../../src/app/setup/bringup-steps.ts';
import { holderMay } from '../../../src/app/setup/motor-steps.ts';
import { SetupWrong, setupWrong } from '../../../src/app/setup/setup-wrong.ts';
import type { Cancel, Clock } from '../../../src/time/clock.ts';
import type { BoardTalk, TalkEnd, TalkOver, TalkView } from '../../page/board/board-talk.ts';
import { DialogueOver, PageDialogue } from './page-dialogue.ts';
import type { RelayedLine } from './relayed-line.ts';

const words = setupWords.ended;
type End = TalkEnd | 'stoppedOnBoard' | 'gone' | 'idle';

/** Nobody answers for so long: they have gone. */
const idleMs: Ms = 600_000;

export type BringupPorts = Readonly<{
  clock: Clock;
  /** Not open yet. */
  line: RelayedLine;
  id: string;
  /** Null where nothing is known of this board. */
  settings: BoardSettings | null;
  /** Builds of the firmware that come along with the page, as HELLO says them. */
  builds: readonly string[];
  /** Resolves with the sentence that says where they are kept, or that they are not. */
  keep(settings: BoardSettings): Promise<string>;
}>;

const wrong = (what: string, todo: string): TalkOver => ({ how: 'wrong', what: [what], todo, file: null });

/** How an error of the steps is told. */
function overOf(error: unknown): TalkOver {
  if (error instanceof SetupWrong) return wrong(error.what, error.todo);
  if (error instanceof Exit)
    return error.kind === 'notPermitted'
      ? { how: 'ended', what: [catalogue.calibration.ended.implant], todo: null, file: null }
      : wrong(error.message, setupWords.fellTodo);
  const why = error instanceof Error ? error.message : String(error);
  return { how: 'ended', what: [fill(words.failed, { why })], todo: null, file: null };
}

export class BringupTalk implements BoardTalk {
  readonly over: Promise<TalkOver>;
  readonly #ports: BringupPorts;
  readonly #dialogue: PageDialogue;
  #bench: BoardUnderTest | null = null;
  #end: End | null = null;
  #idle: Cancel = () => {};
  /** What comes of it is known: whatever happens from now on changes nothing of that. */
  #isSettled = false;

  constructor(ports: BringupPorts, show: (view: TalkView) => void) {
    this.#ports = ports;
    this.#dialogue = new PageDialogue(show);
    this.#dialogue.stirred = () => this.#stayAwake();
    ports.line.on('close', () => this.#ended('gone'));
    ports.line.open();
    this.over = this.#run();
  }

  answer(question: number, key: string): void {
    this.#dialogue.answer(question, key);
  }

  end(why: TalkEnd): void {
    this.#ended(why);
  }

  async #run(): Promise<TalkOver> {
    const over = await this.#led().catch((error: unknown): TalkOver | null =>
      error instanceof DialogueOver || this.#end !== null ? null : overOf(error),
    );
    this.#isSettled = true;
    this.#idle();
    const end = this.#end;
    const confirmed = await this.#letGo();
    const told: TalkOver = over ?? {
      how: 'ended',
      what: end === null ? [] : this.#toldOf(end, confirmed),
      todo: null,
      file: null,
    };
    this.#dialogue.end(told);
    return told;
  }

  async #led(): Promise<TalkOver> {
    const dialogue = this.#dialogue;
    const { bringup } = dialogue.words;
    dialogue.say(bringup.welcome);
    dialogue.reached('holder');
    await holderMay(dialogue, untried().calibration);
    dialogue.reached('open');
    const bench = await this.#opened();
    const { identity } = bench.driver;
    if (!identity) throw setupWrong(bringup, bench.driver.other ? 'noFirmware' : 'stillNoFirmware');
    if (!this.#ports.builds.includes(identity.buildHash))
      dialogue.say(fill(bringup.otherBuild, { build: identity.buildHash }));
    const settings = await triedOut(dialogue, bench);
    if (this.#end !== null) throw new DialogueOver();
    this.#isSettled = true;
    const where = await this.#ports.keep(settings);
    return { how: 'done', what: [setupWords.kept.done, where], todo: null, file: null };
  }

  async #opened(): Promise<BoardUnderTest> {
    const { line, clock, id } = this.#ports;
    const settings = this.#ports.settings ?? untried();
    this.#dialogue.say(this.#dialogue.words.bringup.opening);
    const driver = new JohnnyFiveDriver(line, clock, settings);
    const close = (): void => line.leave();
    const bench = new BoardUnderTest({ path: id, id, settings, driver, line, clock, close });
    this.#bench = bench;
    await bench.answered();
    // How a STOP rests that is wired the other way round is no press.
    if (driver.identity) await bench.looked();
    bench.stopPressed = () => this.#stopPressed();
    if (this.#end !== null) throw new DialogueOver();
    return bench;
  }

  /** The board itself has cut its motors by now. Where its press was asked for it is an answer. */
  #stopPressed(): void {
    if (this.#dialogue.wantedPress === null) this.#ended('stoppedOnBoard');
  }

  #ended(why: End): void {
    if (this.#end !== null || this.#isSettled) return;
    this.#end = why;
    // First of all: whatever else is to be done here, the motors are let go.
    void this.#bench?.silent();
    this.#dialogue.close(words.stopping);
  }

  /** Whether the firmware has confirmed that nothing runs; null where nothing of it was ever driven. */
  async #letGo(): Promise<boolean | null> {
    const bench = this.#bench;
    if (!bench) return null;
    const confirmed = this.#ports.line.isOpen ? await bench.silent() : false;
    await bench.close();
    return confirmed;
  }

  #toldOf(end: End, confirmed: boolean | null): readonly string[] {
    if (end === 'gone' || confirmed === null) return [words[end]];
    return [words[end], confirmed ? words.off : words.unconfirmed];
  }

  #stayAwake(): void {
    const { clock } = this.#ports;
    this.#idle();
    this.#idle = clock.at(clock.now() + idleMs, () => this.#ended('idle'));
  }
}
