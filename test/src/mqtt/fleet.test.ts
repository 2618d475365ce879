/** What is known of many devices, and what is told as if it were so now. */
import { describe, expect, it } from 'vitest';
import { Fleet, fleetLimits, type HeardMessage } from '../../../src/mqtt/fleet.ts';
import { silentAfterMs } from '../../../src/mqtt/messages.ts';
import { deviceState, heardFrom, idleState, wallStart } from '../../support/fleet.ts';

/** A fleet whose two clocks go together, unless one is put. */
class Watched {
  readonly fleet = new Fleet();
  now = 1000;
  wall = wallStart;

  after(ms: number): this {
    this.now += ms;
    this.wall += ms;
    return this;
  }
  hear(...messages: HeardMessage[]): this {
    for (const message of messages) this.fleet.hear(message, this);
    return this;
  }
  get seen() {
    return this.fleet.seen(this);
  }
  get only() {
    const [one] = this.seen;
    if (!one || this.seen.length > 1) throw new Error(`${this.seen.length} devices`);
    return one;
  }
}

const online = heardFrom('room-1', 'availability', 'online');
const running = heardFrom('room-1', 'state', deviceState());

describe('a device', () => {
  it('is live while it says so, and its time runs down between its messages', () => {
    const watched = new Watched().hear(online, running);
    expect(watched.only).toMatchObject({ isLive: true, silentSince: null, secondsLeft: 600 });
    expect(watched.after(9999).only.secondsLeft).toBe(591);
    watched.hear(
      heardFrom('room-1', 'state', deviceState({ secondsLeft: 588, at: '2026-11-22T18:00:10.000Z' })),
    );
    expect(watched.only.secondsLeft).toBe(588);
  });

  it('has time that stands still while nothing runs, and is silent when nothing has come for long', () => {
    const paused = deviceState({ activity: 'paused', runs: false });
    const watched = new Watched().hear(online, heardFrom('room-1', 'state', paused));
    expect(watched.after(silentAfterMs.resting).only).toMatchObject({ isLive: true, secondsLeft: 600 });
    expect(watched.after(1).only).toMatchObject({
      isLive: false,
      silentSince: wallStart,
      secondsLeft: null,
    });
  });

  it('that died while its broker was away is not there, though the broker still says that it is on', () => {
    const kept = [online, heardFrom('room-1', 'state', idleState())].map(one => ({ ...one, retained: true }));
    const watched = new Watched().after(silentAfterMs.resting + 1).hear(...kept);
    expect(watched.only).toMatchObject({ isLive: false, silentSince: wallStart });
  });

  it('never has less than no time left', () => {
    const last = heardFrom('room-1', 'state', deviceState({ secondsLeft: 3 }));
    expect(new Watched().hear(online, last).after(20_000).only).toMatchObject({
      isLive: true,
      secondsLeft: 0,
    });
  });

  it('is silent since it was last heard once its state has not come twice, and nothing of it counts down', () => {
    const watched = new Watched().hear(online, running).after(silentAfterMs.running);
    expect(watched.only.isLive).toBe(true);
    expect(watched.after(1).only).toMatchObject({
      isLive: false,
      silentSince: wallStart,
      secondsLeft: null,
      state: { activity: 'underway' },
    });
  });

  it('is silent as soon as its will is published: since its last state where time ran, else since then', () => {
    const ran = new Watched().hear(online, running).after(8000);
    ran.hear(heardFrom('room-1', 'availability', 'offline'));
    expect(ran.only).toMatchObject({ isLive: false, silentSince: wallStart, secondsLeft: null });
    const rested = new Watched().hear(online, heardFrom('room-1', 'state', idleState())).after(8000);
    rested.hear(heardFrom('room-1', 'availability', 'offline'));
    expect(rested.only).toMatchObject({ isLive: false, silentSince: wallStart + 8000 });
  });

  it('is live again with its next word', () => {
    const watched = new Watched().hear(online, running).after(60_000);
    expect(watched.only.isLive).toBe(false);
    expect(watched.hear(running).only).toMatchObject({ isLive: true, secondsLeft: 600 });
  });

  it('that has never said that it is there is silent', () => {
    expect(new Watched().hear(running).only).toMatchObject({ isLive: false, silentSince: wallStart });
  });

  it('that has said no state yet is silent, since its word', () => {
    expect(new Watched().hear(online).only).toMatchObject({
      isLive: false,
      silentSince: wallStart,
      state: null,
    });
  });

  it('is known no more once the broker keeps nothing of it', () => {
    const watched = new Watched().hear(online, running);
    watched.hear(heardFrom('room-1', 'state', ''));
    expect(watched.only).toMatchObject({ isLive: false, state: null });
    watched.hear(heardFrom('room-1', 'availability', ''));
    expect(watched.seen).toEqual([]);
    expect(watched.fleet.unread).toBe(0);
  });

  it('has the last event that it told, a repeat of which is none', () => {
    const event = (id: string, type: string) =>
      heardFrom('room-1', 'event', { v: 1, id, at: '2026-11-22T18:00:00Z', type });
    const watched = new Watched().hear(online, event('a-1', 'began'));
    expect(watched.only.lastEvent).toMatchObject({ id: 'a-1', type: 'began' });
    expect(watched.fleet.hear(event('a-1', 'began'), watched)).toBeNull();
    // One that the broker has kept is of some time ago.
    watched.hear({ ...event('a-2', 'began'), retained: true });
    expect(watched.only.lastEvent).toMatchObject({ id: 'a-1' });
  });
});

