/**
 * Every action of the session, and where it stands in its routine: the machines and their compiled twins, asked of the same
 * memories. Those of sessions on chance's way, and edited ones that no session comes to; many of them late.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { transition } from 'xstate';
import { origins } from '../../../hardware/firmware/alone/names.ts';
import { zones } from '../../../machines/routine/names.ts';
import { sessionSetup } from '../../../machines/session.actions.ts';
import type { SessionEvent } from '../../../machines/session.events.ts';
import { fitted, worksOf } from '../../../machines/session.fit.ts';
import { fresh } from '../../../machines/session.fresh.ts';
import { isBeingTold, leavesUnfelt, questionIsFelt } from '../../../machines/session.orders.ts';
import * as place from '../../../machines/session.place.ts';
import type { Emitted, SessionContext } from '../../../machines/session.types.ts';
import { remembered } from '../../../machines/session.undo.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { isReport } from '../../support/length.ts';
import { emittedBy } from '../../support/session.ts';
import { hasSanitizers } from '../host/build.ts';
import { eventText, memoryDifferences, memoryText, numberOf, planText } from './context-text.ts';
import { edited } from './edits.ts';
import { answersOf, buildAlone } from './program.ts';
import { type Chance, chanceOf, oneOf, randomEvent, walk, whole } from './walks.ts';

const textOf = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const namesIn = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

const actions = namesIn(textOf('./host/acts.cpp'), /^ {2}ONE\((\w+)\)/gm);
const named = namesIn(
  textOf('../../../hardware/firmware/tactus/src/alone/actions.h'),
  /^void (\w+)\(Memory& memory, const Event& event\);/gm,
);

type Asked = Readonly<{ context: SessionContext; event: SessionEvent; deed: string; number: number }>;
type After = Readonly<{ context: SessionContext; emitted: readonly Emitted[] }>;

/** Deeds that are no action by the chart's name alone. */
const others: Readonly<Record<string, (asked: Asked) => SessionContext>> = {
  remember: ({ context, event, number }) => {
    const isLess = event.type === 'session.less';
    return remembered(
      context,
      event.at,
      isLess ? 'less' : 'go',
      origins[number] ?? 'moving',
      isLess && event.byReceiver === true,
    );
  },
  fitNow: ({ context, event }) => fitted(context, event.at),
  fitAhead: ({ context, event }) => fitted(context, event.at, true),
  enter: ({ context, number }) => place.entered(context, number),
};
const deeds = [...actions, ...Object.keys(others)];

type MachineConfig = Parameters<typeof sessionSetup.createMachine>[0];

/** A machine that does nothing but one action, whatever it is told. */
const machineOf = (name: string) =>
  sessionSetup.createMachine({
    context: ({ input }) => fresh(input),
    on: { '*': { actions: name } },
  } as MachineConfig);
const machines = new Map(actions.map(name => [name, machineOf(name)]));

function done(asked: Asked): After {
  const { context, event, deed } = asked;
  const other = others[deed];
  if (other) return { context: other(asked), emitted: [] };
  const machine = machines.get(deed);
  if (!machine) throw new Error(`${deed} is no action`);
  const [next, did] = transition(machine, machine.resolveState({ value: {}, context }), event);
  return { context: next.context, emitted: emittedBy(did) };
}

/** What an order says, as numbers, as `writeOrders` prints them; none of what a board alone does not say. */
function numbersOf(emitted: Emitted): readonly number[] {
  switch (emitted.type) {
    case 'arm':
      return [0, emitted.at];
    case 'engage':
      return [1, emitted.until];
    case 'play':
      return [
        2,
        numberOf('CueId', emitted.cue),
        emitted.at,
        numberOf('Motor', emitted.from),
        emitted.times,
        numberOf('CueWhy', emitted.why),
        Number(emitted.answer),
        Number(emitted.again === true),
      ];
    case 'drop':
      return [3, numberOf('CueId', emitted.cue)];
    case 'hush':
      return [4];
    case 'stroke':
      return [5, emitted.stroke, emitted.period, emitted.pull ?? 0, emitted.ascent ?? 0];
    case 'pressure':
      return [6, emitted.pressure, Number(emitted.side === 'right'), numberOf('PressureChange', emitted.why)];
    case 'refusal':
      return [];
  }
}

const facts = ({ context, event }: Asked): readonly number[] => {
  const works = worksOf(context.passes);
  const question = event.type === 'session.unfelt' ? event.question : 'here';
  return [
    ...[
      place.hasCooldown(context),
      place.isRoutine(context),
      place.needsTurn(context),
      place.otherSideIsDone(context),
      place.extended(context) !== null,
      questionIsFelt(context, event.at),
      isBeingTold(context, event.at),
      leavesUnfelt(context, question, event.at),
    ].map(Number),
    ...works.map(work => works.indexOf(work)),
  ];
};

/** What these are only ever done for, where the machines look at that. */
const onlyFor: Readonly<Record<string, SessionEvent['type']>> = {
  keepCaps: 'screening.cleared',
  noteWhoStopped: 'session.stop',
  restore: 'session.takeBack',
  restoreQuestion: 'session.takeBack',
  restoreWork: 'session.takeBack',
  endByScore: 'session.checkIn',
  refuseFirmer: 'session.checkIn',
  refuseUnaskedFirmer: 'session.checkIn',
};

function eventFor(deed: string, chance: Chance, at: Ms): SessionEvent {
  const type = onlyFor[deed];
  for (;;) {
    const event = randomEvent(chance, at, at - whole(chance, 0, 400));
    // A press of GO alone brings all back.
    const isLessBack = deed === 'restore' && event.type === 'session.takeBack' && event.button === 'less';
    if ((type === undefined || event.type === type) && !isLessBack) return event;
  }
}

