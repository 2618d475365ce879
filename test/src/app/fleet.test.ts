/** The list as it is shown, drawn or line by line; what keys do; and what comes of stops. In virtual time. */
import { describe, expect, it } from 'vitest';
import { fleetWords } from '../../../machines/text/fleet.ts';
import { KeptTraces } from '../../../src/app/fleet/forget.ts';
import { FleetKeys } from '../../../src/app/fleet/live.ts';
import { FleetLog, jsonTelling, spokenTelling } from '../../../src/app/fleet/log.ts';
import { FleetPicture } from '../../../src/app/fleet/picture.ts';
import { requireStopped, stopLine } from '../../../src/app/fleet/stop.ts';
import { plainJson } from '../../../src/app/fleet/told.ts';
import { AskedStops, type StopResult } from '../../../src/mqtt/asked-stops.ts';
import { BrokerRefusal } from '../../../src/mqtt/broker-refusal.ts';
import { discoveryOf } from '../../../src/mqtt/discovery.ts';
import { Fleet } from '../../../src/mqtt/fleet.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { deviceState, heardFrom, idleState, wallStart } from '../../support/fleet.ts';

/** A fleet and whoever looks at it. */
function watched() {
  const clock = new VirtualClock();
  const fleet = new Fleet();
  const printed: string[] = [];
  const screen = { width: 80, rows: 24, isBehind: false };
  const moment = () => ({ now: clock.now(), wall: wallStart + clock.now() });
  const state = (changes = {}) => deviceState({ at: new Date(moment().wall).toISOString(), ...changes });
  return {
    clock,
    fleet,
    printed,
    screen,
    moment,
    state,
    output: {
      clock,
      wall: () => moment().wall,
      print: (text: string) => {
        printed.push(text);
      },
      isBehind: () => screen.isBehind,
      size: () => screen,
    },
    hear: (name: string, topic: 'availability' | 'state', payload: unknown) => {
      fleet.hear(heardFrom(name, topic, payload), moment());
    },
    /** What has been printed since. */
    taken: () => printed.splice(0).join(''),
  };
}

/** What moves a terminal's place up, and what else the list may send it: to clear a line, or the rest. */
const esc = String.fromCharCode(27);
const moves = new RegExp(`${esc}\\[(\\d+)A`, 'g');
const up = (lines: string, then: string): RegExp => new RegExp(`^${esc}\\[${lines}A\\r${then}`, 's');
const withoutCodes = (text: string): string =>
  text
    .replaceAll(moves, '')
    .replaceAll(`${esc}[K`, '')
    .replaceAll(`${esc}[J`, '')
    .replaceAll(/[\r\n]/g, '');

describe('the list in a terminal', () => {
  const drawn = () => {
    const at = watched();
    at.hear('room-1', 'availability', 'online');
    at.hear('room-1', 'state', at.state());
    const picture = new FleetPicture(at.fleet, { broker: 'mqtt://b:1', output: at.output, last: ['KEYS'] });
    return { ...at, picture };
  };

  it('is drawn over itself each second, with the time as it runs down', () => {
    const { clock, taken } = drawn();
    expect(taken()).toMatch(/^\r.*10:00/s);
    clock.runUntil(999);
    expect(taken()).toBe('');
    clock.runUntil(1000);
    // The head, the device, three lines below it and one of keys.
    expect(taken()).toMatch(up('5', '.*9:59.*KEYS'));
  });

  it('is drawn at once where something has changed, and no more often than five times a second', () => {
    const { clock, picture, printed, hear } = drawn();
    clock.runUntil(500);
    printed.splice(0);
    for (let index = 0; index < 1000; index++) {
      hear(`room-${index}`, 'availability', 'online');
      picture.changed();
    }
    clock.runUntil(500);
    expect(printed.length).toBe(1);
    for (let index = 0; index < 1000; index++) {
      picture.changed();
      clock.runUntil(500 + index);
    }
    expect(printed.length).toBeLessThanOrEqual(6);
  });

  it('says that a device is silent, by itself, once it has not been heard', () => {
    const { clock, taken } = drawn();
    clock.runUntil(25_000);
    expect(taken()).not.toContain('Silent');
    clock.runUntil(26_000);
    expect(taken()).toMatch(/room-1 +Silent since/);
  });

  it('never moves up further than its terminal is tall, and begins anew where its width has changed', () => {
    const { clock, picture, screen, hear, taken } = drawn();
    screen.rows = 6;
    for (let index = 0; index < 200; index++) hear(`room-${index}`, 'availability', 'online');
    picture.changed();
    clock.runUntil(3000);
    const ups = [...taken().matchAll(moves)].map(([, lines]) => Number(lines));
    expect(Math.max(...ups)).toBeLessThanOrEqual(5);
    screen.width = 40;
    clock.runUntil(4000);
    expect(taken()).not.toMatch(moves);
    clock.runUntil(5000);
    expect(taken()).toMatch(moves);
  });

  it('keeps nothing for a terminal that has stopped reading', () => {
    const { clock, screen, taken } = drawn();
    screen.isBehind = true;
    taken();
    clock.runUntil(60_000);
    expect(taken()).toBe('');
    screen.isBehind = false;
    clock.runUntil(61_000);
    expect(taken()).toContain('room-1');
  });

  it('is over once it is closed, and stands as it was', () => {
    const { clock, picture, taken } = drawn();
    picture.close();
    expect(taken()).toContain('room-1');
    clock.runUntil(60_000);
    expect(taken()).toBe('');
  });

  it('steers the terminal with nothing but its own few codes', () => {
    const { clock, picture, fleet, moment, screen, taken } = drawn();
    screen.width = 200;
    for (const topic of ['availability', 'state', 'event'] as const)
      fleet.hear(heardFrom('room-1', topic, '\x1b]0;owned\x07\x1b[2J\x9b2J'), moment());
    fleet.hear({ topic: 'tactus/\x1b[2J/state', payload: Buffer.from('{}'), retained: false }, moment());
    const id = '\x1b[2J';
    fleet.hear(
      heardFrom('room-1', 'event', { v: 1, id, at: '2026-11-22T18:00:00Z', type: 'began' }),
      moment(),
    );
    picture.changed();
    clock.runUntil(5000);
    const text = taken();
    expect(text).toContain('began');
    expect(withoutCodes(text)).not.toMatch(/\p{Cc}/u);
  });
});

