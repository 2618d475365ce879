/** What is said where people read it: no claim anywhere, and the pages made from the catalogue are up to date. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cuesPage } from '../../machines/cues/page.ts';
import { screeningCard } from '../../machines/text/card.ts';
import { gesturesPage } from '../../machines/touch/page.ts';
import { packageRoot } from '../../src/installed.ts';
import { markdownPages } from '../support/markdown.ts';

const read = (...path: string[]): string => readFileSync(join(packageRoot, ...path), 'utf8');

function filesOf(folder: string, ending: RegExp): string[] {
  return readdirSync(join(packageRoot, folder)).flatMap(name => {
    const path = join(folder, name);
    if (statSync(join(packageRoot, path)).isDirectory()) return filesOf(path, ending);
    return ending.test(name) ? [path] : [];
  });
}

/**
 * What would make a timer for hands into a medical device, or into a promise: an intended use is read from every
 * sentence there is (EU MDR 2017/745 Art. 2 (12); FDA General Wellness guidance, 6 January 2026).
 */
const claims =
  /\b(treats?|treating|relie(?:f|ves?|ving)|cures?|curing|heals?|healing|alleviat\w+|decompress\w*|rehabilitat\w+|therapeutic\w*|clinically (?:proven|tested|shown)|medical[- ]grade|scientifically proven|safe for (?:everyone|all|you)|(?:improves|prescribes|diagnoses)(?! nothing)|screens you|pain[- ]free|guarantee[sd]?)\b/i;
/** A disease named as a purpose makes the purpose medical. */
const diseases = /\b(sciatica|sciatic|pinched nerve|herniat\w+|slipped disc|radiculopathy|lumbago)\b/i;

/** Sentences of a text that hold one of these, so that a failure says where. Lines are wrapped anywhere. */
const found = (text: string, pattern: RegExp): string[] =>
  text
    .split(/\n\s*\n|[.!?](?=\s)|",?\n/)
    .map(sentence => sentence.replace(/\s+/g, ' '))
    .filter(sentence => pattern.test(sentence));

describe('no claim stands', () => {
  const places = [
    'machines/text/en.json',
    ...filesOf('machines/text/en', /\.json$/),
    'machines/text/card.html',
    ...markdownPages,
    'package.json',
    ...filesOf('machines/routine/library', /\.json$/),
    ...filesOf('machines/cues/library', /\.json$/),
    ...filesOf('simulator/page', /\.(ts|html)$/),
    ...filesOf('src/cli', /\.ts$/),
  ];
  it.each(places)('in %s', path => {
    expect(found(read(path), claims)).toEqual([]);
  });

  it.each(places.filter(path => path !== 'README.md'))('of a disease in %s', path => {
    expect(found(read(path), diseases)).toEqual([]);
  });

  it('and the pattern would find one', () => {
    for (const claim of [
      'Treats sciatica.',
      'It relieves pain.',
      'Clinically proven to help.',
      'Safe for everyone.',
      'Heals.',
      'It decompresses the nerve.',
      'It improves sleep.',
    ])
      expect(claims.test(claim)).toBe(true);
    for (const fine of [
      'It prescribes nothing and improves nothing by itself.',
      'Paces a massage routine that you have already chosen.',
      'A therapist with three clients.',
    ])
      expect(claims.test(fine)).toBe(false);
  });
});

describe('a page that is made', () => {
  it('of the cues is up to date: tactus cues list --markdown > machines/cues/CUES.md', () => {
    expect(read('machines', 'cues', 'CUES.md')).toBe(cuesPage());
  });

  it('of the gestures is up to date: tactus cues gestures > machines/touch/GESTURES.md', () => {
    expect(read('machines', 'touch', 'GESTURES.md')).toBe(gesturesPage());
  });

  it('of the questions is up to date: tactus card machines/text/card.html', () => {
    expect(read('machines', 'text', 'card.html')).toBe(screeningCard());
  });
});

describe('one word is one thing', () => {
  const exported = /^export (?:abstract |async )?(?:type|interface|class|function|const|let)\*? (\w+)/gm;
  /** What every look of the page has under one name: the page calls it without knowing which look it is. */
  const shared = ['draw'];

  it('so that no exported name is used for two', () => {
    const places = new Map<string, string[]>();
    for (const file of ['machines', 'src', 'hardware', 'simulator'].flatMap(room => filesOf(room, /\.ts$/)))
      for (const name of new Set([...read(file).matchAll(exported)].map(([, found = '']) => found)))
        places.set(name, [...(places.get(name) ?? []), file]);
    expect(places.size).toBeGreaterThan(1000);
    const twice = [...places].filter(([name, files]) => files.length > 1 && !shared.includes(name));
    expect(twice.map(([name, files]) => `${name}: ${files.join(', ')}`)).toEqual([]);
  });
});
