import fc from 'fast-check';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { causes } from '../../../machines/causes.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Guest } from '../../../src/server/lan/pairing.ts';
import { type FromServer, fromServerSchema } from '../../../src/server/messages.ts';
import { type Client, Viewers } from '../../../src/server/viewers.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { isLong } from '../../support/length.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const routine = fromLibrary('first-touch');
if (!routine) throw new Error('the library has lost first-touch');

class Listener implements Client {
  readonly heard: FromServer[] = [];
  waiting = 0;
  closed: number | null = null;
  send(text: string): void {
    this.heard.push(v.parse(fromServerSchema, JSON.parse(text)));
  }
  waitingBytes(): number {
    return this.waiting;
  }
  close(code: number): void {
    this.closed = code;
  }
  get last(): FromServer | undefined {
    return this.heard.at(-1);
  }
  of<T extends FromServer['type']>(type: T): Extract<FromServer, { type: T }>[] {
    return this.heard.filter(message => message.type === type) as Extract<FromServer, { type: T }>[];
  }
}

let clock: VirtualClock;
let driver: StandInDriver;
let sessions: Sessions;
let viewers: Viewers;
let presses: string[];
let id = 0;

beforeEach(() => {
  clock = new VirtualClock();
  driver = new StandInDriver();
  sessions = new Sessions({ clock, driver, product: 'test' }, { routine });
  presses = [];
  viewers = new Viewers({
    sessions,
    now: () => clock.now(),
    button: (button, down) => presses.push(`${button} ${down ? 'down' : 'up'}`),
  });
});

const say = (client: Client, message: object): void =>
  viewers.hear(client, JSON.stringify({ v: 1, id: ++id, ...message }));
const join = (guest?: Guest): Listener => {
  const client = guest ? Object.assign(new Listener(), { guest }) : new Listener();
  viewers.join(client);
  return client;
};
const start = (client: Client): void => {
  say(client, { type: 'intent', intent: { intent: 'screen', complaint: false, others: 'no' } });
  say(client, { type: 'intent', intent: { intent: 'confirm', step: 'position' } });
  say(client, { type: 'intent', intent: { intent: 'baseline', local: 0, leg: 0 } });
  say(client, { type: 'intent', intent: { intent: 'start' } });
};

describe('what a client is shown', () => {
  test('joining brings the whole view, then only sections that changed, numbered without a gap', () => {
    const client = join();
    expect(client.last).toMatchObject({ type: 'view', seq: 1, view: { session: { state: 'screening' } } });
    say(client, { type: 'intent', intent: { intent: 'screen', complaint: false, others: 'no' } });
    viewers.update();
    expect(client.last).toMatchObject({
      type: 'change',
      seq: 2,
      view: { session: { state: 'preparation' } },
    });
    expect(client.of('change')[0]?.view).not.toHaveProperty('library');
  });

  test('sections put together are the whole view at any time', () => {
    const client = join();
    start(client);
    clock.runUntil(5000);
    viewers.update();
    const joined: Record<string, unknown> = {};
    for (const message of client.heard)
      if (message.type === 'view' || message.type === 'change') Object.assign(joined, message.view);
    const fresh = join();
    const { people: _ours, ...shown } = joined;
    const { people: _theirs, ...whole } = fresh.of('view')[0]?.view ?? ({} as Record<string, unknown>);
    expect(shown).toEqual(whole);
  });

  test('motors are unknown until the firmware reports them, then exactly as it does', () => {
    const client = join();
    expect(client.of('view')[0]?.view.device.duty).toBeNull();
    driver.says({ duty: { left: 122, right: 0 } });
    viewers.update();
    expect(client.of('change').at(-1)?.view.device?.duty).toEqual({ left: 122, right: 0 });
  });

  test('a beat is heard even where nothing changes, so that silence means loss', () => {
    const client = join();
    viewers.update();
    expect(client.heard).toHaveLength(1);
    viewers.update(true);
    expect(client.last).toMatchObject({ type: 'change', seq: 2 });
  });

  test('asking anew brings the whole view', () => {
    const client = join();
    say(client, { type: 'refresh' });
    expect(client.of('view')).toHaveLength(2);
  });

  test('a slow reader is not sent state, and gets the newest whole when it reads again', () => {
    const client = join();
    client.waiting = 70_000;
    driver.says({ duty: { left: 1, right: 1 } });
    viewers.update();
    expect(client.heard).toHaveLength(1);
    client.waiting = 0;
    viewers.update(true);
    expect(client.last).toMatchObject({ type: 'view', view: { device: { duty: { left: 1, right: 1 } } } });
  });

  test('one that does not read at all is let go', () => {
    const client = join();
    client.waiting = 2 ** 21;
    viewers.update(true);
    expect(client.closed).toBe(1008);
  });
});

