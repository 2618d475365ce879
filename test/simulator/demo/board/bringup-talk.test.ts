/** A bringup led by the page on the emulated board, in virtual time: the steps of the terminal, and every way to end them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uno as pins } from '../../../../hardware/pins.ts';
import { leaseLimits } from '../../../../machines/limits.ts';
import { setupWords } from '../../../../machines/text/setup.ts';
import { catalogue } from '../../../../machines/text/text.ts';
import type { Button } from '../../../../machines/vocabulary.ts';
import { BringupTalk } from '../../../../simulator/demo/board/bringup-talk.ts';
import { RelayedLine } from '../../../../simulator/demo/board/relayed-line.ts';
import type { BoardSettings } from '../../../../src/app/known-board.ts';
import { type AtTheBench, driven, mayHold, press, toMotors, toStop } from '../../../support/bringup.ts';
import { isLong } from '../../../support/length.ts';
import { type PageMouth, pageMouth } from '../../../support/page-mouth.ts';
import type { BoardKindOptions } from '../../../support/serial-board.ts';
import { World } from '../../../support/world.ts';

const { ended } = setupWords;
let world: World;
let kept: BoardSettings[];

beforeEach(() => {
  world = new World();
  kept = [];
});
afterEach(() => world.close());

type Bench = AtTheBench<PageMouth>;

async function begin(options: BoardKindOptions = {}): Promise<Bench> {
  const on = world.plug(options);
  const at = await pageMouth(world, on.path, (line, show) => {
    const keep = async (settings: BoardSettings): Promise<string> => {
      kept.push(settings);
      return 'kept here';
    };
    const ports = { clock: world.clock, line, id: 'kind:2341:0043', settings: null, builds: [], keep };
    return new BringupTalk(ports, show);
  });
  return { at, on, pause: ms => world.pass(ms) };
}

/** Answers that lead through a healthy board, question by question. */
type Deed = (bench: Bench) => Promise<void>;
const says =
  (key: string): Deed =>
  async ({ at }) =>
    at.type(key);
const presses =
  (button: Button): Deed =>
  bench =>
    press(bench, button);
const way: readonly (readonly [question: string, deed: Deed])[] = [
  ['pacemaker', says('n')],
  ['carpal tunnel', says('n')],
  ['Do you see it?', says('y')],
  ['Now press GO', presses('go')],
  ['Now press LESS', presses('less')],
  ['Now press STOP', presses('stop')],
  ['Motor A runs', says('')],
  ['Did you feel motor A?', says('y')],
  ['Motor B runs', says('')],
  ['Did you feel motor B?', says('y')],
  ['Which was nearer', presses('less')],
];

async function goTo(bench: Bench, place: number): Promise<void> {
  for (const [index, [question, deed]] of way.entries()) {
    await bench.at.until(question);
    if (index === place) return;
    await deed(bench);
  }
}

describe('a board that is wired rightly', () => {
  test('is led through, step by step, and what was found out is kept', async () => {
    const bench = await begin();
    const { at } = bench;
    await goTo(bench, way.length);
    const over = await at.ended();
    expect(over).toMatchObject({ how: 'done', what: [setupWords.kept.done, 'kept here'], todo: null });
    expect(at.view().step).toMatchObject({ place: 10, count: 10 });
    expect(kept.map(({ calibration }) => calibration.swapped)).toEqual([true]);
    expect(driven(bench.on).toSorted()).toEqual([pins.left, pins.right].toSorted());
    expect(at.shown()).not.toMatch(/tactus |Ctrl|Enter|\{\w+\}/);
  });

  test('and an answer that was meant for another question counts for none', async () => {
    const { at } = await begin();
    await at.until('pacemaker');
    at.talk.answer(1, 'x');
    at.talk.answer(0, 'n');
    expect(at.view().asked?.question).toBe(1);
    at.talk.answer(1, 'n');
    at.talk.answer(1, 'n');
    await at.until('carpal tunnel');
    expect(at.view().asked?.question).toBe(2);
  });

  test('and whoever holds it has a pacemaker: nothing runs', async () => {
    const { at, on } = await begin();
    await at.until('pacemaker');
    at.type('u');
    expect(await at.ended()).toMatchObject({
      how: 'ended',
      what: [catalogue.calibration.ended.implant],
      todo: null,
    });
    expect(driven(on)).toEqual([]);
  });
});

