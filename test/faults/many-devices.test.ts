/**
 * Ever more simulated devices on one real broker, each telling its own sessions at their own pace, and one consumer of
 * all of them: nothing is lost, nothing comes in another order, and memory stays where it is, with the broker killed
 * and begun anew in between.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FaultyLine } from '../support/faulty-line.ts';
import { hasMosquitto, Mosquitto } from '../support/mosquitto.ts';
import { inFull, note, percentile, sized } from './figures.ts';
import { DeviceHost } from './support/device-host.ts';
import { FleetConsumer, momentMs } from './support/fleet-consumer.ts';
import { growthId, growthSteps } from './support/growth.ts';
import { deviceName } from './support/many-devices-talk.ts';
import { pause } from './support/pins-after.ts';

/** Mosquitto's own limits would have it forget what waits for a consumer that is busy for a moment. */
const settings = ['max_inflight_messages 0', 'max_queued_messages 0'];
const patientlyMs = 60_000;

type Fleet = Readonly<{
  broker: Mosquitto;
  /** By which the first device goes. */
  line: FaultyLine;
  consumer: FleetConsumer;
  host: DeviceHost;
  names: readonly string[];
}>;

async function begun(count: number, lastsMs: number): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-many-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const broker = await Mosquitto.start({ settings });
  onTestFinished(() => broker.stop());
  const line = await FaultyLine.to(broker.port);
  onTestFinished(() => line.end());
  const consumer = new FleetConsumer(broker.port);
  onTestFinished(() => consumer.watch.end());
  await expect.poll(() => consumer.watch.isListening, { timeout: 20_000 }).toBe(true);
  const { port } = broker;
  const memoryEveryMs = sized(15_000, 2000);
  const host = await DeviceHost.start({ port, linePort: line.port, count, lastsMs, memoryEveryMs, folder });
  onTestFinished(() => host.end());
  await expect.poll(() => host.up, { timeout: patientlyMs }).toBe(count);
  host.say('begin');
  return {
    broker,
    line,
    consumer,
    host,
    names: Array.from({ length: count }, (_, index) => deviceName(index)),
  };
}

/** All that was told has come, each once and in order, and the last state of each is the one that it has. */
async function expectAllTold({ consumer, host, names }: Fleet): Promise<number> {
  await expect.poll(async () => (await host.told()).left, { timeout: patientlyMs, interval: 500 }).toBe(0);
  const { events, states } = await host.told();
  const came = (): readonly number[] => names.map(name => consumer.count(name));
  await expect.poll(came, { timeout: patientlyMs, interval: 200 }).toEqual(events);
  expect([consumer.disordered, consumer.unread]).toEqual([0, 0]);
  const last = (): readonly unknown[] =>
    names.map(name => JSON.parse(consumer.states.get(name) ?? 'null') as unknown);
  await expect.poll(last, { timeout: patientlyMs, interval: 200 }).toEqual(states);
  return events.reduce((sum, count) => sum + count, 0);
}

/** MB a minute, by the line that lies nearest to all of them. */
function slope(samples: readonly Readonly<{ at: number; mb: number }>[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const minutes = samples.map(({ at }) => at / 60_000);
  const [x, y] = [mean(minutes), mean(samples.map(({ mb }) => mb))];
  const above = samples.reduce((sum, { mb }, index) => sum + ((minutes[index] ?? x) - x) * (mb - y), 0);
  return above / minutes.reduce((sum, minute) => sum + (minute - x) ** 2, 0);
}

/** How much of this machine's memory a process holds, in MB; 0 on other systems. */
function residentMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return 0;
  }
}

