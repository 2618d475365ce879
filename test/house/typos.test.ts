/** A typo in a closed vocabulary does not compile. The compiler itself is asked: of a word as it is, and with a typo. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API } from 'typescript/unstable/sync';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';

/** Each as it is and as it must not compile: in a line of its own, so that the compiler names it by its line. */
const words: readonly (readonly [what: string, right: string, wrong: string])[] = [
  ['what a button of the page says', "button = 'extend';", "button = 'extnd';"],
  ['a state in the LED', "ledPatternOf('halting');", "ledPatternOf('haltign');"],
  ['a state in the page', "isMoving('paused');", "isMoving('pauzed');"],
  ['an intent', "intent = { intent: 'stop' };", "intent = { intent: 'scream' };"],
  ['a pause', "intent = { intent: 'pause', why: 'cramp' };", "intent = { intent: 'pause', why: 'cramps' };"],
  [
    'a symptom',
    "intent = { intent: 'symptom', id: 'dizziness' };",
    "intent = { intent: 'symptom', id: 'dizzines' };",
  ],
  [
    'a zone',
    "intent = { intent: 'leaveOut', zones: ['calf'] };",
    "intent = { intent: 'leaveOut', zones: ['calv'] };",
  ],
  ['what can be done after a refusal', "next = 'releaseStop';", "next = 'relaseStop';"],
  ['an event of the page', "emit(window, 'sure');", "emit(window, 'shure');"],
  ['what an event of the page tells', "emit(window, 'scored', 3);", "emit(window, 'scored', 'three');"],
  [
    'a key of the page',
    "sentenceFor(page.outcomes, 'completed');",
    "sentenceFor(page.outcomes, 'compleated');",
  ],
  [
    'a sentence that a vocabulary lacks',
    "sentenceIn<'left'>({ left: '' }, '', '');",
    "sentenceIn<'left' | 'right'>({ left: '' }, '', '');",
  ],
  ['a vocabulary', "sentenceIn<'left'>({ left: '' }, '', '');", "sentenceIn({ left: '' }, '', '');"],
  ['a sentence of the catalogue', 'catalogue.states.paused;', 'catalogue.states.pausd;'],
];

it('of a button, a state, an intent, a reason, a symptom, a zone, an event of the page and a sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-typos-'));
  const compiler = new API({ cwd: folder });
  try {
    const from = (path: string): string => JSON.stringify(join(packageRoot, path));
    const head = [
      `import type { Intent, PlainIntent } from ${from('machines/intent.ts')};`,
      `import { isMoving } from ${from('machines/session.states.ts')};`,
      `import { sentenceFor, sentenceIn } from ${from('machines/text/sentence.ts')};`,
      `import { catalogue } from ${from('machines/text/text.ts')};`,
      `import { ledPatternOf } from ${from('machines/touch/led.ts')};`,
      `import type { NextKey } from ${from('machines/session.types.ts')};`,
      `import { emit } from ${from('simulator/page/common/events.ts')};`,
      'const { page } = catalogue;',
      'export let button: PlainIntent;',
      'export let next: NextKey;',
      'export let intent: Intent;',
    ];
    const text = `${[...head, ...words.flatMap(([, right, wrong]) => [right, wrong])].join('\n')}\n`;
    const file = join(folder, 'typos.ts');
    writeFileSync(file, text);
    const options = {
      extends: join(packageRoot, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(packageRoot, 'node_modules/@types')] },
      include: [],
      files: [file],
    };
    const project = join(folder, 'tsconfig.json');
    writeFileSync(project, JSON.stringify(options));
    const { program } = compiler.updateSnapshot({ openProjects: [project] }).getProject(project) ?? {};
    if (!program) throw new Error('the compiler has no such project');
    // Of this file alone: `npm run check` has all of those that it imports.
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    const lines = found.map(({ pos }) => text.slice(0, pos).split('\n').length);
    const wrong = words.map((_, index) => head.length + 2 * index + 2);
    const besides = [...program.getConfigFileParsingDiagnostics(), ...program.getProgramDiagnostics()];
    expect([[...new Set(lines)], besides.map(({ text }) => text)]).toEqual([wrong, []]);
  } finally {
    compiler.close();
    rmSync(folder, { recursive: true });
  }
});
