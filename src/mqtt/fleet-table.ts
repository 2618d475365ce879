/** The list of devices as lines of text, as wide and as tall as there is room. No control codes are in it. */
import { fleetWords } from '../../machines/text/fleet.ts';
import { fill } from '../../machines/text/text.ts';
import { whenWord } from '../time/calendar.ts';
import { fleetLimits, type SeenDevice } from './fleet.ts';
import { eventWord, leftWord, stateWord } from './fleet-words.ts';

const words = fleetWords;

/** What is shown of a list beside its devices. */
export type FleetNews = Readonly<{
  broker: string;
  lostAt: number | null;
  unread: number;
  isCrowded: boolean;
}>;

type Column = Readonly<{
  name: keyof typeof words.columns;
  /** So many letters: of its longest word. */
  width: number;
  text(device: SeenDevice): string;
}>;

const longestOf = (list: Readonly<Record<string, string>>): number =>
  Math.max(...Object.values(list).map(word => word.length));
const column = (name: Column['name'], longest: number, text: Column['text']): Column => ({
  name,
  width: Math.max(longest, words.columns[name].length),
  text,
});

/** Beside a device's name and state, in the order in which they are worth their room. */
const columns: readonly Column[] = [
  column('left', 'h:mm:ss'.length, ({ secondsLeft }) => (secondsLeft === null ? '' : leftWord(secondsLeft))),
  column('pressure', longestOf(words.pressures), ({ isLive, state }) =>
    isLive && state?.pressure ? words.pressures[state.pressure] : '',
  ),
  column('board', longestOf(words.boards), ({ isLive, state }) =>
    isLive && state ? words.boards[state.board] : '',
  ),
  column('outcome', longestOf(words.outcomes), ({ state }) =>
    state?.outcome ? words.outcomes[state.outcome] : '',
  ),
  column('event', 34, ({ lastEvent }) => (lastEvent ? eventWord(lastEvent) : '')),
];

const gap = 2;
const leastState = 24;
const longestName = 32;

/** Cut to its room, which is then filled. */
function cut(text: string, width: number): string {
  if (text.length <= width) return text.padEnd(width);
  return width < 2 ? text.slice(0, width) : `${text.slice(0, width - 1)}…`;
}

/** Which columns there is room for, and how wide names and states are. */
function layout(devices: readonly SeenDevice[], width: number) {
  const longest = Math.max(words.columns.name.length, ...devices.map(({ name }) => name.length));
  const name = Math.min(longest, longestName, Math.max(1, Math.floor(width / 2)));
  const wanted = Math.max(words.columns.state.length, ...devices.map(one => stateWord(one).length));
  const shown: Column[] = [];
  let left = width - name - gap;
  for (const one of columns) {
    if (left - one.width - gap < Math.min(wanted, leastState)) break;
    shown.push(one);
    left -= one.width + gap;
  }
  // The least of them give way once more where a state would be cut that has room without them.
  while (left < wanted && shown.length > 2) left += (shown.pop()?.width ?? 0) + gap;
  return { name, state: Math.max(1, Math.min(left, wanted)), shown };
}

/** How much a device wants to be seen where not all can be: a fault, then what moves, then what is silent. */
function urgency({ isLive, state }: SeenDevice): number {
  if (isLive && state?.activity === 'faulted') return 0;
  if (isLive && state && state.activity !== 'idle') return 1;
  return isLive ? 3 : 2;
}

/** Those of the list that there is room for, in its order. */
function roomFor(devices: readonly SeenDevice[], rows: number): readonly SeenDevice[] {
  if (devices.length <= rows) return devices;
  const first = new Set(
    devices.toSorted((one, other) => urgency(one) - urgency(other)).slice(0, Math.max(0, rows)),
  );
  return devices.filter(one => first.has(one));
}

/** What is said below the devices. */
function footer(devices: readonly SeenDevice[], { broker, lostAt, unread, isCrowded }: FleetNews) {
  const live = devices.filter(({ isLive }) => isLive).length;
  return [
    devices.length === 0
      ? fill(words.none, { broker })
      : fill(words.count, { count: devices.length, live, silent: devices.length - live }),
    lostAt === null ? fill(words.broker, { broker }) : fill(words.lost, { broker, when: whenWord(lostAt) }),
    ...(unread > 0 ? [fill(words.unread, { count: unread })] : []),
    ...(isCrowded ? [fill(words.crowded, { most: fleetLimits.devices })] : []),
  ];
}

/** Lines for a list of this size; without one as many as there are devices, and as wide as they need. */
export function fleetLines(
  devices: readonly SeenDevice[],
  news: FleetNews,
  { width = 300, rows = Number.POSITIVE_INFINITY, last = [] as readonly string[] } = {},
): readonly string[] {
  const below = [...footer(devices, news), ...last];
  const room = rows - below.length - 1;
  const fits = devices.length <= room;
  const shown = fits ? devices : roomFor(devices, room - 1);
  const { name, state, shown: more } = layout(shown, width);
  const line = (first: string, second: string, others: readonly string[]): string =>
    [cut(first, name), cut(second, state), ...others].join(' '.repeat(gap)).trimEnd();
  const head = line(
    words.columns.name,
    words.columns.state,
    more.map(one => cut(words.columns[one.name], one.width)),
  );
  const body = shown.map(one =>
    line(
      one.name,
      stateWord(one),
      more.map(column => cut(column.text(one), column.width)),
    ),
  );
  return [
    ...(devices.length === 0 ? [] : [head]),
    ...body,
    ...(fits ? [] : [fill(words.hidden, { count: devices.length - shown.length })]),
    ...below,
  ]
    .slice(0, rows)
    .map(text => cut(text, width).trimEnd());
}
