/** A page for one entry of the library, from its rolled-up types: each exported name with its docstring and its shape. */

/** One exported name as it is declared. */
type Declared = Readonly<{ name: string; isType: boolean; doc: string; code: string }>;

/** What a page shows of a shape; a longer one only its own file tells. */
const mostLines = 40;
const lineWidth = 120;

const comment = /^[ \t]*\/\*\*[\s\S]*?\*\/\n?/gm;

/** The prose of a comment: its lines joined to paragraphs, its lists kept. */
function proseOf(written: string): string {
  const lines = written
    .replace(/^\s*\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .split('\n')
    .map(line => line.replace(/^\s*\* ?/, '').trim());
  const text = lines.join('\n').replace(/@\w+/g, '').trim();
  return text
    .split(/\n\s*\n/)
    .map(part => part.replace(/\n(?!- )/g, ' '))
    .join('\n\n');
}

/** A class without what only it and its heirs may touch. */
const ofPublic = (code: string): string =>
  code
    .replace(/\n(?: {4}\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)? {4}(?:private|protected) [^\n]*;/g, '')
    .replace(/\n {4}#private;/g, '');

/** A schema or a machine says nothing in its type that a person would read: its docstring does. */
const unreadable = /^const \w+: (v\.|StateMachine<)/;

/** The shape as a page shows it. `types`: the whole file, where lists of names stand that a type is made of. */
function shapeOf(code: string, types: string): string {
  const shown = ofPublic(code.replace(/^export declare /, '')).replace(
    /\(typeof (\w+)\)\[number\]/g,
    (written, list: string) =>
      new RegExp(`declare const ${list}: readonly \\[([^\\]]*)\\];`)
        .exec(types)?.[1]
        ?.replaceAll(', ', ' | ') ?? written,
  );
  const isLong = shown.split('\n').length > mostLines && !/^(abstract )?class /.test(shown);
  if (!isLong && !unreadable.test(shown)) return shown;
  return /^(const \w+:|type [\w<>, ]+ =)/.exec(shown)?.[0].concat(' …;') ?? shown;
}

/** What a file of rolled-up types exports, in its order. Statements stand apart by empty lines, and hold none. */
function declaredIn(types: string): readonly Declared[] {
  return types.split(/\n\n+/).flatMap(block => {
    const code = block.slice(block.search(/^export declare /m)).trim();
    const found = /^export declare (?:abstract )?(const|function|class|type|interface) (\w+)/.exec(code);
    const [, kind, name] = found ?? [];
    if (kind === undefined || name === undefined) return [];
    const before = block.slice(0, block.indexOf('export declare '));
    const doc = proseOf([...before.matchAll(comment)].at(-1)?.[0] ?? '');
    return [{ name, isType: kind === 'type' || kind === 'interface', doc, code }];
  });
}

/** Prose in lines that an editor shows whole. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const part of text.split('\n')) {
    let line = '';
    for (const word of part.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > lineWidth) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.join('\n');
}

const listed = (title: string, all: readonly Declared[]): readonly string[] =>
  all.length === 0 ? [] : [wrapped(`${title}: ${all.map(({ name }) => `\`${name}\``).join(', ')}.`)];

/** The page. Throws where an exported name has no docstring. */
export function pageOf(entry: string, types: string): string {
  const all = declaredIn(types);
  const bare = all.filter(({ doc }) => doc === '').map(({ name }) => name);
  if (bare.length > 0) throw new Error(`tactus-pacer/${entry}: no docstring for ${bare.join(', ')}`);
  const values = all.filter(({ isType }) => !isType);
  const onlyTypes = all.filter(({ isType }) => isType);
  const sections = [...values, ...onlyTypes].map(
    ({ name, doc, code }) => `## ${name}\n\n${wrapped(doc)}\n\n\`\`\`ts\n${shapeOf(code, types)}\n\`\`\``,
  );
  const intro = proseOf(comment.exec(types)?.[0] ?? '');
  comment.lastIndex = 0;
  return `${[
    `# tactus-pacer/${entry}`,
    '<!-- made: npm run library -->',
    wrapped(intro),
    ...listed('Values', values),
    ...listed('Types', onlyTypes),
    ...sections,
  ].join('\n\n')}\n`;
}
