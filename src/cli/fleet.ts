/** `tactus fleet`: many devices on one broker, seen and stopped. */
import { ReadStream } from 'node:tty';
import type { Command } from 'commander';
import { brokerWords } from '../../machines/text/broker.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { fleetWords } from '../../machines/text/fleet.ts';
import { fill } from '../../machines/text/text.ts';
import { CommandEnded } from '../app/ending.ts';
import { Exit, shown } from '../app/exit.ts';
import { KeptTraces } from '../app/fleet/forget.ts';
import { FleetKeys, LiveEnd, listenToKeys } from '../app/fleet/live.ts';
import { FleetLog, jsonTelling, spokenTelling } from '../app/fleet/log.ts';
import { type FleetOutput, FleetPicture } from '../app/fleet/picture.ts';
import { refusedBy } from '../app/fleet/refused.ts';
import { requireStopped, stopLine } from '../app/fleet/stop.ts';
import { plainJson, toldDevice } from '../app/fleet/told.ts';
import { mqttAsked } from '../app/mqtt/asked.ts';
import { gathered, whole } from '../app/options.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { AskedStops, type StopResult } from '../mqtt/asked-stops.ts';
import { BrokerRefusal } from '../mqtt/broker-refusal.ts';
import type { BrokerAddress } from '../mqtt/connection.ts';
import { Fleet } from '../mqtt/fleet.ts';
import type { FleetLineOptions } from '../mqtt/fleet-line.ts';
import { fleetLines } from '../mqtt/fleet-table.ts';
import { namePattern, watched } from '../mqtt/topics.ts';

const words = fleetWords;

type Options = Readonly<{
  mqtt: string;
  watch?: true;
  stop?: readonly string[];
  stopAll?: true;
  forget?: string;
  wait: number;
  json?: true;
}>;

/** What every way of this command has. */
type Around = Readonly<{
  address: BrokerAddress;
  broker: string;
  around: Surroundings;
  json: boolean;
  waitS: number;
}>;

const print = (text: string): void => {
  process.stdout.write(text);
};

const isDrawn = (): boolean => process.stdout.isTTY === true && process.env.TERM !== 'dumb';

/** As it may be shown: it holds no secret. */
const brokerText = ({ isSecure, host, port }: BrokerAddress): string =>
  `${isSecure ? 'mqtts' : 'mqtt'}://${host.includes(':') ? `[${host}]` : host}:${port}`;

async function open(at: Around, options: Pick<FleetLineOptions, 'topics' | 'heard' | 'lost' | 'found'>) {
  // The package that speaks MQTT is no other command's burden.
  const { FleetLine } = await import('../mqtt/fleet-line.ts');
  try {
    return await FleetLine.open({ ...options, address: at.address, clock: at.around.clock });
  } catch (error) {
    return refusedBy(at.broker, error);
  }
}

/** A fleet that hears what a line brings, with the stops that are asked for on it. */
async function listening(at: Around, changed: () => void = () => {}) {
  const { clock } = at.around;
  const fleet = new Fleet();
  const wishes = new AskedStops();
  const moment = () => ({ now: clock.now(), wall: Date.now() });
  const line = await open(at, {
    topics: watched(),
    heard: message => {
      wishes.hear(message);
      fleet.hear(message, moment());
      changed();
    },
    lost: () => {
      fleet.lose(moment());
      changed();
    },
    found: () => {
      fleet.find();
      changed();
    },
  });
  const stop = (names: readonly string[]) => wishes.stop(names, { line, clock, waitMs: at.waitS * 1000 });
  return { fleet, line, stop, seen: () => fleet.seen(moment()) };
}

/** All of them once, as soon as what the broker keeps has come. */
async function snapshot(at: Around): Promise<void> {
  const { fleet, line, seen } = await listening(at);
  await line.settled();
  await line.close();
  const { unread, isCrowded, lostAt } = fleet;
  if (lostAt !== null) refusedBy(at.broker, new BrokerRefusal('unreachable', words.wentAway));
  const devices = seen();
  if (at.json)
    print(
      `${plainJson({ broker: at.broker, at: new Date().toISOString(), devices: devices.map(toldDevice), unread, isCrowded })}\n`,
    );
  else {
    const lines = fleetLines(
      devices,
      { broker: at.broker, lostAt: null, unread, isCrowded },
      process.stdout.columns ? { width: process.stdout.columns } : {},
    );
    print(`${lines.join('\n')}\n`);
  }
}