describe('what a client may do', () => {
  test('the first is in control; the next watches and moves nothing', () => {
    const first = join();
    const second = join();
    expect(second.of('view')[0]?.view.people).toEqual({ role: 'viewer', viewers: 2 });
    start(second);
    expect(sessions.run.state).toBe('screening');
    expect(second.of('error').map(({ code }) => code)).toEqual([
      'forbidden',
      'forbidden',
      'forbidden',
      'forbidden',
    ]);
    start(first);
    expect(sessions.run.state).toBe('warmUp');
  });

  test('anyone may stop', () => {
    const first = join();
    const second = join();
    start(first);
    say(second, { type: 'intent', intent: { intent: 'stop' } });
    expect(sessions.run.state).toBe('stopped');
    expect(driver.frame).toBeNull();
  });

  test('control passes to the next when its holder leaves', () => {
    const first = join();
    const second = join();
    viewers.leave(first);
    start(second);
    expect(sessions.run.state).toBe('warmUp');
  });

  test('control is not taken from someone whose hands move', () => {
    const first = join();
    const second = join();
    start(first);
    say(second, { type: 'claim' });
    expect(second.of('error').at(-1)?.code).toBe('forbidden');
    say(first, { type: 'intent', intent: { intent: 'pause' } });
    say(second, { type: 'claim' });
    say(second, { type: 'intent', intent: { intent: 'resume' } });
    expect(sessions.run.state).toBe('warmUp');
  });

  test('a press reaches the board, and a client that leaves holds nothing down', () => {
    const client = join();
    say(client, { type: 'button', button: 'go', down: true });
    viewers.leave(client);
    expect(presses).toEqual(['go down', 'go up']);
  });

  test('a button that two pages hold is let go of when neither does any more', () => {
    const [one, other, third] = [join(), join(), join()];
    say(one, { type: 'button', button: 'stop', down: true });
    say(other, { type: 'button', button: 'stop', down: true });
    say(one, { type: 'button', button: 'stop', down: false });
    // Whoever never pressed it lets go of nothing.
    say(third, { type: 'button', button: 'stop', down: false });
    expect(presses.filter(press => press === 'stop up')).toEqual([]);
    viewers.leave(other);
    expect(presses.at(-1)).toBe('stop up');
    expect(presses.filter(press => press === 'stop up')).toHaveLength(1);
  });

  test('a routine can be chosen before the start and after the end, not in between', () => {
    const client = join();
    say(client, { type: 'choose', routine: 'evening-legs' });
    expect(sessions.run.routine.id).toBe('evening-legs');
    say(client, { type: 'choose', routine: 'first-touch' });
    start(client);
    say(client, { type: 'choose', routine: 'evening-legs' });
    expect(client.of('error').at(-1)?.code).toBe('notNow');
    expect(sessions.run.routine.id).toBe('first-touch');
    say(client, { type: 'choose', routine: 'no-such' });
    expect(client.of('error').at(-1)?.message).toContain('no such routine');
  });

  test('a routine is scaled to the minutes there are, or is told what would have to go', () => {
    const client = join();
    say(client, { type: 'choose', routine: 'evening-legs', minutes: 15 });
    const { phases } = sessions.run.routine;
    expect(phases.reduce((sum, { durationS }) => sum + durationS, 0)).toBe(900);
    say(client, { type: 'choose', routine: 'leg-and-back', minutes: 30 });
    expect(client.of('error').at(-1)?.message).toMatch(/these would be dropped: /);
    expect(sessions.run.routine.id).toBe('evening-legs');
    say(client, { type: 'choose', routine: 'leg-and-back', minutes: 30, drop: true });
    expect(sessions.run.routine.id).toBe('leg-and-back');
    say(client, { type: 'choose', routine: 'leg-and-back', for: 'self' });
    expect(client.of('error').at(-1)?.message).toMatch(/is made for a partner, for therapists/);
  });

  test('again is one message: what was begun last, with the questions asked anew', () => {
    const told: string[] = [];
    viewers = new Viewers({
      sessions,
      now: () => clock.now(),
      offers: {
        routines: () => [routine],
        again: () => ({ routine: 'first-touch', title: 'First touch', minutes: 4 }),
        choose: () => ({ ok: false, why: 'not here', mayDrop: false }),
        repeat: () => ({ ok: true, routine, said: null, begun: () => told.push('begun') }),
      },
    });
    const client = join();
    expect(client.of('view')[0]?.view.library.again).toMatchObject({ routine: 'first-touch', minutes: 4 });
    say(client, { type: 'again' });
    expect([sessions.run.routine.id, sessions.run.state, told]).toEqual([
      'first-touch',
      'screening',
      ['begun'],
    ]);
    start(client);
    say(client, { type: 'again' });
    expect(client.of('error').at(-1)?.message).toBe('a session is running');
    expect(told).toEqual(['begun']);
  });

  test('without anything begun before there is nothing to begin again', () => {
    const client = join();
    say(client, { type: 'again' });
    expect(client.of('error').at(-1)?.message).toBe('nothing has begun yet');
  });

  test('a refusal says what to do', () => {
    const client = join();
    say(client, { type: 'intent', intent: { intent: 'start' } });
    expect(client.of('refusal')[0]).toMatchObject({ asked: 'start', gave: 'nothing', limit: 'screening' });
  });
});

