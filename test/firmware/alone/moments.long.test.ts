/**
 * Deadlines, pressure, the lighter technique and what can be taken back: the machines' functions and their compiled twins,
 * asked of the same memories. Those of sessions on chance's way, and edited ones that no session comes to.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { origins } from '../../../hardware/firmware/alone/names.ts';
import { dosageOf, turnNeeded } from '../../../machines/routine/timeline.ts';
import * as lighter from '../../../machines/session.lighter.ts';
import * as pressure from '../../../machines/session.pressure.ts';
import * as time from '../../../machines/session.time.ts';
import type { Origin, SessionContext } from '../../../machines/session.types.ts';
import * as undo from '../../../machines/session.undo.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { hasSanitizers } from '../host/build.ts';
import { memoryDifferences, memoryText, none, numberOf, planText } from './context-text.ts';
import { edited } from './edits.ts';
import { answersOf, buildAlone } from './program.ts';
import { type Chance, chanceOf, oneOf, rounds, walk, whole } from './walks.ts';

type Asked = Readonly<{
  context: SessionContext;
  at: Ms;
  forMs: Ms;
  deed: keyof typeof deeds;
  button: 'go' | 'less';
  byReceiver: boolean;
  from: Origin;
}>;

/** What changes a memory, in the order of `Deed` in `host/moments.cpp`. */
const deeds = {
  settle: ({ context }) => pressure.settled(context),
  ease: ({ context, at }) => pressure.eased(context, at),
  lower: ({ context }) => pressure.lowered(context),
  rise: ({ context, at }) => pressure.risen(context, at),
  offerLighter: ({ context, at }) => lighter.offered(context, at),
  easedHere: ({ context, at }) => lighter.easedHere(context, at),
  notOffered: ({ context }) => lighter.notOffered(context),
  changeTechnique: ({ context, at }) => lighter.changed(context, at),
  remember: ({ context, at, button, from, byReceiver }) =>
    undo.remembered(context, at, button, from, byReceiver),
  forget: ({ context, button }) => ({ ...context, before: { ...context.before, [button]: null } }),
  restore: ({ context }) => undo.restored(context, 'go'),
  restoreQuestion: ({ context, button, at }) => undo.questionRestored(context, button, at),
  restoreWork: ({ context, button, at }) => undo.workRestored(context, button, at),
} as const satisfies Readonly<Record<string, (asked: Asked) => SessionContext>>;
const deedNames = Object.keys(deeds) as (keyof typeof deeds)[];

const flag = (is: boolean): number => (is ? 1 : 0);

/** What is asked of each memory, by name, as numbers; in the order of `tellOf` in `host/moments.cpp`. */
function facts({ context, at, forMs }: Asked): readonly (readonly [name: string, value: number])[] {
  const pass = time.passNow(context);
  const pace = time.paceNow(context);
  const backs = (['go', 'less'] as const).map(
    button =>
      [`${button} back`, flag(undo.pressToTakeBack(context, button, at - forMs, at) !== null)] as const,
  );
  const all: (readonly [string, number])[] = [
    ...Object.entries(time.deadlines).map(([name, deadline]) => [name, deadline(context) ?? none] as const),
    ['movedAt', time.movedAt(context, at)],
    ['whenMoved', time.whenMoved(context, forMs) ?? none],
    ['cooldownMs', time.cooldownMs(context)],
    ['longestAheadMs', time.longestAheadMs(context)],
    ['strokesLeft', time.strokesLeft(context)],
    ['fitsInPass', flag(time.fitsInPass(context, at, forMs))],
    ['pressureNow', pressure.pressureNow(context) ?? 0],
    ['pressureCap', context.caps?.pressureMax ?? 1],
    ['isLightest', flag(pressure.isLightest(context))],
    ['mayRise', flag(pressure.riseNow(context, at).allowed)],
    ['hasLighterPace', flag(lighter.lighterPace(context) !== null)],
    ['offersLighter', flag(lighter.offersLighter(context))],
    ['lessTakesLighter', flag(lighter.lessTakesLighter(context, at))],
    ...backs,
    ['hasPass', flag(pass !== undefined)],
  ];
  const [first] = context.passes;
  if (!pass || !pace || !first) return all;
  const phases = [...new Set(context.planned.map(({ phase }) => phase))];
  const dosage = dosageOf(pass.zone, pass.pace, pass.otherPace);
  return [
    ...all,
    ['phase', phases.indexOf(pass.phase)],
    ['stage', numberOf('Stage', pass.stage)],
    ['zone', numberOf('Zone', pass.zone)],
    ['side', numberOf('Side', pass.side)],
    ['position', numberOf('Position', pass.position)],
    ['direction', numberOf('Direction', pass.direction)],
    ['durationMs', pass.durationMs],
    ['leastMs', pass.leastMs],
    ['mostMs', pass.mostMs],
    ['pressureStart', pass.pressureStart],
    ['pressureMax', pass.pressureMax],
    ['hasOther', flag(pass.otherPace !== null)],
    ['dosage', dosage === null ? 0 : ['', 'piriformis', 'vibration'].indexOf(dosage.name)],
    ['isLong', flag(pass.pace.technique === 'effleurage')],
    ['strokeMs', pace.strokeMs],
    ['periodMs', pace.periodMs],
    ['dwellOnEntering', pressure.dwellOnEntering(context, pass)],
    ['turnNeeded', flag(turnNeeded(first, pass))],
  ];
}

