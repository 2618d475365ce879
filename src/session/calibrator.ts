/**
 * Calibration on a running controller: leads one person through the walk while no session is under way. Meanwhile the
 * board's buttons mean something else, all but STOP, and nothing can begin. STOP from anywhere, the person leaving, a
 * board that goes away: each ends it at once, and nothing is kept.
 */
import type { Driver } from '../../hardware/driver.ts';
import {
  answered,
  answersOf,
  beginCalibration,
  type CalibrationWalk,
  type Felt,
  isWalkOver,
  type MotorPlay,
  playOf,
} from '../../machines/calibration.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { BoardCalibration, Button, Ms } from '../../machines/vocabulary.ts';
import { FramePlayer, type Played } from '../motors/frame-player.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { type BoardTuning, keepTuning } from './board-tuning.ts';
import { answerBy } from './calibration-buttons.ts';
import {
  type CalibrationView,
  hindranceOf,
  keptWord,
  type Problem,
  type WalkStage,
  walkView,
} from './calibration-view.ts';
import type { Run } from './run.ts';
import type { Sessions } from './sessions.ts';

const words = catalogue.calibration;

export type CalibratorPorts = Readonly<{
  clock: Clock;
  sessions: Sessions;
  driver: Driver;
  tuning: BoardTuning;
  /** Something that viewers may want to see has changed. */
  changed?(): void;
}>;

/** Nobody answers for so long: they have gone, and a session may begin again. */
const idleMs: Ms = 600_000;
/** From an answer to the next pulse: the hand is still again. */
const settleMs: Ms = 700;
/** More answers than the longest way has. */
const mostWalks = 60;

type End = keyof typeof words.ended;

export class Calibrator {
  readonly #ports: CalibratorPorts;
  readonly #player: FramePlayer;
  /** Each question as it was asked, the newest last; empty while nothing is under way. */
  #walks: readonly CalibrationWalk[] = [];
  #run: Run | null = null;
  #unlisten: () => void = () => {};
  #stage: WalkStage = 'asked';
  #problem: Problem | null = null;
  /** Counted up with each question, so that an answer meant for another one counts for none. */
  #question = 0;
  /** Whether the firmware has reported a motor as driven since the last play began. */
  #wasDriven = false;
  /** Whether it has held that motor back meanwhile. */
  #wasClipped = false;
  #ended: string | null = null;
  #idle: Cancel = () => {};
  #soon: Cancel = () => {};