describe('what a broker has kept', () => {
  const kept = (at: number, changes = {}) =>
    heardFrom('room-1', 'state', deviceState({ at: new Date(at).toISOString(), ...changes }), {
      retained: true,
    });
  const there = { ...online, retained: true };

  it('is as old as its time says, and runs down from there', () => {
    const watched = new Watched().hear(there, kept(wallStart - 7000));
    expect(watched.only).toMatchObject({ isLive: true, secondsLeft: 593 });
  });

  it('is silence where it is older, whatever else it says', () => {
    const watched = new Watched().hear(there, kept(wallStart - 60_000));
    expect(watched.only).toMatchObject({ isLive: false, silentSince: wallStart - 60_000, secondsLeft: null });
  });

  it('is silence where its clock goes so far ahead that its age is not known, until it speaks', () => {
    const watched = new Watched().hear(there, kept(wallStart + 60_000));
    expect(watched.only).toMatchObject({ isLive: false, silentSince: wallStart });
    expect(watched.hear(running).only.isLive).toBe(true);
  });

  it('of a device at rest is so now for as long as it is told anew', () => {
    const state = heardFrom('room-1', 'state', idleState(), { retained: true });
    expect(new Watched().hear(there, state).after(silentAfterMs.resting).only.isLive).toBe(true);
    expect(new Watched().hear(there, state).after(86_400_000).only.isLive).toBe(false);
  });
});

describe('without a broker', () => {
  it('nobody is live, each silent since it went, or since before that', () => {
    const watched = new Watched().hear(
      online,
      running,
      heardFrom('room-2', 'availability', 'offline'),
      heardFrom('room-2', 'state', idleState()),
    );
    watched.after(5000);
    watched.fleet.lose(watched);
    watched.after(5000);
    watched.fleet.lose(watched);
    expect(watched.seen.map(({ isLive, silentSince }) => [isLive, silentSince])).toEqual([
      [false, wallStart + 5000],
      [false, wallStart],
    ]);
    watched.fleet.find();
    expect(watched.seen.map(({ isLive }) => isLive)).toEqual([true, false]);
  });
});

describe('what does not keep to the contract', () => {
  it.each([
    ['no JSON', 'state', 'online'],
    ['a field too many', 'state', { ...deviceState(), name: 'Anna' }],
    ['a field too few', 'state', { v: 1 }],
    ['a word of no list', 'state', { ...deviceState(), activity: '\x1b[2J' }],
    ['a time that is none', 'state', { ...deviceState(), at: '2026-99-99T99:99:99Z' }],
    ['a number below nothing', 'state', { ...deviceState(), secondsLeft: -1 }],
    ['more than a message has', 'state', `${' '.repeat(fleetLimits.payloadBytes)}{}`],
    ['neither on nor off', 'availability', 'maybe'],
    ['an event of no kind', 'event', { v: 1, id: 'a', at: '2026-11-22T18:00:00Z', type: 'started' }],
    ['a list', 'event', []],
  ] as const)('is passed over and counted: %s', (_what, topic, payload) => {
    const watched = new Watched().hear(heardFrom('room-1', topic, payload));
    expect([watched.seen, watched.fleet.unread]).toEqual([[], 1]);
    // And takes nothing away from what is known.
    watched.hear(online, running, heardFrom('room-1', topic, payload));
    expect(watched.only).toMatchObject({ isLive: true, secondsLeft: 600 });
  });

  it('are bytes that are no UTF-8', () => {
    const watched = new Watched().hear({ ...running, payload: Uint8Array.of(0xff, 0xfe) });
    expect(watched.fleet.unread).toBe(1);
  });

  it.each([
    'tactus',
    'tactus/Room/state',
    'tactus/-a/state',
    'tactus/\x1b[2J/state',
    `tactus/${'a'.repeat(33)}/state`,
    'tactus/room-1/state/more',
    'tactus/room-1/stop',
    'other/room-1/state',
  ])('are topics of no device: %s', topic => {
    const watched = new Watched().hear({ ...running, topic });
    expect([watched.seen, watched.fleet.unread]).toEqual([[], 0]);
  });

  it('are more devices than are kept: those that are known go on', () => {
    const watched = new Watched();
    for (let index = 0; index <= fleetLimits.devices; index++)
      watched.hear(heardFrom(`room-${index}`, 'availability', 'online'));
    expect([watched.seen.length, watched.fleet.isCrowded]).toEqual([fleetLimits.devices, true]);
    watched.hear(heardFrom('room-7', 'state', deviceState()));
    expect(watched.fleet.one('room-7', watched)?.isLive).toBe(true);
    expect(watched.fleet.one(`room-${fleetLimits.devices}`, watched)).toBeNull();
  });
});
