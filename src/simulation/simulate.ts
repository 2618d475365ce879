/** A whole session in virtual time, on whatever board the stage brings. */
import type { Driver } from '../../hardware/driver.ts';
import type { Cue } from '../../machines/cues/schema.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { placeOf } from '../../machines/session.view.ts';
import type { Motor, Ms } from '../../machines/vocabulary.ts';
import type { JournalSink } from '../journal/journal.ts';
import { Run } from '../session/run.ts';
import type { OutcomeLine } from '../session/run-listener.ts';
import type { Trace, TraceLine } from '../session/trace.ts';
import { countedFrom } from '../time/clock.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import type { Step } from './script.ts';
import { type BoardControls, ScriptFault, ScriptPlayer, scriptedRun } from './script-player.ts';

/** What can be listened to of a board; times are the clock's. */
export type ListenedBoard = Readonly<{
  line: Readonly<{ on(event: 'data' | 'wrote', heard: (bytes: Uint8Array) => void): unknown }>;
  onPin?: (listener: (at: Ms, motor: Motor, duty: number) => void) => void;
}>;

/** Where a simulated session takes place: a board, its driver, and how time goes on. */
export type Stage = Readonly<{
  clock: VirtualClock;
  driver: Driver;
  /** Whether the board reports its status. */
  speaks: boolean;
  boardControls: BoardControls;
  /** What passes to and from the board, where bytes do. */
  line?: ListenedBoard['line'];
  /** Goes on to the next thing that happens. False where nothing ever will. */
  hop(): boolean | Promise<boolean>;
  /** Has the board's own lines (pins), in session time counted from `zero`, told to the trace. */
  tell?(trace: Trace, zero: Ms): void;
  close(): void;
}>;

export type SimulateOptions = Readonly<{
  routine: Routine;
  steps: readonly Step[];
  trace?: Trace;
  journal?: JournalSink;
  product: string;
  /** Cues of one's own, checked. */
  cues?: readonly Cue[];
  /** Goes to this phase at once: what comes before it is passed over by as many presses of "next". */
  from?: string | undefined;
  /** Somebody for whom all was clear lately: they may be asked in short. */
  isRemembered?: boolean | undefined;
  /** Meets the run before it opens. */
  follow?: (run: Run) => void;
}>;

export type Simulated = Readonly<{
  outcome: OutcomeLine;
  stateHash: string;
  frames: number;
  strokes: number;
  /** Virtual time the session took. */
  lastedMs: Ms;
}>;

/** A session ends after 90 minutes at most; this is far beyond any, preparation included. */
const longestMs = 12 * 3_600_000;

/**
 * Once the session has begun, on to a phase, as somebody would who presses "next" until there. The script's person
 * comes in then: what is passed over is nothing to them. Tells what went wrong, or null.
 */
function passOver(run: Run, phase: string, player: ScriptPlayer): () => string | null {
  let left = run.snapshot.context.passes.length;
  let fault: string | null = null;
  const arrive = (): void => run.agenda.happen(() => player.release());
  const goOn = (): void => {
    if (run.outcome) return;
    if (placeOf(run.snapshot)?.phase === phase) {
      // Passed over at once, it ends in the turn that this phase waits for.
      if (run.state === 'transition') run.intend({ intent: 'go' });
      arrive();
      return;
    }
    if (left === 0) {
      arrive();
      return;
    }
    left -= 1;
    run.intend({ intent: 'next' });
    run.agenda.happen(goOn);
  };
  let isBegun = false;
  run.listen({
    entered: state => {
      if (isBegun || state !== 'warmUp') return;
      isBegun = true;
      if (!run.snapshot.context.passes.some(pass => pass.phase === phase)) {
        fault = `phase ${phase}: left out today, so nothing begins there`;
        return;
      }
      player.hold();
      run.agenda.happen(goOn);
    },
  });
  return () => fault;
}

export async function simulate(stage: Stage, options: SimulateOptions): Promise<Simulated> {
  const { clock } = stage;
  const zero = clock.now();
  const counts = { frame: 0, stroke: 0 };
  const trace: Trace = (line: TraceLine) => {
    if (line.type === 'frame' || line.type === 'stroke') counts[line.type] += 1;
    options.trace?.(line);
  };
  stage.tell?.(trace, zero);
  const sessionClock = countedFrom(clock, zero);
  const run = new Run({
    routine: options.routine,
    clock: sessionClock,
    driver: stage.driver,
    speaks: stage.speaks,
    boardReady: true,
    trace,
    ...(options.journal && { journal: options.journal }),
    product: options.product,
    ...(options.isRemembered && { isRemembered: true }),
    ...(options.cues && { cues: options.cues }),
  });
  options.follow?.(run);
  const player = new ScriptPlayer(scriptedRun(run), sessionClock, options.steps, stage.boardControls);
  const passedOver = options.from === undefined ? null : passOver(run, options.from, player);
  try {
    player.start();
    run.open();
    while (!run.outcome) {
      if (run.waitsForPeopleOnly && player.waiting === 0) run.leave('noDeadlineLeft');
      const went = stage.hop();
      if (!(went instanceof Promise ? await went : went)) run.leave('noDeadlineLeft');
      if (sessionClock.now() > longestMs) throw new Error(`the session did not end within ${longestMs} ms`);
    }
    const fault = passedOver?.() ?? null;
    if (fault !== null) throw new ScriptFault(fault);
    if (player.untested !== null) throw new ScriptFault(player.untested);
    return {
      outcome: run.outcome,
      stateHash: run.stateHash,
      frames: counts.frame,
      strokes: counts.stroke,
      lastedMs: run.outcome.at,
    };
  } finally {
    run.close();
  }
}