/** What is asked of a memory: as it is, and edited. */
function askedOf(chance: Chance, context: SessionContext, at: Ms, edits: number): readonly Asked[] {
  const ask = (of: SessionContext): Asked => ({
    context: of,
    at,
    forMs: oneOf(chance, [0, 180, 299, 300, 600, 2000, 60_000]),
    deed: oneOf(chance, deedNames),
    button: oneOf(chance, ['go', 'less']),
    byReceiver: chance() < 0.3,
    from: oneOf(chance, origins),
  });
  return [ask(context), ...Array.from({ length: edits }, () => ask(edited(chance, context, at)))];
}

const lineOf = ({ context, at, forMs, deed, button, byReceiver, from }: Asked): string =>
  [
    memoryText(context),
    at,
    forMs,
    deedNames.indexOf(deed),
    flag(button === 'less'),
    flag(byReceiver),
    numberOf('Origin', from),
  ].join(' ');

/** Where the twin answers otherwise, with the question; and how often each fact was something else than none, no or 0. */
function compared(program: string, asked: readonly (readonly Asked[])[]) {
  const answers = answersOf(
    program,
    asked.flatMap(ofOne =>
      ofOne.map((one, index) => `${index === 0 ? `1 ${planText(one.context)}` : '0'} ${lineOf(one)}`),
    ),
  );
  const seen = new Map<string, number>();
  const wrong = asked.flat().flatMap((one, index): readonly string[] => {
    const told = (answers[2 * index] ?? '').trim().split(' ').map(Number);
    const expected = facts(one);
    for (const [name, value] of expected)
      seen.set(name, (seen.get(name) ?? 0) + flag(value !== none && value !== 0));
    const otherFacts = expected.flatMap(([name, value], place) =>
      told[place] === value ? [] : [`${name}: ${told[place]} instead of ${value}`],
    );
    const after: SessionContext = deeds[one.deed](one);
    seen.set(one.deed, (seen.get(one.deed) ?? 0) + flag(after !== one.context));
    const otherFields = memoryDifferences(after, answers[2 * index + 1] ?? '').map(
      line => `${one.deed} ${one.button}: ${line}`,
    );
    return told.length === expected.length
      ? [...otherFacts, ...otherFields]
      : [`${told.length} facts instead of ${expected.length}`];
  });
  return { wrong, seen, cases: answers.length / 2 };
}

describe.skipIf(!hasSanitizers)('a moment of a session', () => {
  let program = '';
  beforeAll(() => {
    program = buildAlone(
      ['moments.cpp'],
      ['deadlines.cpp', 'grid.cpp', 'lighter.cpp', 'pressure.cpp', 'undo.cpp', 'zones.cpp'],
    );
  }, 120_000);

  it.each(rounds)('is the same to the machines and to their twins (%i)', round => {
    const chance = chanceOf(11 + round);
    const asked = Array.from({ length: 30 }, () =>
      walk(chance, 120).flatMap(({ context, event }) =>
        askedOf(chance, context, event.at, whole(chance, 0, 2)),
      ),
    );
    const { wrong, seen, cases } = compared(program, asked);
    expect(wrong.slice(0, 20)).toEqual([]);
    // What was never anything has not been compared.
    expect([...seen].filter(([, times]) => times === 0)).toEqual([]);
    expect(cases).toBeGreaterThan(4000);
  });
});
