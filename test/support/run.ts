/** A run on a board that only remembers, in virtual time, with its trace and its journal kept. */
import { Recorder } from '../../hardware/recorder.ts';
import type { Intent } from '../../machines/intent.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { Button, Ms } from '../../machines/vocabulary.ts';
import { Run } from '../../src/session/run.ts';
import type { RunOptions } from '../../src/session/run-options.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { VirtualClock } from '../../src/time/virtual-clock.ts';
import { routine as small } from './routines.ts';

export class TestRun {
  readonly clock: VirtualClock;
  readonly driver = new Recorder(1_000_000);
  readonly lines: TraceLine[] = [];
  readonly run: Run;
  journal = '';

  constructor(
    { routine = small(), jitterMs = 0, seed = 1 }: { routine?: Routine; jitterMs?: Ms; seed?: number } = {},
    options: Partial<RunOptions> = {},
  ) {
    this.clock = new VirtualClock({ jitterMs, seed });
    this.run = new Run({
      routine,
      clock: this.clock,
      driver: this.driver,
      speaks: false,
      boardReady: true,
      trace: line => this.lines.push(line),
      journal: line => {
        this.journal += line;
      },
      product: 'test',
      ...options,
    });
    this.run.open();
  }

  get at(): Ms {
    return this.clock.now();
  }
  until(at: Ms): this {
    this.clock.runUntil(at);
    return this;
  }
  for(ms: Ms): this {
    return this.until(this.clock.now() + ms);
  }
  intend(...intents: Intent[]): this {
    for (const intent of intents) this.run.intend(intent);
    return this;
  }
  /** Screened with nothing to note, prepared and started, now. */
  start(): this {
    this.intend({ intent: 'screen', complaint: true, others: 'no' });
    for (const step of ['bath', 'oil', 'position'] as const)
      if (this.run.snapshot.context.steps.includes(step)) this.intend({ intent: 'confirm', step });
    return this.intend({ intent: 'baseline', local: 0, leg: 0 }, { intent: 'start' });
  }
  /** A press of a button, held this long. */
  press(button: Button, forMs: Ms = 60): this {
    this.driver.press(button, true);
    this.for(forMs);
    this.driver.press(button, false);
    return this;
  }
  of<T extends TraceLine['type']>(type: T): readonly Extract<TraceLine, { type: T }>[] {
    return this.lines.filter(line => line.type === type) as never;
  }
  get states(): readonly string[] {
    return this.of('state').map(({ state }) => state);
  }
}
