import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cues } from '../../machines/cues/library.ts';
import { cuesPage } from '../../machines/cues/page.ts';
import { screeningCard } from '../../machines/text/card.ts';
import { type CueId, cueIds } from '../../machines/vocabulary.ts';
import { scratch } from '../support/cli.ts';
import { tactusHere } from '../support/in-process.ts';

const { path, file } = scratch();
const cue = (id: CueId, pulses: readonly object[]) => ({ id, means: 'mine', rank: cues[id].rank, pulses });
const mine = cue('TAP', [
  { motor: 'first', fromMs: 0, forMs: 120, intensity: 0.8 },
  { motor: 'first', fromMs: 320, forMs: 120, intensity: 0.8 },
]);

describe('tactus cues', () => {
  it('list names the six and what each is felt as', async () => {
    const { code, out } = await tactusHere(['cues', 'list']);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(6);
    expect(out).toMatch(/^ASK {4}answer me \(4 bursts within \d+ ms\)$/m);
    const listed = JSON.parse((await tactusHere(['cues', 'list', '--json'])).out) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual([...cueIds]);
  });

  it('list --markdown is the page with the distances and the blind-test sheet', async () => {
    const { out } = await tactusHere(['cues', 'list', '--markdown']);
    expect(out).toBe(cuesPage());
    expect(out).toContain('## Blind test');
  });

  it('show tells when what is felt, and how far it is from the others', async () => {
    const { code, out } = await tactusHere(['cues', 'show', 'glide']);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}A felt from \d+ to \d+ ms$/m);
    expect(out).toMatch(/^ {2}from TAP {4}0\.\d\d, the motors as one 0\.\d\d$/m);
    const shown = JSON.parse((await tactusHere(['cues', 'show', 'STOP', '--json'])).out);
    expect(shown).toMatchObject({ id: 'STOP', felt: { bursts: 1 } });
    expect(shown.distances).toHaveLength(5);
  });

  it('check says what is wrong and how much is missing: 65', async () => {
    const bad = file(
      'bad.json',
      cue('NEXT', [
        { motor: 'both', fromMs: 0, forMs: 480, intensity: 1 },
        { motor: 'first', fromMs: 700, forMs: 150, intensity: 0.7 },
      ]),
    );
    const short = file(
      'short.json',
      cue('NEXT', [
        { motor: 'first', fromMs: 0, forMs: 250, intensity: 0.9 },
        { motor: 'first', fromMs: 450, forMs: 90, intensity: 0.9 },
      ]),
    );
    const stop = file('stop.json', cue('STOP', [{ motor: 'both', fromMs: 0, forMs: 900, intensity: 1 }]));
    const { code, err } = await tactusHere(['cues', 'check', bad, short, stop]);
    expect(code).toBe(65);
    const [first = '', ...lines] = err.trimEnd().split('\n');
    expect(first).toBe('tactus: 3 faults');
    expect(lines[0]).toMatch(/bad\.json:\d+: \$\.pulses too like EASE: 0\.\d\d, needs 0\.5$/);
    expect(lines[1]).toMatch(/short\.json:\d+: \$\.pulses\[1\]\.forMs pulse 2 not felt: 90 ms, needs 120$/);
    expect(lines[2]).toMatch(/stop\.json:\d+: \$\.id STOP can't be redefined/);
  });

  it('check says of each file whether it is right', async () => {
    const good = file('good.json', cue('TAP', [{ motor: 'first', fromMs: 0, forMs: 140, intensity: 0.9 }]));
    const { code, out } = await tactusHere(['cues', 'check', good]);
    expect([code, out]).toEqual([0, `${good}: right\n`]);
    expect(JSON.parse((await tactusHere(['cues', 'check', good, '--json'])).out)).toEqual([
      { file: good, ok: true, issues: [] },
    ]);
  });

  it.each([
    [66, ['cues', 'show', 'BUZZ']],
    [66, ['cues', 'check', '/no/such.json']],
    [64, ['cues', 'play']],
    [64, ['cues', 'play', 'TAP', '--times', '9']],
    [69, ['cues', 'play', 'TAP', '--board', '/dev/no-such-port']],
  ])('ends with %i for %j', async (code, args) => {
    const ended = await tactusHere(args);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).not.toMatch(/^\s+at /m);
  });
});

