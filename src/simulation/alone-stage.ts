/**
 * `simulate --board alone`: the firmware's very binary in the emulated Mega with nothing on its line. Nobody decides but
 * the board; the script has fingers and no more, and what is known of the session comes out of the trace port.
 */
import { isDeepStrictEqual } from 'node:util';
import { eepromImage } from '../../hardware/alone/image.ts';
import { TraceReader, type TraceRecord, tracePortAddress } from '../../hardware/alone/trace-port.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { defaultRoutineId, fromLibrary } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { bodySides } from '../../machines/routine/timeline.ts';
import { type BodySide, type Button, type Ms, motors } from '../../machines/vocabulary.ts';
import type { BoardOptions } from '../../simulator/avr/board-options.ts';
import type { EmulatedBoard } from '../../simulator/avr/emulated-board.ts';
import { triedMega } from '../../simulator/avr/tried.ts';
import type { OutcomeLine } from '../session/run-listener.ts';
import type { Trace, TraceLine } from '../session/trace.ts';
import { countedFrom } from '../time/clock.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { BoardFault, traceLineOf } from './alone-lines.ts';
import type { Step } from './script.ts';
import { type PlayedSession, ScriptFault, ScriptPlayer, type Standing } from './script-player.ts';

export { NotForBoard } from '../../hardware/alone/routine-bytes.ts';
export { BoardFault } from './alone-lines.ts';

/** A board with this routine on it: as how many-th it is chosen there, from 0, and its EEPROM where it had to be loaded. */
export type LoadedBoard = Readonly<{ place: number; eeprom?: Uint8Array }>;

/** What lies in the firmware's flash, in its order. */
const idsInFlash: readonly string[] = [defaultRoutineId, 'first-touch'];

/** A board with this routine on it: in flash, or loaded. Throws NotForBoard where it does not fit. */
export function loadedBoard(routine: Routine): LoadedBoard {
  const place = idsInFlash.findIndex(id => id === routine.id && isDeepStrictEqual(fromLibrary(id), routine));
  return place < 0 ? { place: 0, eeprom: eepromImage([{ routine, easierSide: 'left' }]) } : { place };
}

export type AloneOptions = Readonly<{
  hex: string;
  seed: number;
  routine: Routine;
  board: LoadedBoard;
  /** Which board; a Mega 2560 whose STOP has been tried where it is left out. */
  emulated?: (hexText: string, options: BoardOptions) => EmulatedBoard;
  /** Buttons and expectations, nothing else. */
  steps: readonly Step[];
  trace?: Trace | undefined;
}>;

export type SimulatedAlone = Readonly<{ outcome: OutcomeLine; strokes: number; cues: number }>;

/** The board is looked at that often: the script hears of a state within it. */
const lookMs: Ms = 1;
/** A board that has said nothing of a session by then never will. */
const opensWithinMs: Ms = 5000;
/** How long LESS is pressed to go on to the next routine. */
const choosingMs: Ms = 140;
/** More than any board has routines. */
const mostChoices = 16;
/** Longer than any session: it has an end by itself, however long somebody pauses. */
const longestRestMs: Ms = 100 * 60_000;
/** From the outcome on: until both pins are known to be low. */
const settlesMs: Ms = 20;

/** What the records of one session come to: its lines, and where it stands. */
class ToldSession {
  outcome: OutcomeLine | null = null;
  strokes = 0;
  cues = 0;
  /** Session time of the state that is being told; null between them. */
  toldAt: Ms | null = null;
  readonly #routine: Routine;
  readonly #trace: Trace;
  readonly #pressure: Record<BodySide, number | null> = { left: null, right: null };
  #standing: Standing | null = null;
  #entered: ((state: string) => void) | null = null;
  /** What was entered before anybody listened. */
  readonly #unheard: Readonly<{ at: Ms; state: string }>[] = [];

  constructor(routine: Routine, trace: Trace) {
    this.#routine = routine;
    this.#trace = trace;
  }

