/** What any JSON file of ours is looked at for, beside what its own schema says. */
import { type Node, parseTree } from 'jsonc-parser';
import { checkWords } from './text/checks.ts';

type Twice = Readonly<{ path: readonly (string | number)[]; message: string; offset: number }>;

/** Deepest bracket of a text, strings left out, so that no parser has to recurse into a hostile file. */
export function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}

/** Every field that stands twice in its object: which of them counts no reader agrees on. */
export function* duplicates(node: Node, path: readonly (string | number)[]): Generator<Twice> {
  if (node.type === 'array')
    for (const [index, child] of (node.children ?? []).entries()) yield* duplicates(child, [...path, index]);
  if (node.type !== 'object') return;
  const seen = new Set<string>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    const name = String(key?.value);
    if (seen.has(name))
      yield { path: [...path, name], message: checkWords.json.twice, offset: property.offset };
    seen.add(name);
    if (value) yield* duplicates(value, [...path, name]);
  }
}

/** JSON only: the value of a tree, with `__proto__` as an ordinary field that a strict schema then refuses. */
export function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value;
  const value: Record<string, unknown> = Object.create(null);
  for (const property of node.children ?? []) {
    const [key, child] = property.children ?? [];
    if (key && child) value[String(key.value)] = plain(child);
  }
  return value;
}

/** Paths of the fields that stand twice in a text, such as `steps[0].at`; none where it is no JSON. */
export function twiceIn(text: string): readonly string[] {
  const root = parseTree(text, [], { disallowComments: true, allowTrailingComma: false });
  if (!root) return [];
  return [...duplicates(root, [])].map(({ path }) =>
    path
      .map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`))
      .join('')
      .replace(/^\./, ''),
  );
}