describe('named in plain words, with the one thing to do', () => {
  async function ends({ at }: Bench, what: string, todo: string): Promise<void> {
    const over = await at.ended();
    expect(over.how).toBe('wrong');
    expect(over.what.join(' ')).toContain(what);
    expect(over.todo).toContain(todo);
    expect(`${over.what} ${over.todo}`).not.toMatch(/tactus |bringup|\{\w+\}/);
    expect(kept).toEqual([]);
  }

  const cases: readonly (readonly [string, string, string, (bench: Bench) => Promise<void>])[] = [
    [
      'LESS and GO in each other’s place',
      'LESS was heard instead of GO',
      'GO belongs to D4, LESS to D7',
      async bench => {
        await mayHold(bench.at);
        await bench.at.until('Do you see it?');
        bench.at.type('y');
        await bench.at.until('Now press GO');
        await press(bench, 'less');
      },
    ],
    [
      'an LED that does not show',
      'its LED does not show',
      'marked L',
      async ({ at }) => {
        await mayHold(at);
        await at.until('Do you see it?');
        at.type('n');
      },
    ],
    [
      'a STOP that closes when pressed',
      'closes its contact when it is pressed',
      'put the other firmware on it',
      async bench => {
        bench.on.uno.setPin(pins.stop, 'open');
        await mayHold(bench.at);
        await toStop(bench);
        await bench.at.until('STOP looks pressed although nobody presses it');
        bench.on.uno.setPin(pins.stop, false);
      },
    ],
    [
      'a path that is torn, before any motor is to run',
      'Motor B has no supply at rest',
      'two wires first',
      async bench => {
        bench.on.uno.copper.paths.right = 'torn';
        await mayHold(bench.at);
        await toStop(bench);
        await bench.at.until('Now press STOP');
        await press(bench, 'stop');
      },
    ],
    [
      'a motor that is not felt',
      'Motor A was driven and not felt',
      'look at its transistor',
      async bench => {
        await mayHold(bench.at);
        await toMotors(bench);
        bench.at.type('');
        await bench.at.until('Did you feel motor A?');
        bench.at.type('n');
      },
    ],
  ];
  // Each leads through the bringup from its beginning, and most of them through the same part of it.
  test.each(cases.filter((_, index) => isLong || index % 2 === 0))('%s', async (_, what, todo, lead) => {
    const bench = await begin();
    await lead(bench);
    await ends(bench, what, todo);
  });

  test('a bare board: the firmware comes first', async () => {
    const bench = await begin({ bare: {} });
    await mayHold(bench.at);
    await ends(bench, 'says nothing that can be understood', 'choose its port again');
  });

  test('a motor straight on a pin: the board falls over when it is to run', async () => {
    const bench = await begin({
      heard: (event, board) => {
        if (event.type === 'scope' && event.event.type === 'duty' && event.event.duty > 0)
          setImmediate(() => board.reset());
      },
    });
    await mayHold(bench.at);
    await toMotors(bench);
    bench.at.type('');
    await ends(bench, 'restarted when motor A was to run', 'it needs a transistor');
  });
});

describe('ended at any question: motors off within the lease, nothing kept', () => {
  const ways = {
    'STOP on the page': { deed: ({ at }: Bench) => at.talk.end('stopped'), says: ended.stopped },
    'the page leaves': { deed: ({ at }: Bench) => at.talk.end('left'), says: ended.left },
    'the cable is pulled': { deed: ({ at }: Bench) => at.pullOut(), says: ended.gone },
    'STOP on the board': {
      deed: ({ on }: Bench) => on.board.button('stop', true),
      says: ended.stoppedOnBoard,
    },
  } as const;
  type Way = keyof typeof ways;

  const isDriven = ({ on }: Bench): boolean =>
    [pins.left, pins.right].some(pin => on.uno.scope.duty(pin) > 0);

  async function isOver(bench: Bench, name: Way): Promise<void> {
    const from = world.clock.now();
    ways[name].deed(bench);
    await world.until(() => !isDriven(bench));
    expect(world.clock.now() - from).toBeLessThanOrEqual(leaseLimits.leaseMs + 5);
    const over = await bench.at.ended();
    expect(over.how).toBe('ended');
    expect(over.what[0]).toBe(ways[name].says);
    expect(bench.at.view().asked).toBeNull();
    await world.pass(2000);
    expect(isDriven(bench)).toBe(false);
    expect(kept).toEqual([]);
  }

  const names = Object.keys(ways) as Way[];
  const wantsPress = (place: number): boolean => way[place]?.[0].startsWith('Now press') ?? false;
  const all = way.flatMap(([question], place) => names.map(name => ({ question, place, name })));
  // A press that is asked for is an answer, and before it is opened the board is not listened to.
  const possible = all.filter(
    ({ place, name }) => name !== 'STOP on the board' || (place > 1 && !wantsPress(place)),
  );
  const sample = possible.filter((_, index) => isLong || index % 14 === 2);
  test.each(sample)('$name at "$question"', async ({ place, name }) => {
    const bench = await begin();
    await goTo(bench, place);
    await isOver(bench, name);
  });

  test.each(isLong ? names : names.slice(3))('%s while a motor runs', async name => {
    const bench = await begin();
    await goTo(bench, 6);
    bench.at.type('');
    await world.until(() => isDriven(bench));
    await isOver(bench, name);
  });

  test('and nobody answers for ten minutes', async () => {
    const line = new RelayedLine(() => {});
    const keep = async (): Promise<string> => '';
    const talk = new BringupTalk(
      { clock: world.clock, line, id: 'kind:none', settings: null, builds: [], keep },
      () => {},
    );
    expect((await world.resolved(talk.over)).what).toEqual([ended.idle]);
    expect(world.clock.now()).toBeGreaterThanOrEqual(600_000);
  });
});
