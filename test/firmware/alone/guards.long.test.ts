/**
 * What decides in the session's chart: each guard of the machines and its compiled twin, asked of the same memories with
 * events of every kind.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { origins } from '../../../hardware/firmware/alone/names.ts';
import type { SessionEvent } from '../../../machines/session.events.ts';
import { type Deadline, deadlines } from '../../../machines/session.time.ts';
import { sessionMachine } from '../../../machines/session.ts';
import type { Origin, SessionContext } from '../../../machines/session.types.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { hasSanitizers } from '../host/build.ts';
import { eventText, memoryText, planText } from './context-text.ts';
import { edited } from './edits.ts';
import { answersOf, buildAlone } from './program.ts';
import { type Chance, chanceOf, randomEvent, rounds, walk } from './walks.ts';

type Asked = Readonly<{ context: SessionContext; event: SessionEvent }>;
/** One memory, and events to it. */
type Group = Readonly<{ context: SessionContext; events: readonly SessionEvent[] }>;
type Params = Readonly<{ deadline: Deadline }> | Readonly<{ from: Origin }>;
type Guard = (args: Asked, params?: Params) => boolean;

const guards = sessionMachine.implementations.guards as unknown as Readonly<Record<string, Guard>>;

const namesIn = (path: string, pattern: RegExp): readonly string[] =>
  [...readFileSync(new URL(path, import.meta.url), 'utf8').matchAll(pattern)].map(([, name = '']) => name);
const listed = namesIn('./host/guard_list.h', /^ {2}GUARD\((\w+)\)/gm);

/** Each guard by its name, with its param where it has one, in the order in which `host/guards.cpp` prints them. */
const asks: readonly (readonly [name: string, guard: string, params?: Params])[] = [
  ...listed.map(name => [name, name] as const),
  ...(Object.keys(deadlines) as Deadline[]).map(
    deadline => [`reached ${deadline}`, 'reached', { deadline }] as const,
  ),
  ...origins.map(from => [`took ${from}`, 'took', { from }] as const),
];

function holds({ context, event }: Asked, guard: string, params?: Params): boolean {
  const ask = guards[guard];
  if (!ask) throw new Error(`the machine has no guard ${guard}`);
  return ask({ context, event }, params);
}

/** Events of chance at a moment, and those that are about what is remembered there. */
function eventsTo(chance: Chance, { before, question }: SessionContext, at: Ms): readonly SessionEvent[] {
  const pressedAt = (before.go ?? before.less)?.at ?? 0;
  return [
    ...(['go', 'less'] as const).map(
      (button): SessionEvent => ({
        type: 'session.takeBack',
        button,
        pressedAt: before[button]?.at ?? 0,
        at,
      }),
    ),
    { type: 'session.unfelt', question, at },
    { type: 'session.afterStop', why: 'slip', at },
    { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true, at },
    randomEvent(chance, at, pressedAt),
    randomEvent(chance, at, pressedAt),
  ];
}

/** A moment as it was and edited, with events of every kind. */
function groupsOf(chance: Chance, { context, event }: Asked): readonly Group[] {
  const other = edited(chance, context, event.at);
  return [
    { context, events: [event, ...eventsTo(chance, context, event.at)] },
    { context: other, events: eventsTo(chance, other, event.at) },
  ];
}

it('has a twin for each guard of the chart that a board keeps', () => {
  const prototypes = namesIn(
    '../../../hardware/firmware/tactus/src/alone/guards.h',
    /^bool (\w+)\(const Memory& memory, const Event& event\);$/gm,
  );
  expect(listed).toEqual(prototypes);
});

describe.skipIf(!hasSanitizers)('a guard', () => {
  let program = '';
  beforeAll(() => {
    program = buildAlone(
      ['guards.cpp'],
      [
        'deadlines.cpp',
        'fit.cpp',
        'glance.cpp',
        'grid.cpp',
        'guards.cpp',
        'lend.cpp',
        'lighter.cpp',
        'orders.cpp',
        'place.cpp',
        'pressure.cpp',
        'undo.cpp',
        'zones.cpp',
      ],
    );
  }, 120_000);

  it.each(rounds)('lets through the same on the board, each of them both ways (%i)', round => {
    const chance = chanceOf(12 + round);
    const groups = Array.from({ length: 20 }, () =>
      walk(chance, 300)
        .filter(() => chance() < 0.4)
        .flatMap(moment => groupsOf(chance, moment)),
    );
    const answers = answersOf(
      program,
      groups.flatMap(ofOne =>
        ofOne.map(({ context, events }, index) =>
          [
            index === 0 ? `1 ${planText(context)}` : '0',
            memoryText(context),
            events.length,
            ...events.map(eventText),
          ].join(' '),
        ),
      ),
    );
    const asked: readonly Asked[] = groups
      .flat()
      .flatMap(({ context, events }) => events.map(event => ({ context, event })));
    const seen = new Map<string, { held: number; failed: number }>(
      asks.map(([name]) => [name, { held: 0, failed: 0 }]),
    );
    const wrong = asked.flatMap((one, index) => {
      const told = (answers[index] ?? '').trim().split(' ');
      return asks.flatMap(([name, guard, params], place) => {
        const isHeld = holds(one, guard, params);
        const count = seen.get(name);
        if (count) count[isHeld ? 'held' : 'failed'] += 1;
        return told[place] === (isHeld ? '1' : '0') ? [] : [`${name} with ${one.event.type}: ${told[place]}`];
      });
    });
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(answers.length).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(5000);
    // A guard that never held, or never failed, has not been compared.
    expect([...seen].filter(([, { held, failed }]) => held === 0 || failed === 0)).toEqual([]);
  });
});