  constructor(ports: CalibratorPorts) {
    this.#ports = ports;
    this.#player = new FramePlayer({
      clock: ports.clock,
      driver: ports.driver,
      framed: frame => this.#run?.asked(frame),
    });
    const known = ports.tuning.known();
    if (known) ports.driver.calibrate(known.calibration);
  }

  get isUnderWay(): boolean {
    return this.#walks.length > 0;
  }

  /** What the motors are driven by, as far as anybody found out. */
  get calibration(): BoardCalibration {
    return this.#ports.tuning.known()?.calibration ?? this.#ports.tuning.usual;
  }

  get #walk(): CalibrationWalk | null {
    return this.#walks.at(-1) ?? null;
  }

  /** Why it can't begin, in a sentence; null where it can. */
  get hindrance(): string | null {
    return hindranceOf(this.#ports.sessions);
  }

  /** Why not, in a sentence; null where it has begun. */
  begin(): string | null {
    const { sessions, tuning } = this.#ports;
    if (this.isUnderWay) return words.refused.already;
    const why = this.hindrance;
    if (why !== null) return why;
    const { run } = sessions;
    this.#run = run;
    this.#ended = null;
    run.suspend(true);
    this.#unlisten = run.listen({
      intended: ({ intent }) => {
        if (intent === 'stop') this.end('stopped');
      },
      pressed: (button, down) => this.#pressed(button, down),
      changed: () => this.#look(run),
    });
    this.#ask(beginCalibration(tuning.usual, this.calibration.swapped));
    return null;
  }

  /** Plays what the question is about, once more too. */
  play(): string | null {
    const walk = this.#walk;
    const play = walk && playOf(walk);
    if (!play) return words.refused.nothing;
    if (this.#stage === 'playing') return words.refused.playing;
    this.#play(play);
    return null;
  }

  #play(play: MotorPlay): void {
    this.#soon();
    this.#stage = 'playing';
    this.#problem = null;
    this.#wasDriven = false;
    this.#wasClipped = false;
    this.#stayAwake();
    this.#player.play(play, played => this.#played(played));
    this.#changed();
  }

  /** `question`: the one that was shown. */
  answer(question: number, felt: Felt): string | null {
    const walk = this.#walk;
    if (!walk || question !== this.#question || !answersOf(walk).includes(felt)) return words.refused.other;
    if (this.#stage !== 'felt') return words.refused.notFelt;
    const after = answered(walk, felt);
    if (after.step === 'done') {
      this.#walks = [...this.#walks, after];
      this.#keep(after);
      this.#changed();
    } else if (after.step === 'refused') this.end(after.why === 'implant' ? 'implant' : 'neverTurns', after);
    else this.#ask(after);
    return null;
  }

  /** To the question before this one. */
  back(): string | null {
    if (this.#walks.length < 2) return words.refused.first;
    if (this.#walk && isWalkOver(this.#walk)) return words.refused.other;
    this.#player.cut();
    const before = this.#walks.slice(0, -1);
    this.#walks = before.slice(0, -1);
    const last = before.at(-1);
    if (last) this.#ask(last, false);
    return null;
  }

  /** Forgets what was found out: from now on the usual numbers hold. */
  undo(): string | null {
    const { sessions } = this.#ports;
    if (this.isUnderWay) return words.refused.already;
    if (!sessions.mayBegin) return words.hindrances.session;
    this.#kept(null, words.ended.undone);
    return null;
  }

  /** Silence, and nothing kept. */
  end(why: End, walk: CalibrationWalk | null = this.#walk): void {
    this.#over(fill(words.ended[why], { name: walk?.why === 'right' ? 'B' : 'A' }));
  }

  get view(): CalibrationView {
    const { tuning } = this.#ports;
    const known = tuning.known();
    return {
      hindrance: this.isUnderWay ? null : this.hindrance,
      id: tuning.id,
      keptFor: tuning.keptFor,
      known: known && { at: known.at, ...structuredClone(known.calibration) },
      usual: structuredClone(tuning.usual),
      walk:
        this.#walk &&
        walkView(this.#walk, {
          question: this.#question,
          stage: this.#stage,
          problem: this.#problem,
          mayGoBack: this.#walks.length > 1,
        }),
      ended: this.#ended,
    };
  }

  /** `mayFollow`: another pulse of the same kind follows by itself; a new kind waits for a person. */
  #ask(walk: CalibrationWalk, mayFollow = true): void {
    const isSame = this.#walk?.step === walk.step;
    this.#walks = [...this.#walks, walk].slice(-mostWalks);
    this.#question += 1;
    this.#problem = null;
    this.#stayAwake();
    const play = playOf(walk);
    this.#soon();
    this.#stage = play === null ? 'felt' : isSame && mayFollow ? 'playing' : 'asked';
    if (play && this.#stage === 'playing') {
      const { clock } = this.#ports;
      this.#soon = clock.at(clock.now() + settleMs, () => this.#play(play));
    }
    this.#changed();
  }

  #played(played: Played): void {
    if (played === 'cut') return;
    const ran = this.#wasDriven && !this.#wasClipped;
    this.#stage = played === 'played' && ran ? 'felt' : 'asked';
    this.#problem = played === 'stalled' ? 'stalled' : ran ? null : 'notDriven';
    this.#changed();
  }

  #pressed(button: Button, down: boolean): void {
    if (!down) return;
    const walk = this.#walk;
    if (button === 'stop' || button === 'receiver') this.end('stopped');
    else if (walk && this.#stage === 'felt' && playOf(walk)) {
      const felt = answerBy(button, walk);
      if (felt) this.answer(this.#question, felt);
    } else if (walk && this.#stage === 'asked' && button === 'go') this.play();
  }

  /** Whatever the board says: it is gone, or a motor of its runs. */
  #look({ board }: Run): void {
    if (!this.isUnderWay) return;
    if (board.state !== 'live') {
      this.end('boardLost');
      return;
    }
    const { duty, notes = [] } = board.status ?? {};
    if (this.#stage !== 'playing' || !duty) return;
    if (duty.left > 0 || duty.right > 0) this.#wasDriven = true;
    // Cut short by the firmware's own limits it is not what was asked about.
    if (notes.includes('clippedShare') || notes.includes('clippedContinuous')) this.#wasClipped = true;
  }

  #keep({ found, notes }: CalibrationWalk): void {
    const care = notes.map(note => words.notes[note]);
    this.#kept(found, [keptWord(this.#ports.tuning), ...care].join(' '));
  }

  /** A disk takes its time. What has come of it is said then, whatever has been begun or ended meanwhile. */
  #kept(calibration: BoardCalibration | null, sentence: string): void {
    keepTuning(this.#ports.tuning, calibration, why => this.#told(why ?? sentence));
  }

  #told(sentence: string): void {
    if (this.#walk && isWalkOver(this.#walk)) {
      this.#over(sentence);
      return;
    }
    // Motors that are being felt go on as they were; what is known now holds from the end of that on.
    if (!this.isUnderWay) this.#ports.driver.calibrate(this.calibration);
    this.#ended = sentence;
    this.#changed();
  }

  #over(sentence: string): void {
    if (!this.isUnderWay) return;
    // First of all: whatever else is to be done here, the motors are let go.
    this.#player.cut();
    this.#walks = [];
    this.#idle();
    this.#soon();
    this.#unlisten();
    this.#ports.driver.calibrate(this.calibration);
    this.#run?.suspend(false);
    this.#run = null;
    this.#ended = sentence;
    this.#changed();
  }

  #stayAwake(): void {
    const { clock } = this.#ports;
    this.#idle();
    this.#idle = clock.at(clock.now() + idleMs, () => this.end('idle'));
  }

  #changed(): void {
    this.#ports.changed?.();
  }
}
