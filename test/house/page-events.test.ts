/** The page says and hears its own events by the one map of them, and by no other names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';

const room = join(packageRoot, 'simulator/page');
const map = 'common/events.ts';
const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
const sources = files.map(file => ({ file, text: readFileSync(join(room, file), 'utf8') }));

const mapped = new Set(
  [...readFileSync(join(room, map), 'utf8').matchAll(/^ {2}(\w+): .*;$/gm)].map(([, name = '']) => name),
);
/** The browser's own, as far as the page listens to them in its templates. */
const browsers = new Set(
  'click change input keydown keyup blur focusin dragover dragleave drop pointerdown pointermove pointerup pointercancel pointerleave submit toggle'.split(
    ' ',
  ),
);

type Heard = Readonly<{ file: string; name: string; as: string | undefined }>;

/** `@name=${(event: Type) => …}`; undefined where the listener does not look at the event. */
const heardIn = (file: string, text: string): readonly Heard[] =>
  [...text.matchAll(/@([\w-]+)=\$\{(?:\(event: ((?:[^()=]|=>)+?)\) =>)?/g)].map(([, name = '', as]) => ({
    file,
    name,
    as,
  }));

/** What is wrong with a listener; null where it hears by the map. */
function faultOf({ name, as }: Heard): string | null {
  if (browsers.has(name)) return null;
  if (!mapped.has(name)) return `${name} is no event of the page`;
  const right = name === 'intend' ? 'Intended' : `PageEvent<'${name}'>`;
  return as === undefined || as === right ? null : `${name} is heard as ${as}`;
}

test('every listener in a template hears an event of the map, or of the browser', () => {
  const heard = sources.flatMap(({ file, text }) => heardIn(file, text));
  const own = heard.filter(({ name }) => mapped.has(name));
  expect(own.length).toBeGreaterThan(20);
  expect(heard.flatMap(one => (faultOf(one) ? [`${one.file}: ${faultOf(one)}`] : []))).toEqual([]);
});

test('none is said but through the map', () => {
  const past = sources.filter(({ file, text }) => file !== map && text.includes('new CustomEvent'));
  expect(past.map(({ file }) => file)).toEqual([]);
});

test('and it would find some', () => {
  const faults = (text: string) => heardIn('', text).map(faultOf);
  expect(faults(`@opend=$\{() => 1} @opened=$\{(event: PageEvent<'left'>) => 1} @sure=$\{() => 1}`)).toEqual([
    'opend is no event of the page',
    "opened is heard as PageEvent<'left'>",
    null,
  ]);
});