describe('a phone', () => {
  const phone: Guest = { id: 1, role: 'remote', name: '', from: '192.0.2.9' };
  const isController = (client: Listener): boolean => {
    say(client, { type: 'refresh' });
    return client.of('view').at(-1)?.view.people.role === 'controller';
  };

  test('that was in control and comes back is in control again, where nobody has used it meanwhile', () => {
    const first = join(phone);
    const second = join();
    start(first);
    viewers.leave(first);
    expect(isController(second)).toBe(true);
    const back = join(phone);
    expect([isController(back), isController(second)]).toEqual([true, false]);
  });

  test.each([
    ['said something', { type: 'intent', intent: { intent: 'pause' } }],
    ['claimed it', { type: 'claim' }],
  ])('is no more in control where whoever came after it has %s', (_, message) => {
    const first = join(phone);
    const second = join();
    start(first);
    viewers.leave(first);
    if (message.type === 'claim') say(second, { type: 'intent', intent: { intent: 'pause' } });
    say(second, message);
    expect(isController(join(phone))).toBe(false);
  });

  test('another phone is not the one that left', () => {
    const first = join(phone);
    join();
    viewers.leave(first);
    expect(isController(join({ ...phone, id: 2 }))).toBe(false);
  });

  test('with two pages keeps control in the other one', () => {
    const first = join(phone);
    join();
    const other = join(phone);
    viewers.leave(first);
    expect(isController(other)).toBe(true);
  });

  test("that is the receiver's is never in control, alone or not", () => {
    const receiver = join({ ...phone, role: 'receiver' });
    expect(receiver.of('view')[0]?.view.people.role).toBe('receiver');
    const second = join();
    expect(isController(second)).toBe(true);
    viewers.leave(second);
    say(receiver, { type: 'role', role: 'viewer' });
    say(receiver, { type: 'claim' });
    start(receiver);
    expect(sessions.run.state).toBe('screening');
    expect(receiver.of('error')).toHaveLength(6);
  });
});

