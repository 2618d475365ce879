/** What the parser found, as it is said beside a field: plain words, with what stands there and what would do. Pure. */
import type { Issue } from '../../../machines/routine/parse.ts';
import { checkWords } from '../../../machines/text/checks.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import type { Path } from './draft.ts';
import { fieldWord } from './fields.ts';

const words = writeWords;

export type ToldIssue = Readonly<{
  path: Path;
  /** Which field. */
  where: string;
  text: string;
}>;

/** `$.phases[3].strokeCm` as a list of its parts. */
export const pathOf = (path: string): Path =>
  [...path.matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g)].map(
    ([, name, index, quoted]) => (index === undefined ? (name ?? quoted ?? '') : Number(index)),
  );

/** Names of a file as people say them. Those that are words of their own anyway stay. */
const said = {
  ...catalogue.stages,
  ...catalogue.zones,
  ...catalogue.techniques,
  ...catalogue.positions,
  ...words.fields,
  self: catalogue.users.self,
};
const isSaid = (name: string): name is keyof typeof said => Object.hasOwn(said, name);
const stayed = new Set([
  'title',
  'id',
  'for',
  'kind',
  'side',
  'phases',
  'strokes',
  'position',
  'direction',
  'pulls',
  'ascent',
]);

const { fields, json, rules, units } = checkWords;
/** Sentences that name stages: some of those are words of their own anyway. */
const namingStages = [rules.order, rules.workMissing, rules.stageMissing];
const inMs = [fields.within, fields.whole, fields.number];

const seconds = (ms: string): number => Number(ms) / 1000;

const quoted = (name: string): string => `“${isSaid(name) ? said[name] : name}”`;

/** What stands in the places of a sentence of the catalogue, where a message is that sentence. */
function valuesIn(sentence: string, message: string): Readonly<Record<string, string>> | null {
  const pattern = sentence
    .split(/(\{\w+\})/)
    .map(part =>
      /^\{\w+\}$/.test(part)
        ? `(?<${part.slice(1, -1)}>.+)`
        : part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
    )
    .join('');
  return new RegExp(`^${pattern}$`, 'u').exec(message)?.groups ?? null;
}

/** A bound in milliseconds, as people count: in seconds. */
function boundInSeconds(message: string): string | null {
  for (const sentence of inMs) {
    const found = valuesIn(sentence, message);
    if (found?.unit !== units.ms) continue;
    const { min, max } = found;
    return min !== undefined && max !== undefined
      ? fill(sentence, { min: seconds(min), max: seconds(max), unit: units.s })
      : fill(sentence, { unit: units.seconds });
  }
  return null;
}

/** Names of a file in a sentence, as people say them; milliseconds as seconds. */
export function plainIssue(message: string): string {
  if (valuesIn(rules.reach, message)) return words.outOfReach;
  for (const sentence of namingStages) {
    const stages = valuesIn(sentence, message);
    if (!stages) continue;
    return fill(
      sentence,
      Object.fromEntries(Object.entries(stages).map(([place, name]) => [place, quoted(name)])),
    );
  }
  return (boundInSeconds(message) ?? message)
    .replace(/\b[a-z][A-Za-z]+\b/g, name => (isSaid(name) && !stayed.has(name) ? quoted(name) : name))
    .replace(/(\d+) ms/g, (_, ms: string) => `${seconds(ms)} s`);
}

/** What stands in the field, as the field shows it. */
function shownValue(value: string, path: Path): string {
  const key = path.at(-1);
  if (key === 'returnMs' && Number.isFinite(Number(value))) return String(seconds(value));
  const bare = value.replace(/^"(.*)"$/, '$1');
  return isSaid(bare) ? quoted(bare) : bare;
}

export function told({ path: written, message, value }: Issue): ToldIssue {
  const path = pathOf(written);
  return { path, where: whereOf(path), text: textOf(message, value, path) };
}

/** What may stand so: told without the value, for that does. */
export const advised = ({ path, line, message }: Issue): ToldIssue => told({ path, line, message });

function textOf(message: string, value: string | undefined, path: Path): string {
  if (message === json.missing || message === fields.empty || value === '""') return words.missing;
  if (valuesIn(fields.oneOf, message)) return words.pickOne;
  const said = plainIssue(message);
  return value === undefined
    ? capital(fill(words.issue, { message: said }))
    : capital(fill(words.issueWithValue, { value: shownValue(value, path), message: said }));
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

function whereOf(path: Path): string {
  const [room, index] = path;
  if (room !== 'phases' || typeof index !== 'number')
    return path.length === 0 ? words.general : fieldWord(path);
  if (path.length === 2) return fill(words.phaseAsWhole, { number: index + 1 });
  return fill(words.inPhase, { number: index + 1, field: fieldWord(path) });
}
