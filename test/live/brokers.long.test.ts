/**
 * One session in a controller of its own, told to a real broker over a line that fails in every way: what the broker has
 * afterwards, and that neither hands nor motors notice.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordsOf } from '../../src/history/records.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import { isDriven, pause } from '../faults/support/pins-after.ts';
import { BrokerWatch, plainAddress } from '../support/broker-watch.ts';
import { latestOf } from '../support/busy-session.ts';
import { FaultyLine } from '../support/faulty-line.ts';
import { hasMosquitto, Mosquitto } from '../support/mosquitto.ts';
import { type Lateness, measured, repeatedIfStarved } from '../support/starved.ts';
import { countedFromOne, eventsOf, numbersOf, stateAt } from '../support/told-events.ts';
import { stallMs, toldSession } from '../support/told-session.ts';

const lateMs = 20;
/** On the board's own clock: the stop switch is the firmware's. */
const stopMs = 50;
/** One and a half of the keepalive. */
const noticedMs = 22_500;
const name = 'couch';
const topics = topicsOf(name);

/** How late the machine was, or a thread of the process that is looked at had to wait for it. */
let latenessNow: Lateness = () => 0;
let machine: Lateness = () => 0;
function begun(): Lateness {
  machine = measured();
  latenessNow = machine;
  return () => latenessNow();
}

/** A broker behind a line, somebody who listens there, and a session on a board of its own. */
async function told() {
  const broker = await Mosquitto.start();
  onTestFinished(() => broker.stop());
  const line = await FaultyLine.to(broker.port);
  onTestFinished(() => line.end());
  const watch = new BrokerWatch(plainAddress(broker.port));
  onTestFinished(() => watch.end());
  await expect.poll(() => watch.isListening, { timeout: 10_000 }).toBe(true);
  const session = await toldSession(`mqtt://127.0.0.1:${line.port}`, name, machine);
  latenessNow = session.lateness;
  return { broker, line, watch, session };
}

/** What somebody sees who comes only now, by when this topic is there too. */
async function retainedAt(port: number, awaited?: string): Promise<Readonly<Record<string, string>>> {
  const late = new BrokerWatch(plainAddress(port));
  try {
    await expect.poll(() => late.isListening, { timeout: 10_000 }).toBe(true);
    // What is kept comes right behind what grants the topic.
    await pause(200);
    const isThere = (): boolean => awaited === undefined || late.at(awaited).length > 0;
    await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
    return Object.fromEntries(late.seen.map(({ topic, payload }) => [topic, payload]));
  } finally {
    late.end();
  }
}

describe.skipIf(!hasMosquitto)('a session told to mosquitto', () => {
  it(
    'goes on over a slow line, a broker that is killed and begun anew, and a half-open line; each event comes once, in order, and STOP stops',
    repeatedIfStarved(
      async () => {
        const { broker, line, watch, session } = await told();
        const { board } = session;
        const activity = (): string | undefined => stateAt(watch, name)?.activity;
        await expect.poll(() => watch.availability(name), { timeout: 10_000 }).toBe('online');
        await expect.poll(activity, { timeout: 10_000 }).toBe('underway');

        line.bytesPerSecond = 400;
        await session.intend({ intent: 'pause' });
        await expect.poll(activity, { timeout: 20_000 }).toBe('paused');
        await session.intend({ intent: 'resume' });
        await expect.poll(activity, { timeout: 20_000 }).toBe('underway');
        line.bytesPerSecond = null;

        await line.close();
        await broker.kill();
        await session.intend({ intent: 'pause' });
        await pause(300);
        await session.intend({ intent: 'resume' });
        await broker.begin();
        await expect.poll(() => watch.isListening, { timeout: 10_000 }).toBe(true);
        // It remembers nothing, and nobody says that a device is there before it is.
        expect(await retainedAt(broker.port)).toEqual({});
        const before = watch.seen.length;
        await line.open();
        await expect.poll(() => watch.seen.length, { timeout: 20_000 }).toBeGreaterThan(before);
        await expect
          .poll(() => eventsOf(watch, name).at(-1), { timeout: 10_000 })
          .toMatchObject({
            type: 'activity',
            activity: 'underway',
          });
        const kept = await retainedAt(broker.port, topics.state);
        expect(kept[topics.availability]).toBe('online');
        expect(JSON.parse(kept[topics.state] ?? '')).toMatchObject({ activity: 'underway', board: 'real' });
        expect(Object.keys(kept).filter(topic => topic.startsWith('homeassistant/device/'))).toHaveLength(1);

        line.halfOpen();
        await board.next(isDriven, 60_000);
        const after = await session.pressStop();
        const until = board.lines.length;
        expect(after).toMatchObject({ driven: true });
        expect(after.ms).toBeLessThanOrEqual(stopMs + latenessNow());
        await expect.poll(() => line.unnoticed, { timeout: 40_000 }).toBe(0);
        expect(line.noticedMs).toBeLessThanOrEqual(noticedMs + latenessNow());
        await expect.poll(activity, { timeout: 40_000 }).toBe('stopped');
        expect(board.lines.slice(until).filter(isDriven)).toEqual([]);

        const found = await session.stopped();
        const faults = recordsOf(found, 'fault').map(({ fault }) => fault);
        if (latenessNow() <= stallMs) expect(faults).toEqual([]);
        expect(recordsOf(found, 'stroke').length).toBeGreaterThan(0);
        expect(latestOf(found)).toBeLessThanOrEqual(lateMs + latenessNow());

        await expect
          .poll(() => eventsOf(watch, name).at(-1), { timeout: 10_000 })
          .toMatchObject({
            type: 'ended',
            outcome: 'stopped',
          });
        const events = eventsOf(watch, name);
        expect(numbersOf(events)).toEqual(countedFromOne(events));
        const activities = events.flatMap(event => (event.type === 'activity' ? [event.activity] : []));
        expect(activities.filter(activity => activity !== 'faulted' || faults.length === 0)).toEqual(
          expect.arrayContaining(['underway', 'paused', 'stopped', 'idle']),
        );
        if (faults.length === 0)
          expect(activities).toEqual([
            ...['beginning', 'underway', 'paused', 'underway', 'paused', 'underway'],
            ...['stopped', 'idle'],
          ]);

        expect(watch.availability(name)).toBe('online');
        session.controller.child.kill('SIGKILL');
        await expect.poll(() => watch.availability(name), { timeout: 10_000 }).toBe('offline');
        expect((await retainedAt(broker.port, topics.availability))[topics.availability]).toBe('offline');
      },
      async () => void begun(),
      begun,
    ),
  );
});
