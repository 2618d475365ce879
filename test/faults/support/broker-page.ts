/** The page about brokers, written from the figures of the long tests. */
import type { KeptFigures } from '../hazard-page.ts';
import { growthChart, growthIn, growthTable } from './growth.ts';

export const chartFile = 'brokers.svg';

const caption = 'From an event at a device to whoever listens: devices on one broker';

export const brokerChart = (figures: KeptFigures): string =>
  growthChart(growthIn(figures), caption, figure(figures, 'broker-machine').of ?? '');

/** One place behind the point, upwards. */
const shown = (value: number): string =>
  Number.isInteger(value) ? String(value) : (Math.ceil(value * 10) / 10).toFixed(1);

const faults: readonly (readonly [id: string, what: string])[] = [
  ['none', 'none is asked for, to compare with'],
  ['killed', 'killed and begun anew again and again'],
  ['slow', 'takes 300 bytes a second'],
  ['half-open', 'half-open line, and for whoever comes anew too'],
  ['refusing', 'refuses the password'],
  ['distrusted', 'its certificate is of nobody who is trusted'],
  ['absent', 'not there from the beginning'],
  ['flooding', 'floods the device with what it listens to'],
];

const figure = (figures: KeptFigures, id: string): KeptFigures[string] => {
  const found = figures[id];
  if (!found) throw new Error(`the figure ${id} was not measured`);
  return found;
};

const faultTable = (figures: KeptFigures): string =>
  [
    '| the broker | latest moment, ms | measured | STOP pressed → pins low, ms |',
    '|---|---:|---|---:|',
    ...faults.map(([id, what]) => {
      const late = figure(figures, `broker-${id}-late`);
      const stop = figure(figures, `broker-${id}-stop`);
      return `| ${what} | ${shown(late.value)} | ${late.of ?? ''} | ${shown(stop.value)} |`;
    }),
  ].join('\n');

const manyIds = [
  'broker-many-lost',
  'broker-many-p50',
  'broker-many-p99',
  'broker-many-back',
  'broker-many-heap',
];

const manyTable = (figures: KeptFigures): string =>
  [
    '| 200 devices for five minutes | | measured |',
    '|---|---:|---|',
    ...manyIds.map(id => {
      const { what, value, unit, of = '' } = figure(figures, id);
      return `| ${what} | ${shown(value)} ${unit} | ${of} |`;
    }),
  ].join('\n');

export function brokerPage(figures: KeptFigures): string {
  const machine = figure(figures, 'broker-machine');
  return [
    '# Beside a real broker',
    '',
    'Written by `npm run test:faults -- --report` from its figures. The broker is Debian’s mosquitto on the same machine.',
    'Times are of the machine that they were measured on, whatever else it had to do: what it was late by itself is told',
    `beside them. It had ${machine.of ?? ''}, which ${shown(machine.value)} ${machine.unit} wanted on average.`,
    '',
    '## A session while its broker fails',
    '',
    'A session paces an emulated board on a serial device of its own. No moment of it may be more than 20 ms later than the',
    'machine made it wait, and the stop switch has both motor pins low whatever the broker does (`brokers.test.ts`).',
    '',
    faultTable(figures),
    '',
    '## Many devices on one broker',
    '',
    'Each device has a client and a queue on the disk of its own, and tells sessions of somebody restless at their own pace:',
    'about eight events a minute, which is more than a real session has, and as many states. One consumer takes all of it.',
    'All devices share one process and its disk, so that a row also has what they cost each other there',
    '(`many-devices.test.ts`).',
    '',
    `![${caption}](${chartFile})`,
    '',
    growthTable(growthIn(figures)),
    '',
    'Then five minutes, with the broker killed without a word in the middle and begun anew, empty:',
    '',
    manyTable(figures),
    '',
    '## What that asks of a broker',
    '',
    '- `max_inflight_messages 0` and `max_queued_messages 0` in `mosquitto.conf`: by its own limits mosquitto holds 20 messages',
    '  on their way to a consumer and drops what waits beyond 1000, though the device was told that they had been taken.',
    '- A consumer that is not there when something is told has to have a session that outlives it (`sessionExpiryInterval`), and',
    '  the broker persistence; a broker that is killed forgets such sessions all the same unless it writes them down first.',
    '- With persistence, a device that dies while its broker is away is `online` there until it comes back: nobody is left to',
    '  publish its will. A state says by `at` how old it is and is told anew each minute, each 10 s while time runs: `tactus fleet`',
    '  believes none that is older than 150 s, or 25 s where time runs, and in Home Assistant it expires after 150 s.',
    '',
  ].join('\n');
}
