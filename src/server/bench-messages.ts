/** What the bench shows beside the view: the instrument's side of the socket. */
import * as v from 'valibot';

/** What can be done to an emulated board. A stuck button is one that is held and never let go, until it is again. */
export const benchFaults = [
  'unplug',
  'replug',
  'loseBytes',
  'stall',
  'stuckButton',
  'boardReset',
  'brownOut',
] as const;
export type BenchFault = (typeof benchFaults)[number];

/** As fast as time can be asked to go; how fast it goes depends on the machine, and is told. */
export const fastestRate = 1000;

const at = v.number();
const duties = { left: v.number(), right: v.number() };

export const benchBatchSchema = v.strictObject({
  /** Session time of the batch's end. */
  at,
  /** Everything from the session's beginning, not only what is new. */
  whole: v.boolean(),
  /** Lines of the trace: states, strokes, cues, frames, pressure, refusals, the outcome. */
  trace: v.array(v.looseObject({ at, type: v.string() })),
  /** Each STATUS of the firmware: what it drives. */
  reported: v.array(v.strictObject({ at, boardMs: v.number(), ...duties })),
  /** Duty at the emulated pins. */
  pins: v.array(v.strictObject({ at, motor: v.picklist(['left', 'right']), duty: v.number() })),
  /** Bytes on the line, as hexadecimal digits. */
  bytes: v.array(v.strictObject({ at, toward: v.picklist(['board', 'host']), hex: v.string() })),
  journal: v.array(v.string()),
  /** How late deadlines ran: counts, one for each bin of `src/time/lateness.ts`. */
  lateness: v.strictObject({ bins: v.array(v.number()), counts: v.array(v.number()), worstMs: v.number() }),
  /** Session time gone by for each unit of real time, lately. */
  reachedRate: v.number(),
  /** Steps of a script: what people did. Only for whoever is in control, as answers are among them. */
  deeds: v.array(v.looseObject({ at })),
  /** Lost because more happened than is kept. */
  dropped: v.number(),
});
export type BenchBatch = Readonly<v.InferOutput<typeof benchBatchSchema>>;