const output = (clock: Surroundings['clock']): FleetOutput => ({
  clock,
  wall: () => Date.now(),
  print,
  isBehind: () => process.stdout.writableLength > 0,
  size: () => ({ width: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
});

/** Until it is ended: drawn over and over, or line by line. */
async function watch(at: Around): Promise<void> {
  let changed = (): void => {};
  const { fleet, line, stop, seen } = await listening(at, () => changed());
  const end = new LiveEnd();
  await Promise.race([line.settled(), end.code]);
  const clock = at.around.clock;
  const input = at.around.input;
  const hasKeys = !at.json && isDrawn() && input instanceof ReadStream && input.isTTY;
  let close = (): void => {};
  if (at.json || !isDrawn()) {
    const log = new FleetLog(fleet, {
      telling: at.json ? jsonTelling : spokenTelling,
      output: output(clock),
    });
    close = () => log.close();
  } else {
    const picture = new FleetPicture(fleet, {
      broker: at.broker,
      output: output(clock),
      last: hasKeys ? [words.keys] : [],
    });
    changed = () => picture.changed();
    const keys = new FleetKeys({
      count: () => seen().length,
      stopAll: () => stop(seen().map(({ name }) => name)),
      lineOf: result => stopLine(result, at),
      say: lines => picture.say(lines),
      end: end.end,
    });
    const unlisten = hasKeys ? listenToKeys(input, key => keys.type(key)) : () => {};
    close = () => {
      unlisten();
      picture.close();
    };
  }
  const code = await end.code;
  close();
  await line.close();
  if (code !== 0) throw new CommandEnded(code);
}

function tellStopped(results: readonly StopResult[], at: Around): void {
  if (at.json) print(`${plainJson(results.map(({ name, result, tookMs }) => ({ name, result, tookMs })))}\n`);
  else for (const result of results) print(`${stopLine(result, at)}\n`);
  requireStopped(results);
}

/** `names`: null for all that are known. */
async function stopThem(names: readonly string[] | null, at: Around): Promise<void> {
  const { line, stop, seen } = await listening(at);
  try {
    if (names === null) await line.settled();
    tellStopped(await stop(names ?? seen().map(({ name }) => name)), at);
  } finally {
    await line.close();
  }
}

async function forget(name: string, at: Around): Promise<void> {
  const traces = new KeptTraces(name);
  const line = await open(at, { topics: traces.watched, heard: message => traces.hear(message) });
  try {
    await line.settled();
    const topics = await traces.erase(line, at.broker);
    print(at.json ? `${plainJson({ name, topics })}\n` : `${fill(words.forget.done, { name })}\n`);
  } catch (error) {
    refusedBy(at.broker, error);
  } finally {
    await line.close();
  }
}

/** A name of a device, checked as commander reads it. */
function deviceName(given: string): string {
  if (!namePattern.test(given)) throw new Exit('usage', fill(words.refused.name, { given: shown(given) }));
  return given;
}

async function run(options: Options, around: Surroundings): Promise<void> {
  const { stop, stopAll, forget: gone, watch: isWatched, json = false, wait } = options;
  if ([stop, stopAll, gone, isWatched].filter(one => one !== undefined).length > 1)
    throw new Exit('usage', words.refused.one);
  const address = mqttAsked({ mqtt: options.mqtt }, process.env, stateFolder());
  if (!address) throw new Exit('usage', brokerWords.refusedOption.url);
  const at = { address, broker: brokerText(address), around, json, waitS: wait };
  if (stop) await stopThem([...new Set(stop)], at);
  else if (stopAll) await stopThem(null, at);
  else if (gone !== undefined) await forget(gone, at);
  else if (isWatched || (!json && process.stdout.isTTY)) await watch(at);
  else await snapshot(at);
}

export function addFleet(program: Command, around: Surroundings): void {
  const said = commandWords.fleet;
  program
    .command('fleet')
    .description(said.does)
    .requiredOption('--mqtt <url>', said.mqtt)
    .option('--watch', said.watch)
    .option('--stop <name>', said.stop, (given: string, before?: readonly string[]) =>
      gathered(deviceName(given), before),
    )
    .option('--stop-all', said.stopAll)
    .option('--forget <name>', said.forget, deviceName)
    .option('--wait <s>', said.wait, whole(1, 60), 10)
    .option('--json', said.json)
    .addHelpText('after', `\n${said.more}`)
    .action((options: Options) => run(options, around));
}
