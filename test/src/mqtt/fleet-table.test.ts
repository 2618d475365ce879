/** The list of devices as lines: what a person reads, at every width and height. */
import { describe, expect, it } from 'vitest';
import { fleetWords } from '../../../machines/text/fleet.ts';
import { faults } from '../../../machines/vocabulary.ts';
import type { SeenDevice } from '../../../src/mqtt/fleet.ts';
import { fleetLines } from '../../../src/mqtt/fleet-table.ts';
import { eventWord, leftWord, stateWord } from '../../../src/mqtt/fleet-words.ts';
import { activities, boards, type DeviceEvent, endings, pressures } from '../../../src/mqtt/messages.ts';
import { deviceState, idleState, wallStart } from '../../support/fleet.ts';

const live = (name: string, changes = {}): SeenDevice => ({
  name,
  isLive: true,
  silentSince: null,
  state: deviceState(changes),
  secondsLeft: 754,
  lastEvent: null,
});
const silent = (name: string): SeenDevice => ({
  ...live(name),
  isLive: false,
  silentSince: wallStart,
  secondsLeft: null,
});
const idle = (name: string): SeenDevice => ({ ...live(name), state: idleState(), secondsLeft: null });
const news = { broker: 'mqtt://broker.lan:1883', lostAt: null, unread: 0, isCrowded: false };
/** In whichever zone this runs. */
const when = (text: string): string => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN');

describe('the words of a device', () => {
  it('say what it does and where', () => {
    expect(stateWord(live('a'))).toBe('In progress · Strokes · phase 3 of 12 · Lower leg · left');
    expect(stateWord(idle('a'))).toBe('Idle');
    expect(stateWord(live('a', { activity: 'faulted', zone: null, side: null, phase: null }))).toBe(
      'Faulted, motors off · Strokes',
    );
  });

  it('say of a silent one only since when, and what it said last', () => {
    expect(when(stateWord(silent('a')))).toBe('Silent since WHEN (last: In progress)');
    expect(stateWord({ ...silent('a'), silentSince: null, state: null })).toBe(
      'Silent, since when is not known',
    );
  });

  it('are there for all that may be said, and for nothing else', () => {
    expect(Object.keys(fleetWords.activities)).toEqual([...activities]);
    expect(Object.keys(fleetWords.pressures)).toEqual([...pressures]);
    expect(Object.keys(fleetWords.boards)).toEqual([...boards]);
    expect(Object.keys(fleetWords.outcomes)).toEqual([...endings]);
    expect(Object.keys(fleetWords.faults)).toEqual([...faults]);
  });

  it('say what happened last', () => {
    const said = (event: object) =>
      eventWord({ v: 1, id: 'a', at: '2026-11-22T18:00:00Z', ...event } as DeviceEvent).slice(6);
    expect(
      [
        { type: 'began' },
        { type: 'activity', activity: 'paused' },
        { type: 'stage', stage: 'warmUp' },
        { type: 'fault', fault: 'linkLost' },
        { type: 'ended', outcome: 'completed' },
        { type: 'remoteStop', confirmed: true },
        { type: 'remoteStop', confirmed: false },
        { type: 'dropped', count: 3 },
      ].map(said),
    ).toEqual([
      'began',
      'Paused',
      'Warm-up',
      'fault: device lost',
      'ended: completed',
      'stopped from afar, confirmed',
      'stopped from afar, not confirmed',
      'events lost: 3',
    ]);
  });

  it('count seconds as minutes, and as hours from the first on', () => {
    expect([0, 59, 754, 3599, 3600, 5405, 1e300].map(leftWord)).toEqual([
      '0:00',
      '0:59',
      '12:34',
      '59:59',
      '1:00:00',
      '1:30:05',
      '99:59:59',
    ]);
  });
});

describe('the list', () => {
  const devices = [live('room-1', { outcome: 'completed' }), idle('room-2'), silent('room-3')];

  it('has a line for each device, and says below how many there are', () => {
    const cells = (line: string): string => when(line).replace(/ {2,}/g, ' | ');
    expect(fleetLines(devices, news).map(cells)).toEqual([
      'Device | State | To go | Pressure | Board | Last session | Last event',
      'room-1 | In progress · Strokes · phase 3 of 12 · Lower leg · left | 12:34 | light | real | completed',
      'room-2 | Idle | real',
      'room-3 | Silent since WHEN (last: In progress)',
      'Devices: 3, live: 2, silent: 1',
      'Broker: mqtt://broker.lan:1883',
    ]);
  });

  it('says that nobody has said anything, and what a device needs', () => {
    expect(fleetLines([], news)[0]).toMatch(/^No device has said anything at mqtt:\/\/broker\.lan:1883\./);
  });

  it('says that the broker is gone and since when, what could not be understood, and that there are more', () => {
    const lines = fleetLines(devices, { ...news, lostAt: wallStart, unread: 2, isCrowded: true }).map(when);
    expect(lines.slice(-3)).toEqual([
      'Broker: mqtt://broker.lan:1883 does not answer since WHEN; what is listed was so then',
      'Messages that could not be understood: 2',
      'There are more devices than 1000: the others are not listed',
    ]);
  });

  it.each([300, 120, 100, 80, 60, 40, 20, 8, 1])('is never wider than %i letters', width => {
    const event = { v: 1, id: 'a', at: '2026-11-22T18:00:00Z', type: 'dropped', count: 1e300 } as const;
    const many = [...devices, { ...live('a'.repeat(32)), lastEvent: event }];
    const lines = fleetLines(many, news, { width });
    expect(lines.filter(line => line.length > width)).toEqual([]);
    // However narrow, a device is told from the others and by what it does.
    if (width >= 40) expect(lines[1]).toMatch(/^room-1 +In prog/);
  });

  it('keeps time and pressure at 80 letters, where the last event has no room', () => {
    const [head = ''] = fleetLines(devices, news, { width: 80 });
    expect(head).toMatch(/To go +Pressure/);
    expect(head).not.toContain('Last event');
  });

  it('shows of 200 devices those that need somebody, and how many it does not', () => {
    const many = Array.from({ length: 200 }, (_, index) => idle(`room-${String(index).padStart(3, '0')}`));
    many[150] = live('room-150', { activity: 'faulted' });
    many[20] = live('room-020');
    many[199] = silent('room-199');
    const lines = fleetLines(many, news, { width: 80, rows: 10 });
    expect(lines.length).toBe(10);
    const names = lines.map(line => line.split(' ')[0]);
    expect(names).toContain('room-150');
    expect(names).toContain('room-020');
    expect(names).toContain('room-199');
    expect(names.filter(name => name?.startsWith('room-'))).toEqual(
      names.filter(name => name?.startsWith('room-')).toSorted(),
    );
    expect(lines).toContain('Not shown for want of room: 194; make the terminal taller, or use --json');
    expect(lines).toContain('Devices: 200, live: 199, silent: 1');
    expect(fleetLines(many, news).length).toBe(203);
  });

  it('holds nothing that steers a terminal, whatever room there is', () => {
    for (const rows of [1, 2, 3, 5, 50])
      for (const width of [1, 30, 200]) {
        const lines = fleetLines(devices, news, { width, rows });
        expect(lines.join('')).not.toMatch(/\p{Cc}/u);
        expect(lines.length).toBeLessThanOrEqual(rows);
      }
  });
});