  get standing(): Standing {
    const standing = this.#standing ?? { state: 'screening' };
    const known = standing.side ? bodySides(standing.side).flatMap(one => this.#pressure[one] ?? []) : [];
    return { ...standing, pressure: known.length === 0 ? null : Math.min(...known) };
  }

  listen(entered: (state: string) => void): void {
    this.#entered = entered;
    for (const { at, state } of this.#unheard.splice(0)) this.#tell(at, state);
  }

  take(record: TraceRecord): void {
    const line = traceLineOf(this.#routine, record);
    if (line) this.#trace(line);
    if (line?.type === 'outcome') this.outcome = line;
    if (line?.type === 'stroke') this.strokes += 1;
    if (line?.type === 'cue') this.cues += 1;
    if (line?.type === 'pressure') this.#pressure[line.side] = line.pressure;
    if (line?.type === 'state') {
      const isNew = line.state !== this.#standing?.state;
      this.#standing = { state: line.state, phase: line.phase, side: line.side };
      if (isNew) this.#tell(line.at, line.state);
    }
  }

  #tell(at: Ms, state: string): void {
    if (!this.#entered) {
      this.#unheard.push({ at, state });
      return;
    }
    this.toldAt = at;
    this.#entered(state);
    this.toldAt = null;
  }
}

/** The board, its time, and the session that it has opened last. */
class BoardAlone {
  readonly clock = new VirtualClock();
  readonly #emulated: EmulatedBoard;
  readonly #reader = new TraceReader();
  readonly #begin: () => ToldSession;
  #opened: Readonly<{ place: number; zero: Ms; session: ToldSession }> | null = null;
  #begunAnew: string | null = null;
  #toldMs: Ms = 0;

  constructor(
    { hex, seed, board: { eeprom }, emulated = triedMega }: AloneOptions,
    begin: () => ToldSession,
  ) {
    this.#begin = begin;
    this.#emulated = emulated(hex, { seed, ...(eeprom && { eeprom }) });
    this.#emulated.writes.listen(tracePortAddress, byte => {
      const record = this.#reader.take(byte);
      if (record) this.#take(record);
    });
    this.#emulated.onReset = cause => {
      this.#begunAnew = cause;
    };
  }

  get opened() {
    return this.#opened;
  }
  /** Since when nothing has been told. */
  get restMs(): Ms {
    return this.clock.now() - this.#toldMs;
  }

  button(button: Button, down: boolean): void {
    if (down) this.#emulated.press(button);
    else this.#emulated.release(button);
  }

  /** On to what the script does next, but no further than one look. */
  goOn(): void {
    const { clock } = this;
    const emulated = this.#emulated;
    const next = clock.next();
    const until = Math.min(next ?? Number.POSITIVE_INFINITY, emulated.nowMs + lookMs);
    emulated.run(until);
    if (next !== null && next <= emulated.nowMs) clock.hop();
    else clock.pass(emulated.nowMs);
    if (this.#begunAnew !== null)
      throw new BoardFault(`the emulated board began anew in the middle of a session (${this.#begunAnew})`);
  }

  run(ms: Ms): void {
    const until = this.clock.now() + ms;
    while (this.clock.now() < until) this.goOn();
  }

  /** Until a session is open that was not before; null where none is. */
  opens(): BoardAlone['opened'] {
    const before = this.#opened;
    const until = this.clock.now() + opensWithinMs;
    while (this.#opened === before && this.clock.now() < until) this.goOn();
    return this.#opened === before ? null : this.#opened;
  }

  /** Told in session time from `zero` on. */
  tellPins(trace: Trace, zero: Ms): void {
    this.#emulated.scope.subscribe(event => {
      if (event.type !== 'duty') return;
      const motor = motors.find(name => pins[name] === event.pin);
      if (motor) trace({ at: Math.floor(event.atMs - zero), type: 'pin', motor, duty: event.duty });
    });
  }

  #take(record: TraceRecord): void {
    const now = this.#emulated.nowMs;
    this.clock.pass(now);
    this.#toldMs = now;
    if (record.type === 'opened')
      this.#opened = { place: record.place, zero: now - record.at, session: this.#begin() };
    else this.#opened?.session.take(record);
  }
}

/** Goes on by LESS until the routine is chosen, as a hand would. */
function chosen(board: BoardAlone, { place }: LoadedBoard): NonNullable<BoardAlone['opened']> {
  let opened = board.opens();
  if (!opened)
    throw new BoardFault('the emulated board begins no session by itself: its firmware knows none alone');
  for (let choices = 0; opened.place !== place; choices++) {
    board.button('less', true);
    board.run(choosingMs);
    board.button('less', false);
    opened = choices < mostChoices ? board.opens() : null;
    if (!opened) throw new BoardFault(`the board did not come to its routine ${place + 1} by LESS`);
  }
  return opened;
}

/** A whole session of a board alone, in virtual time. Throws BoardFault, or ScriptFault. */
export function simulateAlone(options: AloneOptions): SimulatedAlone {
  const lines: TraceLine[] = [];
  const board = new BoardAlone(options, () => {
    // What was told before belongs to a session that another choice has ended.
    lines.length = 0;
    return new ToldSession(options.routine, line => lines.push(line));
  });
  try {
    const { session, zero } = chosen(board, options.board);
    board.tellPins(line => lines.push(line), zero);
    const clock = countedFrom(board.clock, zero);
    const player = new ScriptPlayer(
      played(session, () => clock.now()),
      clock,
      options.steps,
      {
        button: (button, down) => board.button(button, down),
        fault: ({ fault }) => {
          throw new ScriptFault(`fault ${fault}: nothing is plugged into a board alone`);
        },
      },
    );
    player.start();
    while (!session.outcome) {
      board.goOn();
      if (player.waiting === 0 && board.restMs > longestRestMs)
        throw new ScriptFault(
          `the board has waited for somebody since ${Math.floor(clock.now() - board.restMs)} ms (${session.standing.state}), and the script has nothing left to do`,
        );
    }
    board.run(settlesMs);
    if (player.untested !== null) throw new ScriptFault(player.untested);
    const { outcome, strokes, cues } = session;
    return { outcome, strokes, cues };
  } finally {
    for (const line of lines) options.trace?.(line);
  }
}

const played = (session: ToldSession, now: () => Ms): PlayedSession => ({
  outcome: () => session.outcome,
  now: () => session.toldAt ?? Math.floor(now()),
  standing: () => session.standing,
  entered: listener => session.listen(listener),
  happen: happens => happens(),
  intend: () => {
    throw new ScriptFault('an intent needs a page, and a board alone has none');
  },
  clockJumped: () => {
    throw new ScriptFault('fault clockJump: a board alone has one clock');
  },
});
