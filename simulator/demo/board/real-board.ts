/** A real board behind a port of the browser's: looked at, flashed, and used for sessions. */
import { type BoardKind, kindOf } from '../../../hardware/board-kind.ts';
import normallyClosedHex from '../../../hardware/firmware/tactus-uno.hex?raw';
import normallyClosed from '../../../hardware/firmware/tactus-uno.json' with { type: 'json' };
import normallyOpenHex from '../../../hardware/firmware/tactus-uno-normally-open.hex?raw';
import normallyOpen from '../../../hardware/firmware/tactus-uno-normally-open.json' with { type: 'json' };
import { chipFlashBytes, flash } from '../../../hardware/flash/flash.ts';
import { type WhoIsThere, whoIsThere } from '../../../hardware/who-is-there.ts';
import { boardWords } from '../../../machines/text/board.ts';
import type { Clock } from '../../../src/time/clock.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { loadHex } from '../../avr/hex.ts';
import type { BoardDeed, BoardTalk, TalkView } from '../../page/board/board-talk.ts';
import {
  BoardTrouble,
  type ChosenBoard,
  type FlashStage,
  type FoundOnBoard,
  type PortKind,
  type StopKind,
  stopKinds,
} from '../../page/board/board-tools.ts';
import { browserKeeps } from '../kept/browser-keeps.ts';
import { keptByBrowser } from '../kept/start-keeping.ts';
import { boardKindId } from './board-id.ts';
import { troubleOf } from './board-trouble.ts';
import { openSerial } from './serial.ts';
import { startTalk } from './start-talk.ts';
import { webBootLines } from './web-boot-line.ts';
import { openWebLine, type WebPort } from './web-port.ts';

const words = boardWords.trouble;
/** Of the firmware, and of nearly every Firmata. */
const baudRate = 57_600;

const firmwares: Readonly<Record<StopKind, Readonly<{ hex: string; buildHash: number }>>> = {
  normallyClosed: { hex: normallyClosedHex, buildHash: normallyClosed.buildHash },
  normallyOpen: { hex: normallyOpenHex, buildHash: normallyOpen.buildHash },
};

const kinds: Readonly<Record<BoardKind, PortKind>> = {
  uno: 'uno',
  nano: 'nano',
  clone: 'clone',
  mega: 'mega',
  unoR4: 'otherBoard',
  leonardo: 'otherBoard',
  other: 'unknown',
  notUsb: 'unknown',
};

const hexOf = (id: number | undefined): string | null => id?.toString(16).padStart(4, '0') ?? null;

/** Who runs the page's sessions. */
export type SessionsOnPort = Readonly<{
  isOn(port: WebPort): boolean;
  use(port: WebPort): Promise<void>;
  letGo(): Promise<void>;
}>;

export class RealBoard implements ChosenBoard {
  readonly kind: PortKind;
  readonly #kind: BoardKind;
  readonly #port: WebPort;
  readonly #id: string;
  readonly #sessions: () => SessionsOnPort | null;
  readonly #clock: Clock;

  constructor(port: WebPort, sessions: () => SessionsOnPort | null, clock: Clock = new SystemClock()) {
    const { usbVendorId, usbProductId } = port.getInfo();
    this.#kind = kindOf({ vendorId: hexOf(usbVendorId), productId: hexOf(usbProductId) });
    this.kind = kinds[this.#kind];
    this.#port = port;
    this.#id = boardKindId(port.getInfo());
    this.#sessions = sessions;
    this.#clock = clock;
  }

  isThere(): boolean {
    return this.#port.connected !== false;
  }

  isInSessions(): boolean {
    return this.#sessions()?.isOn(this.#port) ?? false;
  }

  async look(): Promise<FoundOnBoard> {
    this.#mustBeFree();
    const who = await this.#ask();
    if (who.is === 'firmata') return { is: 'otherFirmware', name: who.name };
    if (who.is !== 'tactus') return who;
    if (who.unfit !== null) return { is: 'otherVersion' };
    const stop = stopKinds.find(kind => firmwares[kind].buildHash === who.buildHash);
    return stop === undefined ? { is: 'otherBuild' } : { is: 'ours', stop };
  }

  async flash(stop: StopKind, listener: (stage: FlashStage) => void): Promise<void> {
    this.#mustBeFree();
    const { hex, buildHash } = firmwares[stop];
    await flash(webBootLines(this.#port, this.#clock), loadHex(hex, chipFlashBytes), {
      kind: this.#kind,
      asking: baud => listener({ at: 'looking', baud }),
      progress: (done, both) => {
        const of = both / 2;
        listener(done <= of ? { at: 'writing', done, of } : { at: 'checking', done: done - of, of });
      },
    }).catch((error: unknown) => {
      throw troubleOf(error, this.#port);
    });
    listener({ at: 'starting' });
    const who = await this.#ask().catch(() => {
      throw new BoardTrouble(words.mute, 'choose');
    });
    if (who.is === 'tactus' && who.buildHash === buildHash) return;
    throw new BoardTrouble(who.is === 'silent' ? words.mute : words.muteOther, 'choose');
  }

  async doubt(): Promise<string | null> {
    return (await browserKeeps.boards.of(this.#id)).said;
  }

  async talk(deed: BoardDeed, show: (view: TalkView) => void): Promise<BoardTalk> {
    this.#mustBeFree();
    const { settings } = await browserKeeps.boards.of(this.#id);
    const { state: kept, remembered } = await keptByBrowser().knownOf(this.#id);
    const pipe = await openSerial(this.#port).catch((error: unknown) => {
      throw troubleOf(error, this.#port);
    });
    const begin = { deed, known: { id: this.#id, settings }, kept, remembered };
    return startTalk(begin, pipe, browserKeeps, show);
  }

  async useForSessions(): Promise<void> {
    await this.#sessions()
      ?.use(this.#port)
      .catch((error: unknown) => {
        throw troubleOf(error, this.#port);
      });
  }

  async letGo(): Promise<void> {
    await this.#sessions()?.letGo();
  }

  #mustBeFree(): void {
    if (this.isInSessions()) throw new BoardTrouble(words.goneInSession, null);
  }

  /** Rejects with BoardTrouble where its port cannot be opened, or its board goes away meanwhile. */
  async #ask(): Promise<WhoIsThere> {
    let hear: (bytes: Uint8Array) => void = () => {};
    let lost: (why: Error) => void = () => {};
    const gone = new Promise<never>((_, reject) => {
      lost = reject;
    });
    const line = await openWebLine(this.#port, baudRate, this.#clock, {
      heard: bytes => hear(bytes),
      ended: why => lost(why),
    }).catch((error: unknown) => {
      throw troubleOf(error, this.#port);
    });
    const asked = whoIsThere({
      clock: this.#clock,
      // One that fails is a board that has gone: whoever reads tells.
      write: bytes => void line.write(bytes).catch(() => {}),
      listen: heard => {
        hear = heard;
      },
    });
    try {
      return await Promise.race([asked, gone]);
    } catch {
      throw new BoardTrouble(words.gone, 'choose');
    } finally {
      await line.close();
    }
  }
}