describe('a controller that stood still', () => {
  test('takes no wish that may be from before, but what stops or calms; what is said afterwards counts', () => {
    const client = join();
    start(client);
    viewers.update(true);
    clock.pass(400);
    viewers.update(true);
    clock.pass(5_000);
    // Read before the beat that is due, and right after it.
    say(client, { type: 'intent', intent: { intent: 'next' } });
    viewers.update(true);
    say(client, { type: 'button', button: 'go', down: true });
    expect(presses).toEqual([]);
    expect(client.of('error').map(({ message }) => message)).toEqual([
      'the controller froze for a moment; try again',
      'the controller froze for a moment; try again',
    ]);
    say(client, { type: 'button', button: 'stop', down: true });
    say(client, { type: 'button', button: 'less', down: true });
    expect(presses).toEqual(['stop down', 'less down']);
    clock.pass(5_200);
    say(client, { type: 'button', button: 'go', down: true });
    expect(presses).toEqual(['stop down', 'less down', 'go down']);
  });

  test('one client’s stop, said over and over, is heard each tenth of a second', () => {
    const client = join();
    start(client);
    let intended = 0;
    sessions.run.listen({ intended: ({ intent }) => (intended += intent === 'stop' ? 1 : 0) });
    for (let count = 0; count < 1000; count++) say(client, { type: 'intent', intent: { intent: 'stop' } });
    expect(intended).toBe(1);
    expect(sessions.run.state).toBe('stopped');
    clock.pass(clock.now() + 100);
    say(client, { type: 'intent', intent: { intent: 'stop' } });
    expect(intended).toBe(2);
  });
});

describe('what a client may not say', () => {
  test.each([
    ['half a message', '{'],
    ['an array', '[]'],
    ['another version', JSON.stringify({ v: 2, id: 1, type: 'refresh' })],
    ['an unknown type', JSON.stringify({ v: 1, id: 1, type: 'drive', duty: 200 })],
    ['an unknown field', JSON.stringify({ v: 1, id: 1, type: 'refresh', role: 'controller' })],
    ['a prototype', '{"v":1,"id":1,"type":"refresh","__proto__":{"role":"controller"}}'],
    [
      'a number too large',
      '{"v":1,"id":1,"type":"intent","intent":{"intent":"baseline","local":1e308,"leg":0}}',
    ],
    [
      'a text for a number',
      JSON.stringify({ v: 1, id: 1, type: 'intent', intent: { intent: 'baseline', local: '2', leg: 0 } }),
    ],
    [
      'null for a number',
      JSON.stringify({ v: 1, id: 1, type: 'intent', intent: { intent: 'baseline', local: null, leg: 0 } }),
    ],
    ['ten thousand brackets', '['.repeat(10_000)],
  ])('%s is answered with an error and changes nothing', (_, text) => {
    const client = join();
    const before = JSON.stringify(sessions.run.snapshot.value);
    viewers.hear(client, text);
    expect(client.last?.type).toBe('error');
    expect(JSON.stringify(sessions.run.snapshot.value)).toBe(before);
    expect(driver.orders).toEqual([]);
  });

  test('after three messages that mean nothing a client is let go', () => {
    const client = join();
    for (let count = 0; count < 3; count++) viewers.hear(client, '{');
    expect(client.closed).toBe(1008);
  });

  test('a flood is cut off, and stop is heard through it', () => {
    const client = join();
    start(client);
    for (let count = 0; count < 60; count++) say(client, { type: 'refresh' });
    expect(client.of('error').some(({ code }) => code === 'tooMany')).toBe(true);
    say(client, { type: 'intent', intent: { intent: 'stop' } });
    expect(sessions.run.state).toBe('stopped');
  });

  test('no text makes it throw, or drives a motor', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map(value => JSON.stringify({ v: 1, id: 1, ...value })),
        ),
        text => {
          const client = join();
          viewers.hear(client, text);
          viewers.leave(client);
          expect(driver.frame).toBeNull();
        },
      ),
      { numRuns: isLong ? 500 : 100 },
    );
  });
});

