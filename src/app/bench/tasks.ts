/** What a process of its own is asked to measure, and what it answers. */
import * as v from 'valibot';

/** Ways to have something happen again and again, ours first. */
export const beatWays = ['deadlines', 'interval', 'after', 'animation'] as const;
export type BeatWay = (typeof beatWays)[number];

/** Longer than any measurement may take. */
const forMs = v.pipe(v.number(), v.minValue(1), v.maxValue(7_200_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));

export const taskSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('beats'),
    way: v.picklist(beatWays),
    everyMs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60_000)),
    forMs,
  }),
  v.strictObject({ do: v.literal('spin'), forMs }),
  v.strictObject({ do: v.literal('sessions'), count, forMs }),
  v.strictObject({ do: v.literal('chains'), count, forMs }),
]);
export type Task = Readonly<v.InferOutput<typeof taskSchema>>;
export type TaskOf<Do extends Task['do']> = Extract<Task, { do: Do }>;

const number = v.number();

/** `lateMs`: of each beat; `cpuShare`: of one core. Null: this way is not to be had here. */
export const beatsMadeSchema = v.nullable(v.strictObject({ lateMs: v.array(number), cpuShare: number }));
export type BeatsMade = Readonly<v.InferOutput<typeof beatsMadeSchema>> | null;

/** `withinMs`: 99 of 100 moments were late by no more than this. */
export const pacedSchema = v.strictObject({
  withinMs: v.union([number, v.null()]),
  moments: number,
  cpuShare: number,
});
export type CrowdPaced = Readonly<v.InferOutput<typeof pacedSchema>>;