describe('tactus cues export', () => {
  it('prints one cue, or all six under their names, in the format asked for', async () => {
    const one = await tactusHere(['cues', 'export', 'tap', '--format', 'web']);
    expect([one.code, JSON.parse(one.out)]).toEqual([
      0,
      { title: 'TAP', means: cues.TAP.means, patterns: [{ atMs: 0, pattern: [150] }] },
    ]);
    const all = await tactusHere(['cues', 'export', '--format', 'ahap']);
    expect(Object.keys(JSON.parse(all.out))).toEqual(cueIds.map(id => id.toLowerCase()));
  });

  it('writes a file each, and none where one is there already: 73', async () => {
    const folder = path('exported');
    expect(await tactusHere(['cues', 'export', '--format', 'hjif', '--out', folder])).toMatchObject({
      code: 0,
      out: '',
    });
    expect(readdirSync(folder).sort()).toEqual(cueIds.map(id => `${id.toLowerCase()}.hjif`).sort());
    writeFileSync(`${folder}/tap.hjif`, 'mine');
    const again = await tactusHere(['cues', 'export', 'tap', 'ask', '--format', 'hjif', '--out', folder]);
    expect([again.code, again.out]).toEqual([73, '']);
    expect(again.err).toContain('tap.hjif: exists already');
    expect(readFileSync(`${folder}/tap.hjif`, 'utf8')).toBe('mine');
  });

  it('tells all that is felt in a session, at the moments of its trace', async () => {
    const { code, out } = await tactusHere([
      ...['cues', 'export', '--routine', 'first-touch', '--format', 'android'],
    ]);
    const { effect } = JSON.parse(out) as { effect: { timings: number[]; amplitudes: number[] } };
    const { out: trace } = await tactusHere(['simulate', 'first-touch', '--trace', '-']);
    const moments = trace
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as { at: number; type: string; motors: Record<string, number> | null })
      .filter(({ type }) => type === 'frame')
      .map(({ at, motors }) => ({ at, on: Math.max(0, ...Object.values(motors ?? {})) > 0 }))
      .filter(({ on }, index, all) => on !== (all[index - 1]?.on ?? false));
    let at = 0;
    const told = effect.timings.flatMap((timing, index) => {
      const begins = { at, on: (effect.amplitudes[index] ?? 0) > 0 };
      at += timing;
      return index === 0 && !begins.on ? [] : [begins];
    });
    const edges = told.filter(({ on }, index) => on !== (told[index - 1]?.on ?? false));
    expect(code).toBe(0);
    expect(moments.length).toBeGreaterThan(100);
    expect([...edges, { at, on: false }]).toEqual(moments);
  });

  it('takes a cue of one’s own, and one that is wrong is told: 65', async () => {
    const own = file('own-tap.json', mine);
    const { out } = await tactusHere(['cues', 'export', 'tap', '--format', 'web', '--cue', own]);
    expect(JSON.parse(out)).toMatchObject({ means: 'mine', patterns: [{ pattern: [120, 200, 120] }] });
    const wrong = file('own-wrong.json', { ...mine, rank: 5 });
    expect((await tactusHere(['cues', 'export', '--format', 'web', '--cue', wrong])).code).toBe(65);
  });

  it.each([
    ['no format', ['cues', 'export', 'tap'], 64],
    ['a format that is none', ['cues', 'export', 'tap', '--format', 'wav'], 64],
    ['a cue that is none', ['cues', 'export', 'hum', '--format', 'web'], 66],
    ['a routine that is none', ['cues', 'export', '--format', 'web', '--routine', 'nowhere'], 66],
    ['cues and a routine', ['cues', 'export', 'tap', '--format', 'web', '--routine', 'first-touch'], 64],
  ] as const)('says of %s what to do', async (_, args, code) => {
    const ended = await tactusHere(args);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toMatch(/^tactus: .+\n$/);
  });
});

describe('tactus card', () => {
  it('prints the questions as a page, or writes it', async () => {
    expect(await tactusHere(['card'])).toEqual({ code: 0, err: '', out: screeningCard() });
    expect((await tactusHere(['card', path('card.html')])).code).toBe(0);
    expect(readFileSync(path('card.html'), 'utf8')).toBe(screeningCard());
  });
});

describe('a cue of one’s own', () => {
  it('is played in simulate instead of the one with its id, and the journal folds to the same state', async () => {
    const journal = path('own.journal');
    const args = ['simulate', 'first-touch', '--trace', '-', '--journal', journal];
    const own = await tactusHere([...args, '--cue', file('mine.json', mine)]);
    expect(own.code).toBe(0);
    const hash = /state ([0-9a-f]{64})/.exec(own.err)?.[1] ?? 'none';
    expect((await tactusHere(['replay', journal])).out).toContain(hash);
    const usual = await tactusHere(args);
    expect(own.out).not.toBe(usual.out);
  });

  it.each(['simulate', 'start'])('that is wrong is told by %s, and nothing begins: 65', async command => {
    const wrong = file('wrong.json', { ...mine, rank: 5 });
    const args = command === 'start' ? ['start', '--http', '0'] : ['simulate', 'first-touch'];
    const { code, out, err } = await tactusHere([...args, '--cue', wrong]);
    expect([code, out]).toEqual([65, '']);
    expect(err).toMatch(/^tactus: cues: 1 fault\n.*wrong\.json:\d+: \$\.rank must be 1/);
  });

  it('is named once: 64', async () => {
    const one = file('one.json', mine);
    const { code, err } = await tactusHere(['simulate', 'first-touch', '--cue', one, '--cue', one]);
    expect([code, err]).toEqual([64, 'tactus: --cue: TAP is in two of the files; name one\n']);
  });
});