describe.skipIf(!hasMosquitto)('on one mosquitto', () => {
  const steps = inFull ? growthSteps : [8];
  it.each(steps)('%i devices: each event comes once and in order', async count => {
    const lastsMs = sized(60_000, 6000);
    const fleet = await begun(count, lastsMs);
    await pause(lastsMs);
    // However short that was.
    fleet.host.say('one');
    const told = await expectAllTold(fleet);
    const took = fleet.consumer.arrivals.map(({ tookMs }) => tookMs);
    expect(took).toHaveLength(told);
    expect(fleet.names.map(name => fleet.consumer.availability.get(name))).toEqual(
      fleet.names.map(() => 'online'),
    );
    const figures = { p50: percentile(took, 0.5), p99: percentile(took, 0.99), worst: percentile(took, 1) };
    for (const what of ['p50', 'p99', 'worst'] as const)
      note({
        id: growthId(count, what),
        what: `from an event to whoever listens, ${count} devices on one broker, ${what}`,
        value: Math.round(figures[what] * 100) / 100,
        unit: 'ms',
        of: `${told} events in ${lastsMs / 1000} s`,
      });
  });

  const many = sized(200, 20);
  it(`${many} devices, the broker killed in between: nothing is lost, repeats are known by their ids, memory is flat`, async () => {
    const lastsMs = sized(300_000, 8000);
    const fleet = await begun(many, lastsMs);
    const { broker, line, consumer, host, names } = fleet;
    const begin = performance.now();
    await pause(lastsMs / 2);

    // What the broker has taken without the device knowing comes again.
    const first = deviceName(0);
    line.deafen();
    const before = consumer.count(first);
    host.say('one');
    await expect.poll(() => consumer.count(first), { timeout: patientlyMs }).toBeGreaterThan(before);
    line.cut();
    await expect.poll(() => consumer.repeats, { timeout: patientlyMs }).toBeGreaterThan(0);

    const brokerBeforeMb = residentMb(broker.pid);
    const killedAt = momentMs();
    // Whoever listens is back before those who tell: what comes while nobody listens is not for anybody.
    host.say('away');
    await broker.kill();
    host.say('one');
    await pause(sized(10_000, 1500));
    await broker.begin();
    await expect.poll(() => consumer.watch.isListening, { timeout: patientlyMs }).toBe(true);
    consumer.availability.clear();
    host.say('back');
    await expect.poll(() => consumer.availability.size, { timeout: 120_000, interval: 100 }).toBe(many);
    expect(new Set(consumer.availability.values())).toEqual(new Set(['online']));
    await expect.poll(async () => (await host.told()).left, { timeout: patientlyMs, interval: 200 }).toBe(0);
    const backAt = momentMs();

    await pause(Math.max(0, lastsMs - (performance.now() - begin)));
    const told = await expectAllTold(fleet);
    expect(names.filter(name => consumer.availability.get(name) !== 'online')).toEqual([]);

    const isCalm = ({ toldAtMs }: Readonly<{ toldAtMs: number }>): boolean =>
      toldAtMs < killedAt - 1000 || toldAtMs > backAt;
    const calm = consumer.arrivals.filter(isCalm).map(({ tookMs }) => tookMs);
    expect(calm.length).toBeGreaterThan(0);
    const waited = consumer.arrivals.filter(one => !isCalm(one)).map(({ tookMs }) => tookMs);
    const of = `${many} devices, ${lastsMs / 1000} s, ${told} events`;
    note({
      id: 'broker-many-lost',
      what: 'events lost between devices and a consumer, the broker killed once',
      value: told - consumer.arrivals.length,
      unit: 'events',
      bound: 0,
      of: `${of}, ${consumer.repeats} repeats dropped by their ids`,
    });
    for (const share of [0.5, 0.99])
      note({
        id: `broker-many-p${share * 100}`,
        what: `from an event to whoever listens while the broker is there, p${share * 100}`,
        value: Math.round(percentile(calm, share) * 100) / 100,
        unit: 'ms',
        of: `${many} devices, ${calm.length} events`,
      });
    note({
      id: 'broker-many-back',
      what: 'from the end of a broker until every device is back on it and has told what waited',
      value: Math.round(backAt - killedAt) / 1000,
      unit: 's',
      of: `${many} devices, ${waited.length} events that waited, the longest for ${Math.round(percentile(waited, 1) / 1000)} s; the broker was away for ${sized(10, 1.5)} s`,
    });
    // The first minute warms what is compiled and kept once.
    const warm = host.memory.filter(({ at }) => at > (host.memory[0]?.at ?? 0) + sized(60_000, 0));
    const heap = slope(warm.map(({ at, heapMb }) => ({ at, mb: heapMb })));
    const rss = slope(warm.map(({ at, rssMb }) => ({ at, mb: rssMb })));
    const lastMemory = host.memory.at(-1);
    note({
      id: 'broker-many-heap',
      what: 'memory that a minute leaves behind in a process of many devices',
      value: Math.round(Math.max(0, heap) * 100) / 100,
      unit: 'MB',
      ...(inFull && { bound: heapBoundMb }),
      of: `${many} devices, ${lastMemory?.heapMb.toFixed(0)} MB of heap and ${lastMemory?.rssMb.toFixed(0)} MB resident at the end (${rss.toFixed(2)} MB a minute); mosquitto ${brokerBeforeMb.toFixed(1)} MB`,
    });
    // A few seconds tell nothing of what grows.
    if (inFull) expect(heap).toBeLessThan(heapBoundMb);
    expect(lastMemory?.heapMb).toBeLessThan(mostHeapMb);
  });
});

const heapBoundMb = 1;
/** 200 devices with all that they may keep waiting have less. */
const mostHeapMb = 256;