describe('the list line by line', () => {
  const logged = (telling = spokenTelling) => {
    const at = watched();
    at.hear('room-1', 'availability', 'online');
    at.hear('room-1', 'state', at.state());
    const log = new FleetLog(at.fleet, { telling, output: at.output });
    return { ...at, log };
  };

  it('says each device once, and again only once it does something else', () => {
    const { clock, hear, state, taken } = logged();
    expect(taken()).toMatch(/^\S+ \S+ {2}room-1 {2}In progress · .*\n$/);
    for (let beat = 1; beat <= 10; beat++) {
      clock.runUntil(beat * 10_000);
      hear('room-1', 'state', state({ secondsLeft: 600 - beat * 10 }));
    }
    expect(taken()).toBe('');
    hear('room-1', 'state', state({ activity: 'paused', runs: false }));
    clock.runUntil(100_500);
    expect(taken()).toMatch(/room-1 {2}Paused/);
  });

  it('holds no control code', () => {
    const { clock, taken } = logged();
    clock.runUntil(60_000);
    expect(taken().replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('is one JSON object a line for scripts, with the time as it is then', () => {
    const { clock, hear, state, fleet, moment, taken } = logged(jsonTelling);
    const lines = () =>
      taken()
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as unknown);
    expect(lines()).toEqual([
      {
        at: new Date(wallStart).toISOString(),
        name: 'room-1',
        live: true,
        silentSince: null,
        secondsLeft: 600,
        state: state(),
        lastEvent: null,
      },
    ]);
    clock.runUntil(30_000);
    expect(lines()).toMatchObject([{ live: false, silentSince: new Date(wallStart).toISOString() }]);
    fleet.hear(heardFrom('room-1', 'state', ''), moment());
    fleet.hear(heardFrom('room-1', 'availability', ''), moment());
    clock.runUntil(31_000);
    expect(lines()).toMatchObject([{ name: 'room-1', live: false, state: null }]);
    hear('room-1', 'availability', 'online');
    clock.runUntil(32_000);
    expect(lines()).toMatchObject([{ name: 'room-1', live: false, state: null }]);
  });

  it('is behind no slow reader: what lay between is passed over', () => {
    const { clock, hear, state, screen, taken } = logged();
    taken();
    screen.isBehind = true;
    for (let beat = 1; beat <= 1000; beat++) {
      hear('room-1', 'state', state({ activity: beat % 2 === 0 ? 'asking' : 'eased' }));
      clock.runUntil(beat * 300);
    }
    screen.isBehind = false;
    clock.runUntil(301_000);
    expect(taken().split('\n').filter(Boolean).length).toBe(1);
  });

  it('is written in letters that no terminal takes for a code', () => {
    expect(plainJson({ id: 'a\x1b\x9b\x7fé\u202e' })).toBe('{"id":"a\\u001b\\u009b\\u007f\\u00e9\\u202e"}');
    expect(JSON.parse(plainJson({ id: 'a\x1b\x9bé😀' }))).toEqual({ id: 'a\x1b\x9bé😀' });
  });
});

/** A broker that takes what it is told, and says what that was. */
function taking(refusal: BrokerRefusal | null = null) {
  const sent: { topic: string; payload: string; retain: boolean }[] = [];
  return {
    sent,
    publish: async (topic: string, payload: string, { retain = false } = {}) => {
      sent.push({ topic, payload, retain });
      if (refusal) throw refusal;
    },
  };
}

describe('a stop from afar', () => {
  const answer = (name: string, sent: string, confirmed: boolean) =>
    heardFrom(name, 'answer', {
      v: 1,
      id: (JSON.parse(sent) as { id: string }).id,
      at: '2026-11-22T18:00:00Z',
      confirmed,
      tookMs: 14,
    });

  it('has an id of its own, is not retained, and comes to what its device answers', async () => {
    const clock = new VirtualClock();
    const [stops, line] = [new AskedStops(), taking()];
    const results = stops.stop(['a', 'b', 'c'], { line, clock, waitMs: 10_000 });
    await new Promise(setImmediate);
    const [first, second] = line.sent;
    expect(line.sent.map(({ topic, retain }) => [topic, retain])).toEqual([
      ['tactus/a/stop', false],
      ['tactus/b/stop', false],
      ['tactus/c/stop', false],
    ]);
    stops.hear(answer('a', first?.payload ?? '', true));
    stops.hear(answer('b', second?.payload ?? '', false));
    clock.runUntil(10_000);
    expect(await results).toEqual([
      { name: 'a', result: 'confirmed', tookMs: 14 },
      { name: 'b', result: 'unconfirmed', tookMs: 14 },
      { name: 'c', result: 'silent', tookMs: null },
    ]);
  });

  it('is answered only by the device that it was for, now, and in the contract’s form', async () => {
    const clock = new VirtualClock();
    const [stops, line] = [new AskedStops(), taking()];
    const results = stops.stop(['a'], { line, clock, waitMs: 10_000 });
    await new Promise(setImmediate);
    const sent = line.sent[0]?.payload ?? '';
    stops.hear(answer('b', sent, true));
    stops.hear({ ...answer('a', sent, true), retained: true });
    stops.hear(answer('a', '{"id":"another"}', true));
    stops.hear(heardFrom('a', 'answer', { id: JSON.parse(sent).id, confirmed: true }));
    stops.hear(heardFrom('a', 'answer', 'no JSON'));
    stops.hear(heardFrom('a', 'answer', ' '.repeat(10_000)));
    clock.runUntil(10_000);
    expect(await results).toEqual([{ name: 'a', result: 'silent', tookMs: null }]);
  });

  it('of 200 devices has no more than 16 on their way at once', async () => {
    const clock = new VirtualClock();
    const stops = new AskedStops();
    let [now, most] = [0, 0];
    const line = {
      publish: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise(setImmediate);
        now -= 1;
      },
    };
    const names = Array.from({ length: 200 }, (_, index) => `room-${index}`);
    const results = stops.stop(names, { line, clock, waitMs: 10_000 });
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    clock.runUntil(10_000);
    expect((await results).map(({ name }) => name)).toEqual(names);
    expect(most).toBe(16);
  });

  const codeOf = (results: readonly StopResult[]): number | null => {
    try {
      requireStopped(results);
      return null;
    } catch (error) {
      return error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN;
    }
  };
  const confirmed: StopResult = { name: 'a', result: 'confirmed', tookMs: 14 };
  const unconfirmed: StopResult = { name: 'b', result: 'unconfirmed', tookMs: 14 };
  const silent: StopResult = { name: 'c', result: 'silent', tookMs: null };
  const unsent: StopResult = {
    name: 'd',
    result: 'unsent',
    tookMs: null,
    refusal: new BrokerRefusal('publish', 'code 135', 'tactus/d/stop'),
  };

  it('ends with 0 only where every device has confirmed; else with what is gravest, and the names', () => {
    expect(codeOf([confirmed, confirmed])).toBeNull();
    expect(codeOf([confirmed, unconfirmed])).toBe(75);
    expect(codeOf([silent, unconfirmed])).toBe(69);
    expect(codeOf([confirmed, silent, unsent])).toBe(77);
    const lost = new BrokerRefusal('unreachable', 'the connection to the broker is lost');
    expect(codeOf([confirmed, { ...unsent, refusal: lost }])).toBe(69);
    expect(codeOf([])).toBe(69);
    expect(() => requireStopped([confirmed, unconfirmed, silent])).toThrow(
      'Not stopped, or not known to be: b, c',
    );
    const many = Array.from({ length: 200 }, (_, index) => ({ ...silent, name: `room-${index}` }));
    expect(() => requireStopped(many)).toThrow(/room-9 …$/);
  });

  it('is told of each device', () => {
    const said = [confirmed, unconfirmed, silent, unsent].map(one =>
      stopLine(one, { broker: 'mqtt://b:1', waitS: 10 }),
    );
    expect(said).toEqual([
      'a: motors off, confirmed by the device in 14 ms',
      expect.stringMatching(/^b: has heard it, but its device has not confirmed/),
      'c: no answer within 10 s. Stop it by hand.',
      'mqtt://b:1: does not take what is sent to tactus/d/stop (code 135); see its access list',
    ]);
  });
});

describe('keys', () => {
  function keys(results: readonly StopResult[] = [], count = 3) {
    const done: string[] = [];
    const said: (readonly string[])[] = [];
    const hand = new FleetKeys({
      count: () => count,
      stopAll: async () => {
        done.push('stop');
        return results;
      },
      lineOf: ({ name }) => name,
      say: lines => said.push(lines),
      end: code => done.push(`end ${code}`),
    });
    return {
      done,
      said,
      type: (text: string) => {
        for (const key of text) hand.type(key);
      },
    };
  }

  it('stop all only by S and then y', async () => {
    const { done, said, type } = keys([{ name: 'a', result: 'silent', tookMs: null }]);
    type('ysnSnySxy\r');
    expect(done).toEqual([]);
    type('S\ry\r');
    await new Promise(setImmediate);
    expect(done).toEqual(['stop']);
    expect(said.at(-1)).toEqual(['a', 'Stopped, confirmed: 0 of 1', fleetWords.keys]);
  });

  it('stop nothing where there is nobody', () => {
    const { done, said, type } = keys([], 0);
    type('Sy');
    expect([done, said]).toEqual([[], []]);
  });

  it('say no more results than there is room for', async () => {
    const open = Array.from(
      { length: 50 },
      (_, index): StopResult => ({
        name: `room-${index}`,
        result: 'silent',
        tookMs: null,
      }),
    );
    const { said, type } = keys(open);
    type('Sy');
    await new Promise(setImmediate);
    expect(said.at(-1)?.length).toBe(11);
    expect(said.at(-1)).toContain('And 42 more');
  });

  it.each([
    ['q', 0],
    ['\x04', 0],
    ['\x03', 130],
  ])('end it: %j with %i', (key, code) => {
    const { done, type } = keys();
    type(key);
    expect(done).toEqual([`end ${code}`]);
  });
});

describe('a device that is gone', () => {
  const { topic, payload } = discoveryOf({ uniqueId: 'abc', name: 'room-1', version: '1' });
  const announced = { topic, payload: Buffer.from(payload), retained: true };
  const kept = { retained: true };

  it('is forgotten by an empty retained message at each of its topics, and its announcement', async () => {
    const [traces, line] = [new KeptTraces('room-1'), taking()];
    traces.hear(heardFrom('room-1', 'availability', 'offline', kept));
    traces.hear(heardFrom('room-1', 'state', idleState(), kept));
    traces.hear(announced);
    traces.hear({ ...announced, topic: 'homeassistant/device/lamp/config' });
    const other = discoveryOf({ uniqueId: 'def', name: 'room-2', version: '1' });
    traces.hear({ topic: other.topic, payload: Buffer.from(other.payload), retained: true });
    traces.hear(heardFrom('room-2', 'state', idleState(), kept));
    await traces.erase(line, 'mqtt://b:1');
    expect(line.sent).toEqual(
      [topic, 'tactus/room-1/availability', 'tactus/room-1/state'].map(one => ({
        topic: one,
        payload: '',
        retain: true,
      })),
    );
  });

  it('is not forgotten while it is connected, nor where nothing is known of it', async () => {
    const line = taking();
    const there = new KeptTraces('room-1');
    there.hear(heardFrom('room-1', 'availability', 'online', kept));
    await expect(there.erase(line, 'mqtt://b:1')).rejects.toThrow(/is connected/);
    await expect(new KeptTraces('room-1').erase(line, 'mqtt://b:1')).rejects.toThrow(/nothing is kept/);
    expect(line.sent).toEqual([]);
  });
});