/** As little time left as matters: hardly enough for what is to come, or not. */
function late(chance: Chance, context: SessionContext, at: Ms): SessionContext {
  const { passes, passIndex, rules } = context;
  const aheadMs = passes.slice(passIndex).reduce((sum, { durationMs }) => sum + durationMs, 0);
  const leftMs = 20 * Math.round((chance() * (aheadMs + 5 * 60_000)) / 20) + oneOf(chance, [0, 0, 1, 7]);
  return { ...context, startedAt: at - rules.capMs + leftMs };
}

/** Passes of round lengths: there what rounding takes is often the same of several. */
const rounded = (chance: Chance, context: SessionContext): SessionContext => {
  const lengths = new Map(context.passes.map(({ phase }) => [phase, 30_000 * whole(chance, 1, 8)]));
  return {
    ...context,
    passes: context.passes.map(pass => ({ ...pass, durationMs: lengths.get(pass.phase) ?? pass.durationMs })),
  };
};

function changed(chance: Chance, context: SessionContext, at: Ms): SessionContext {
  let next = chance() < 0.4 ? edited(chance, context, at) : context;
  if (chance() < 0.3) next = rounded(chance, next);
  if (chance() < 0.6) next = late(chance, next, at);
  if (chance() < 0.1) next = { ...next, leftOut: [...new Set([...next.leftOut, oneOf(chance, zones)])] };
  return next;
}

function askedOf(chance: Chance, context: SessionContext, at: Ms): Asked {
  const deed = chance() < 0.2 ? oneOf(chance, Object.keys(others)) : oneOf(chance, deeds);
  return {
    // Nothing is left out before it begins.
    context: deed === 'keepCaps' ? { ...context, leftOut: [] } : saidWhole(context),
    event: eventFor(deed, chance, at),
    deed,
    number:
      deed === 'remember' ? whole(chance, 0, origins.length - 1) : whole(chance, 0, context.passes.length),
  };
}

/** A context that says of each field what it is: of one that it leaves out, a restored one would keep the newer. */
const saidWhole = (context: SessionContext): SessionContext => {
  const { go } = context.before;
  if (!go) return context;
  const { unfelt = 0 } = go.context;
  return { ...context, before: { ...context.before, go: { ...go, context: { ...go.context, unfelt } } } };
};

const lineOf = ({ context, event, deed, number }: Asked): string =>
  `${memoryText(context)} ${eventText(event)} ${deeds.indexOf(deed)} ${number}`;

/** Where the twin answers otherwise, and how often each deed has changed or ordered something. */
function compared(program: string, asked: readonly (readonly Asked[])[]) {
  const answers = answersOf(
    program,
    asked.flatMap(ofOne =>
      ofOne.map((one, index) => `${index === 0 ? `1 ${planText(one.context)}` : '0'} ${lineOf(one)}`),
    ),
  );
  const seen = new Map(deeds.map(deed => [deed, 0]));
  const wrong = asked.flat().flatMap((one, index): readonly string[] => {
    const [told = '', printed = '', ordered = ''] = answers.slice(3 * index, 3 * index + 3);
    const after = done(one);
    const orders = after.emitted.flatMap(numbersOf).join(' ');
    if (orders !== '' || memoryText(after.context) !== memoryText(one.context))
      seen.set(one.deed, (seen.get(one.deed) ?? 0) + 1);
    const wanted = facts(one).join(' ');
    return [
      ...(told.trim() === wanted ? [] : [`facts ${told} instead of ${wanted}`]),
      ...(ordered.trim() === orders ? [] : [`${one.deed}: orders ${ordered} instead of ${orders}`]),
      ...memoryDifferences(after.context, printed).map(line => `${one.deed}: ${line}`),
    ];
  });
  return { wrong, seen, cases: answers.length / 3 };
}

const ofBoard = ['actions', 'sayings', 'orders', 'place', 'lend', 'fit', 'glance'];
const called = ['deadlines', 'grid', 'lighter', 'pressure', 'undo', 'zones'];

describe.skipIf(!hasSanitizers)('what the actions of a session do on the board alone', () => {
  let program = '';
  beforeAll(() => {
    program = buildAlone(
      ['acts.cpp'],
      [...ofBoard, ...called].map(name => `${name}.cpp`),
    );
  }, 120_000);

  it('is asked of all that the chart names', () => {
    expect(actions).toEqual(named);
  });

  it(
    'is the same to the machines and to their twins',
    () => {
      const chance = chanceOf(23);
      const seen = new Map<string, number>();
      let cases = 0;
      for (let turn = 0; turn < (isReport ? 120 : 1); turn++) {
        const asked = Array.from({ length: isReport ? 30 : 10 }, () =>
          walk(chance, 120).flatMap(({ context, event }) => [
            askedOf(chance, context, event.at),
            ...Array.from({ length: 4 }, () => askedOf(chance, changed(chance, context, event.at), event.at)),
          ]),
        );
        const found = compared(program, asked);
        expect(found.wrong.slice(0, 20)).toEqual([]);
        for (const [deed, times] of found.seen) seen.set(deed, (seen.get(deed) ?? 0) + times);
        cases += found.cases;
      }
      // What never did anything has not been compared. Some is seldom met: the quick run comes to most of it.
      const idle = [...seen].filter(([, times]) => times < (isReport ? 20 : 1)).map(([deed]) => deed);
      expect(idle.length, idle.join()).toBeLessThan(isReport ? 1 : 20);
      expect(cases).toBeGreaterThan(2000);
    },
    isReport ? 3_600_000 : 60_000,
  );
});
