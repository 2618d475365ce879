/** How a broker that carries ever more devices answers: its figures by name, its table, and its chart. */
import { escaped } from '../../../src/history/markup.ts';

/** So many devices each, and what came of it; times in ms. */
export type Growth = Readonly<{ devices: number; p50: number; p99: number; worst: number; of: string }>;

/** How many devices are measured at once, in full. */
export const growthSteps: readonly number[] = [1, 10, 50, 100, 200];

export const growthId = (devices: number, what: 'p50' | 'p99' | 'worst'): string =>
  `broker-${String(devices).padStart(3, '0')}-devices-${what}`;

type Kept = Readonly<{ value: number; of?: string }>;

/** Those that were kept; throws where one was not. */
export const growthIn = (figures: Readonly<Record<string, Kept>>): readonly Growth[] =>
  growthSteps.map(devices => {
    const value = (what: 'p50' | 'p99' | 'worst'): number => {
      const figure = figures[growthId(devices, what)];
      if (!figure) throw new Error(`${growthId(devices, what)} was not measured`);
      return figure.value;
    };
    const of = figures[growthId(devices, 'p50')]?.of ?? '';
    return { devices, p50: value('p50'), p99: value('p99'), worst: value('worst'), of };
  });

/** One place behind the point, upwards: what was the worst is not told as less. */
const ms = (value: number): string => (Math.ceil(value * 10) / 10).toFixed(1);

export const growthTable = (growth: readonly Growth[]): string =>
  [
    '| devices | p50, ms | p99, ms | worst, ms | measured |',
    '|---:|---:|---:|---:|---|',
    ...growth.map(
      ({ devices, p50, p99, worst, of }) => `| ${devices} | ${ms(p50)} | ${ms(p99)} | ${ms(worst)} | ${of} |`,
    ),
  ].join('\n');

const width = 860;
const height = 320;
const left = 64;
const right = 120;
const top = 56;
const bottom = 48;

const round = (value: number): number => Math.round(value * 10) / 10;

const style = `svg{color-scheme:light dark;background:#fffaf3;font-family:"DejaVu Sans",system-ui,sans-serif}
text{fill:#54443a;font-size:13px}.heading{fill:#2a1f18;font-size:17px;font-weight:600}
.grid{stroke:#e0d2c3}.p50{stroke:#0f6b66;fill:#0f6b66}.p99{stroke:#a4441a;fill:#a4441a}.worst{stroke:#54443a;fill:#54443a}
path{fill:none;stroke-width:2.5}path.p50,path.p99,path.worst{fill:none}path.worst{stroke-dasharray:2 4}path.p99{stroke-dasharray:8 4}text.p50,text.p99,text.worst{stroke:none;font-weight:600}
@media (prefers-color-scheme:dark){svg{background:#221a16}text{fill:#d6c4b4}.heading{fill:#f6ebdf}.grid{stroke:#43352c}
.p50{stroke:#8fd0c8;fill:#8fd0c8}.p99{stroke:#ffb08a;fill:#ffb08a}.worst{stroke:#d6c4b4;fill:#d6c4b4}path.p50,path.p99,path.worst{fill:none}text.p50,text.p99,text.worst{stroke:none}}`;

/** Devices across, times upwards, both in steps of ten times as much; one line each. `under`: where and when it was measured. */
export function growthChart(growth: readonly Growth[], caption: string, under = ''): string {
  const values = growth.flatMap(({ p50, p99, worst }) => [p50, p99, worst]);
  const lowest = Math.floor(Math.log10(Math.max(0.1, Math.min(...values))));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values))));
  const most = Math.log10(Math.max(10, ...growth.map(({ devices }) => devices)));
  const x = (devices: number): number => left + ((width - left - right) * Math.log10(devices)) / most;
  const y = (value: number): number =>
    height -
    bottom -
    ((height - top - bottom) * (Math.log10(Math.max(value, 10 ** lowest)) - lowest)) / (highest - lowest);
  const levels = Array.from({ length: highest - lowest + 1 }, (_, index) => 10 ** (lowest + index))
    .map(
      value =>
        `<line class="grid" x1="${left}" x2="${width - right}" y1="${round(y(value))}" y2="${round(y(value))}"/><text x="${left - 8}" y="${round(y(value) + 4)}" text-anchor="end">${value < 1 ? value.toFixed(1) : value}</text>`,
    )
    .join('');
  const marks = growth
    .map(
      ({ devices }) =>
        `<text x="${round(x(devices))}" y="${height - bottom + 22}" text-anchor="middle">${devices}</text>`,
    )
    .join('');
  const ends = apart(
    (['worst', 'p99', 'p50'] as const).map(name => ({ name, y: y(growth.at(-1)?.[name] ?? 10 ** lowest) })),
  );
  const lines = ends
    .map(({ name, y: end }) => {
      const points = growth.map(one => `${round(x(one.devices))} ${round(y(one[name]))}`);
      const dots = growth
        .map(
          one =>
            `<circle class="${name}" cx="${round(x(one.devices))}" cy="${round(y(one[name]))}" r="3.5"/>`,
        )
        .join('');
      return `<path class="${name}" d="M${points.join('L')}"/>${dots}<text class="${name}" x="${width - right + 14}" y="${round(end + 4)}">${name}</text>`;
    })
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(caption)}"><style>${style}</style><text class="heading" x="16" y="28">${escaped(caption)}</text><text x="${left - 8}" y="${top - 13}" text-anchor="end">ms</text>${levels}${marks}<text x="${width - right + 26}" y="${height - bottom + 22}">devices</text><text x="${left}" y="${height - 8}">${escaped(under)}</text>${lines}</svg>
`;
}

const lineApart = 16;

/** From above downwards, none upon another. */
function apart<Named extends Readonly<{ y: number }>>(names: readonly Named[]): readonly Named[] {
  let above = Number.NEGATIVE_INFINITY;
  return names
    .toSorted((one, other) => one.y - other.y)
    .map(one => {
      above = Math.max(one.y, above + lineApart);
      return { ...one, y: above };
    });
}
