/**
 * Which planned rises of a routine somebody can reach who takes their time to answer.
 *
 * A rise wants its time at one pressure, then a beat beside which the question is asked, then an answer: what comes in
 * time only from somebody who answers at once is planned for nobody. The session asks by the same rules
 * (`session.time.ts`); a test holds the two against each other.
 */
import { routineLimits, sessionLimits } from '../limits.ts';
import { checkWords } from '../text/checks.ts';
import { fill } from '../text/text.ts';
import type { BodySide, Ms } from '../vocabulary.ts';
import { beginFrom } from './grid.ts';
import type { Zone } from './names.ts';
import type { Finding } from './rules.ts';
import type { Routine } from './schema.ts';
import { bodySides, type Pass, timeline } from './timeline.ts';
import { isWithin } from './zones.ts';

const words = checkWords.rules;

/** How it stands with one side of the body: where it was worked last, how firmly, and since when. */
type Worked = Readonly<{ zone: Zone; pressure: number; since: Ms }>;

type Unreached = Readonly<{ pass: Pass; pressure: number; neededMs: Ms }>;

const isAsked = ({ stage }: Pass): boolean => stage === 'strokes' || stage === 'pressureRamp';

/** The rises that come too late, in moving time, each pass's first. */
function unreached(routine: Routine): readonly Unreached[] {
  const { answerMs, askOffsetMs, checkInRoomMs, checkInSettleMs } = sessionLimits;
  const dwellMs = (routine.riseDwellS ?? routineLimits.riseDwellS.usual) * 1000;
  const timeoutMs = (routine.checkIn?.timeoutS ?? routineLimits.checkInTimeoutS.usual) * 1000;
  const passes = timeline(routine);
  const found: Unreached[] = [];
  const worked = new Map<BodySide, Worked>();
  let hands: readonly BodySide[] = [];
  let begins = 0;
  for (const [index, pass] of passes.entries()) {
    const ends = begins + pass.durationMs;
    const on = bodySides(pass.side);
    const next = passes.findIndex((other, place) => place > index && !isAsked(other));
    const over = passes
      .slice(index, next < 0 ? undefined : next)
      .reduce((at, one) => at + one.durationMs, begins);
    const entering = on.map((side): Worked => {
      const before = worked.get(side);
      const pressure = Math.min(before?.pressure ?? pass.pressureStart, pass.pressureStart);
      const goesOn =
        before !== undefined &&
        hands.includes(side) &&
        isWithin(pass.zone, before.zone) &&
        before.pressure === pressure;
      return { zone: pass.zone, pressure, since: goesOn ? before.since : begins };
    });
    let pressure = Math.min(...entering.map(one => one.pressure));
    let since = Math.max(...entering.map(one => one.since));
    const most = isAsked(pass) ? Math.min(pass.pressureMax, routineLimits.layPressureMax) : pressure;
    while (pressure < most) {
      const due = Math.max(since + dwellMs, begins);
      const beatAfter = (at: Ms): Ms =>
        begins + beginFrom(pass.pace, at - begins - askOffsetMs) + askOffsetMs;
      const hasTime = (at: Ms): boolean => at + checkInRoomMs <= ends && at + timeoutMs <= over;
      const settled = beatAfter(Math.max(due, begins + checkInSettleMs));
      const asked = hasTime(settled) ? settled : beatAfter(due);
      const answered = asked + answerMs;
      if (answered > ends || !hasTime(asked)) {
        const neededMs = Math.max(answered, asked + Math.max(0, timeoutMs - (over - ends))) - begins;
        found.push({ pass, pressure: pressure + 1, neededMs });
        break;
      }
      pressure += 1;
      since = answered;
    }
    for (const side of on) worked.set(side, { zone: pass.zone, pressure, since });
    hands = on;
    begins = ends;
  }
  return found;
}

/** What a file may say and nobody can reach: no fault, but worth a word. */
export function warnings(routine: Routine): readonly Finding[] {
  const told = new Set<string>();
  const late = unreached(routine).flatMap(({ pass, pressure, neededMs }): readonly Finding[] => {
    const index = routine.phases.findIndex(({ id }) => id === pass.phase);
    if (told.has(pass.phase)) return [];
    told.add(pass.phase);
    return [
      {
        path: ['phases', index, 'pressureMax'],
        message: fill(pass.side === 'together' ? words.lateRise : words.lateRiseOfSide, {
          pressure,
          needed: Math.ceil(neededMs / 1000),
          answer: sessionLimits.answerMs / 1000,
          there: pass.durationMs / 1000,
        }),
      },
    ];
  });
  const tooFirm = routine.phases.flatMap(({ pressureMax }, index): readonly Finding[] =>
    pressureMax > routineLimits.layPressureMax
      ? [
          {
            path: ['phases', index, 'pressureMax'],
            message: fill(words.firmRise, { pressure: pressureMax, most: routineLimits.layPressureMax }),
          },
        ]
      : [],
  );
  return [...late, ...tooFirm];
}