describe('a page of the receiver’s', () => {
  const receiver: Guest = { id: 7, role: 'receiver', name: '', from: 'x' };

  test.each([
    ['a caution', { S1: 'no', K1: 'yes' }, 'no'],
    ['what declines', { S1: 'yes' }, 'no'],
  ])('is told nothing of the screening: %s', (_, answers, others) => {
    const giver = join();
    const theirs = join(receiver);
    say(giver, { type: 'intent', intent: { intent: 'screen', complaint: true, answers, others } });
    viewers.update();
    say(giver, { type: 'intent', intent: { intent: 'firmer' } });
    say(giver, { type: 'intent', intent: { intent: 'start' } });
    viewers.update();
    const heard = JSON.stringify(theirs.heard);
    for (const { view } of [...theirs.of('view'), ...theirs.of('change')]) {
      if (view.screening) expect(view.screening).toMatchObject({ complaint: null, open: [], cautions: [] });
      if (view.preparation) expect(view.preparation).toMatchObject({ steps: [], notes: [] });
      if (view.outcome) expect(view.outcome).toMatchObject({ reason: '', advice: '' });
    }
    expect(heard).not.toMatch(/"[SCK]\d+"/);
    expect(theirs.of('refusal')).toEqual([]);
    expect(JSON.stringify(giver.heard)).toMatch(/"[SCK]\d+"/);
  });
});

test('what a page of the receiver’s is sent is the same, whatever was answered, as long as the session may begin', () => {
  const toldWith = (
    answers: Readonly<Record<string, string>>,
    worsens: readonly string[] = [],
  ): readonly FromServer[] => {
    clock = new VirtualClock();
    sessions = new Sessions({ clock, driver: new StandInDriver(), product: 'test' }, { routine });
    viewers = new Viewers({ sessions, now: () => clock.now() });
    const giver = join();
    const theirs = join({ id: 7, role: 'receiver', name: '', from: 'x' });
    const each = [
      { intent: 'screen', complaint: true, answers, others: 'no' },
      { intent: 'causes', bringsOn: [], worsens },
      ...['bath', 'oil', 'position'].map(step => ({ intent: 'confirm', step })),
      { intent: 'baseline', local: 0, leg: 0 },
    ];
    for (const intent of each) {
      say(giver, { type: 'intent', intent });
      clock.runUntil(clock.now() + 1000);
      viewers.update(true);
    }
    return theirs.heard;
  };
  const told = toldWith({});
  expect(told.length).toBeGreaterThan(4);
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('K1', 'K2', 'K3', 'giverK3', 'K4', 'K5', 'K6', 'K7', 'K8'),
        fc.constantFrom('yes', 'unsure'),
      ),
      fc.uniqueArray(fc.constantFrom(...causes)),
      (answers, worsens) => {
        expect(toldWith(answers, worsens)).toEqual(told);
      },
    ),
    { numRuns: isLong ? 30 : 8 },
  );
});

test('after the page on the machine itself has gone, somebody there takes control back from a phone, hands moving or not', () => {
  const page = join();
  const phone = join({ id: 1, role: 'remote', name: '', from: 'x' });
  const other = join({ id: 2, role: 'remote', name: '', from: 'y' });
  start(page);
  viewers.leave(page);
  expect(sessions.run.snapshot.hasTag('moving')).toBe(true);
  say(other, { type: 'claim' });
  expect(other.of('error').at(-1)).toMatchObject({ code: 'forbidden' });
  const again = join();
  say(again, { type: 'claim' });
  expect(again.of('error')).toEqual([]);
  say(again, { type: 'intent', intent: { intent: 'pause' } });
  expect(sessions.run.state).toBe('paused');
  expect(phone.closed).toBeNull();
});

test('what is kept and was changed by anybody is told to every page, also to one that only watches', () => {
  const pages = [join(), join()];
  viewers.keptChanged('routines');
  viewers.keptChanged('sessions');
  viewers.keptChanged('sessions');
  for (const page of pages)
    expect(page.of('change').findLast(({ view }) => view.kept)?.view.kept).toEqual({
      routines: 1,
      sessions: 2,
    });
});
