/**
 * An oscilloscope on some of the board's pins: raw edges, and what share of a PWM period a motor pin is high.
 *
 * A duty is measured, never read from a register: round(255 × high share) of one whole period, from rising edge to
 * rising edge. It is known when the period has ended, and stamped with the period's beginning. Rest is known when
 * a pin has been still for one period, and stamped with the edge that began it. So each event comes exactly one
 * period after its stamp, and events come in the order of their stamps, over all pins. One exception: a single
 * pulse, shorter than a period and followed by none, is told at its end plus one period, then at once the 0.
 */

/** From `atMs` on a pin is high for `duty` parts of 255, as measured over one period. */
export type DutyEvent = Readonly<{ type: 'duty'; atMs: number; pin: number; duty: number }>;
/** A pin went high or low at `atMs`. */
export type LevelEvent = Readonly<{ type: 'level'; atMs: number; pin: number; high: boolean }>;
/** What a scope tells, in order of its stamps; of the pins of motors their duty, of the LED its level. */
export type ScopeEvent = DutyEvent | LevelEvent;
/** `cycle` is exact, counted since power-on. */
export type PinEdge = Readonly<{ cycle: number; pin: number; high: boolean }>;

/** What the scope needs of the board's time. */
export type Timebase = Readonly<{
  cyclesPerMs: number;
  /** Calls back at this cycle, or never where the chip is reset before. */
  at(cycle: number, run: () => void): void;
}>;

type Probe = {
  readonly pin: number;
  high: boolean;
  edgeAt: number;
  /** The period under way began here; undefined while the pin rests. */
  roseAt: number | undefined;
  fellAt: number | undefined;
  duty: number;
  watching: boolean;
};

type Unsubscribe = () => void;

/** The scope of one board. Listeners are called while the board runs, at once. */
export class Scope {
  private readonly timebase: Timebase;
  private readonly periodCycles: number;
  private readonly probes = new Map<number, Probe>();
  private readonly levels = new Set<number>();
  private readonly listeners = new Set<(event: ScopeEvent) => void>();
  private readonly edgeListeners = new Set<(edge: PinEdge) => void>();

  /** `periodCycles`: one PWM period of the pins in `dutyPins`. Of `levelPins` only the level is told. @internal */
  constructor(
    timebase: Timebase,
    periodCycles: number,
    dutyPins: readonly number[],
    levelPins: readonly number[],
  ) {
    this.timebase = timebase;
    this.periodCycles = periodCycles;
    for (const pin of dutyPins)
      this.probes.set(pin, {
        pin,
        high: false,
        edgeAt: 0,
        roseAt: undefined,
        fellAt: undefined,
        duty: 0,
        watching: false,
      });
    for (const pin of levelPins) this.levels.add(pin);
  }

  /** Duty and level events, in the order of their stamps. */
  subscribe(listener: (event: ScopeEvent) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Every change of a watched pin, at once. */
  subscribeEdges(listener: (edge: PinEdge) => void): Unsubscribe {
    this.edgeListeners.add(listener);
    return () => this.edgeListeners.delete(listener);
  }

  /** Of the last whole period; 0 and 255 once the pin has rested for one. */
  duty(pin: number): number {
    return this.probes.get(pin)?.duty ?? 0;
  }

  /** Whether it tells of this pin at all. */
  watches(pin: number): boolean {
    return this.probes.has(pin) || this.levels.has(pin);
  }

  /** The board says: this pin changed at this cycle. @internal */
  edge(cycle: number, pin: number, high: boolean): void {
    for (const listener of this.edgeListeners) listener({ cycle, pin, high });
    if (this.levels.has(pin)) this.tell({ type: 'level', atMs: this.ms(cycle), pin, high });
    const probe = this.probes.get(pin);
    if (probe === undefined) return;
    const { roseAt, fellAt } = probe;
    if (high && roseAt !== undefined && fellAt !== undefined)
      this.measured(probe, roseAt, (fellAt - roseAt) / (cycle - roseAt));
    probe.high = high;
    probe.edgeAt = cycle;
    probe.fellAt = high ? undefined : cycle;
    if (high) probe.roseAt = cycle;
    this.watch(probe);
  }

  private ms(cycle: number): number {
    return cycle / this.timebase.cyclesPerMs;
  }

  private tell(event: ScopeEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private measured(probe: Probe, cycle: number, share: number): void {
    const duty = Math.round(255 * share);
    if (duty === probe.duty) return;
    probe.duty = duty;
    this.tell({ type: 'duty', atMs: this.ms(cycle), pin: probe.pin, duty });
  }

  private watch(probe: Probe): void {
    if (probe.watching) return;
    probe.watching = true;
    const { edgeAt } = probe;
    this.timebase.at(edgeAt + this.periodCycles, () => {
      probe.watching = false;
      if (probe.edgeAt === edgeAt) this.rests(probe);
      else this.watch(probe);
    });
  }

  /** The pin has been still for one period. */
  private rests(probe: Probe): void {
    const { roseAt, fellAt } = probe;
    probe.roseAt = undefined;
    if (probe.duty === 0 && roseAt !== undefined && fellAt !== undefined)
      this.measured(probe, roseAt, Math.max((fellAt - roseAt) / this.periodCycles, 1 / 255));
    this.measured(probe, probe.edgeAt, probe.high ? 1 : 0);
  }
}
