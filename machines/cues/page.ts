/** The cue table as a page: the figures of the cues as built, and a sheet to try them blind. Pure. */
import { cueIds } from '../vocabulary.ts';
import { leastDistance } from './distance.ts';
import { cues } from './library.ts';
import { coinMotor } from './motor-model.ts';
import { extremes, type Pair, pairs, rowOf } from './table.ts';

const two = (value: number): string => (Math.floor(value * 100) / 100).toFixed(2);

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');

const nearest = (list: readonly Pair[], key: 'apart' | 'asOne'): string => {
  const [first] = list.toSorted((a, b) => a[key] - b[key]);
  return first ? `${two(first[key])} (${first.one} and ${first.other})` : 'none';
};

/** A fixed order for the blind test: each cue five times, never the same one three times running. */
export function blindOrder(): readonly string[] {
  const each = 5;
  const left: Record<string, number> = Object.fromEntries(cueIds.map(id => [id, each]));
  const order: string[] = [];
  // A small generator of its own (Park and Miller 1988), so that the sheet is the same wherever it is printed.
  let seed = 20_260;
  while (order.length < cueIds.length * each) {
    seed = (seed * 48_271) % 2_147_483_647;
    const open = cueIds.filter(id => (left[id] ?? 0) > 0 && !(order.at(-1) === id && order.at(-2) === id));
    // Only the last cue can be the only one left; then it comes although it comes a third time.
    const choice = open.length > 0 ? open : cueIds.filter(id => (left[id] ?? 0) > 0);
    const next = choice[seed % choice.length] ?? cueIds[0];
    order.push(next);
    left[next] = (left[next] ?? 0) - 1;
  }
  return order;
}

export function cuesPage(): string {
  const plain = pairs();
  const soft = pairs(true);
  const ends = { plain: extremes(), soft: extremes(true) };
  const { lagMs, upMs, downMs, feltAbove, feltMs } = coinMotor;
  return `${[
    '# The cues as they are built',
    'Written by `tactus cues list --markdown`; a test holds this page against the cues.',
    `What is felt is worked out in a crude model of a 10 mm coin motor: it lags ${lagMs} ms, follows its voltage with time constants of ${upMs} ms up and ${downMs} ms down, and is felt above ${feltAbove} of its rated amplitude for at least ${feltMs} ms. It has not been measured on people: that is what the sheet below is for.`,
    '## What is felt',
    table(
      [
        'cue',
        'means',
        'driven',
        'bursts felt',
        'felt from first to last',
        'shortest silence',
        'most on-time of a motor',
      ],
      cueIds.map(id => {
        const row = rowOf(cues[id]);
        return [
          row.id,
          row.means,
          `${row.driveMs} ms`,
          row.bursts,
          `${row.feltMs} ms`,
          row.leastGapMs === null ? 'one burst' : `${row.leastGapMs} ms`,
          `${row.onMs} ms`,
        ];
      }),
    ),
    `The shortest pulse is felt for ${ends.plain.pulseMs} ms, the shortest silence on one motor is ${ends.plain.gapMs} ms; played gently ${ends.soft.pulseMs} and ${ends.soft.gapMs} ms.`,
    '## How far apart',
    `The distance of two cues is the time for which only one of them is felt, laid over each other where they fit best, as a share of the longer one’s felt time; 1 is the most. No two may be nearer than ${leastDistance}, also where nobody can tell one motor from the other. Nearest with the motors told apart: ${nearest(plain, 'apart')}; as one: ${nearest(plain, 'asOne')}; played gently ${nearest(soft, 'apart')} and ${nearest(soft, 'asOne')}.`,
    table(
      ['pair', 'motors told apart', 'as one', 'gently, as one'],
      plain.map(pair => [
        `${pair.one}, ${pair.other}`,
        two(pair.apart),
        two(pair.asOne),
        two(soft.find(({ one, other }) => one === pair.one && other === pair.other)?.asOne ?? 0),
      ]),
    ),
    'NEXT twice and three times is the same cue counted: two bursts, a rest of 600 ms, two bursts again.',
    '## Blind test',
    `For two people: one plays the cues in this order (\`tactus cues play ID --board PATH\`), the other holds the device with the eyes shut, hands oiled as in a massage, and says a name for each. Before it, play each cue twice and name it. Nothing is said about right or wrong until the end. The cues pass where each is named rightly in at least nine of ten, over all people tried; TAP and GLIDE, GLIDE and NEXT, NEXT and EASE are the ones to look at.`,
    table(
      ['no.', 'cue', 'named', 'no.', 'cue', 'named', 'no.', 'cue', 'named'],
      Array.from({ length: 10 }, (_, row) =>
        [0, 10, 20].flatMap(start => [start + row + 1, blindOrder()[start + row] ?? '', '']),
      ),
    ),
    'Person: ______ · motors and mounting: ______ · held or worn: ______ · oil: ______ · right: ____ of 30',
  ].join('\n\n')}\n`;
}
