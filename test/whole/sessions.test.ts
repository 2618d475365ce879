import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, scratch } from '../support/cli.ts';
import { isLong } from '../support/length.ts';
import { World } from '../support/world.ts';

const { file, path } = scratch();
let state: string;
let world: World;
beforeAll(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
  world = new World();
});
afterAll(() => {
  world.close();
  rmSync(state, { recursive: true, force: true });
});

const tactus = (words: readonly string[]): Promise<Ended> => world.ran(words, { state });

const begin = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 3, leg: 1 },
  { at: 0, intent: 'start' },
];
const script = (...steps: readonly object[]): string => file('script.json', [...begin, ...steps]);
const start = (...words: readonly string[]) =>
  tactus(['start', '--headless', '--routine', 'first-touch', ...words]);
const everything = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .map(entry =>
      entry.isDirectory()
        ? everything(join(folder, entry.name))
        : readFileSync(join(folder, entry.name), 'latin1'),
    )
    .join('');

describe('tactus sessions', () => {
  it('has nothing to show at first, and says so', async () => {
    expect(await tactus(['sessions', 'list'])).toMatchObject({ code: 0, out: 'No session is kept yet.\n' });
    expect((await tactus(['sessions', 'show', 'latest'])).code).toBe(66);
  });

  it('keeps a session that was given, without any answer, and reports it in three ways', async () => {
    const ended = await start(
      '--client',
      'A',
      '--script',
      script({ at: 3000, intent: 'checkIn', local: 4, leg: 1 }, { at: 5000, intent: 'end' }),
    );
    expect([ended.code, ended.err]).toEqual([0, '']);
    const [listed] = JSON.parse((await tactus(['sessions', 'list', '--json'])).out);
    expect(listed).toMatchObject({ routine: 'first-touch', client: 'A', outcome: 'interrupted' });
    expect(everything(join(state, 'history'))).not.toMatch(/"local"|"answer"|"baseline"/);

    const out = path('report.html');
    expect((await tactus(['sessions', 'report', listed.id, '--out', out])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>/);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect((await tactus(['sessions', 'report', 'latest', '--format', 'csv'])).out).toMatch(/^"session",/);
    expect(
      JSON.parse((await tactus(['sessions', 'report', 'latest', '--format', 'json'])).out).summary.strokes,
    ).toBe(1);
    expect((await tactus(['sessions', 'trends', '--format', 'csv'])).out.trim().split('\r\n')).toHaveLength(
      2,
    );
  });

  it('begins nothing that cannot be recorded, and says so where there is no page to show it', async () => {
    const ended = await start('--journal', '/dev/full', '--script', script({ at: 1000, intent: 'end' }));
    expect([ended.code, ended.out]).toEqual([0, 'ready\n']);
    expect(ended.err).toMatch(/^Not recording: the disk cannot be written to\. .* \(ENOSPC\)\n/);
    expect(JSON.parse((await tactus(['sessions', 'list', '--json'])).out)).toHaveLength(1);
  });

  it('takes a note, and gives one to paste', async () => {
    const { code, out } = await tactus(['sessions', 'note', 'latest', 'calf', 'tight']);
    expect([code, out.split('\n').at(-2)]).toEqual([0, 'calf tight']);
    expect(out).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d · Client A · First touch · 0.1 min · Ended early\n/);
    expect((await tactus(['sessions', 'note', 'latest', 'x'.repeat(2001)])).code).toBe(65);
  });

  it('erases without leaving a byte, and says what is not there', async () => {
    const [{ id }] = JSON.parse((await tactus(['sessions', 'list', '--json'])).out);
    expect(await tactus(['sessions', 'erase', id])).toMatchObject({ code: 0, out: `${id} erased\n` });
    expect(everything(state)).not.toContain(id);
    expect(everything(state)).not.toContain('calf tight');
    expect((await tactus(['sessions', 'erase', id])).code).toBe(66);
    expect((await tactus(['sessions', 'erase'])).code).toBe(64);
    expect((await tactus(['sessions', 'erase', '--all'])).out).toBe('0 sessions erased\n');
  });

  it('keeps what was chosen: scores, for so many days, or nothing', async () => {
    expect((await tactus(['sessions', 'keep', 'scores', '--days', '7', '--json'])).out).toBe(
      '{"keep":"scores","keepDays":7}\n',
    );
    await start('--script', script({ at: 3000, intent: 'end' }));
    expect(everything(join(state, 'history'))).toContain('"type":"baseline","at":0,"local":3,"leg":1');
    await tactus(['sessions', 'erase', '--all']);
    await tactus(['sessions', 'keep', 'off']);
    await start('--script', script({ at: 2000, intent: 'end' }));
    expect((await tactus(['sessions', 'list'])).out).toBe('No session is kept yet.\n');
    expect((await tactus(['sessions', 'keep', 'everything'])).code).toBe(64);
    await tactus(['sessions', 'keep', 'plain', '--days', '30']);
  });
});

describe('start, with the time there is', () => {
  it('says first what would have to go, and begins nothing', async () => {
    const ended = await tactus(['start', '--headless', '--routine', 'leg-and-back', '--minutes', '30']);
    expect(ended.code).toBe(64);
    expect(ended.err).toMatch(
      /^tactus: Leg and back.* takes at least 43 min\. To fit 30 min, these would be dropped: /,
    );
    expect(ended.err).toContain('Add --drop to drop them.');
  });

  it.each([
    [['--minutes', '2'], /must be a whole number from 3 to 90/],
    [['--end-at', '25:00'], /must be a time of day such as 09:50/],
    [['--end-at', '09:50', '--minutes', '20'], /not both/],
    [['--routine', 'lower-back', '--for', 'self'], /is made for a partner, for therapists/],
    [['--client', 'Anna'], /one letter/],
    [['--favourites', 'evening-legs,no-such'], /no such routine/],
    [['--quiet', 'silent'], /full, phases/],
  ])('%j is wrong usage, told in a line', async (words, told) => {
    const ended = await tactus(['start', '--headless', ...words]);
    expect([64, 66]).toContain(ended.code);
    expect(ended.err.split('\n')[0]).toMatch(told);
  });
});

describe('tactus simulate', () => {
  it('scales, passes over what comes before a phase, and draws', async () => {
    const scaled = await tactus([
      'simulate',
      'evening-legs',
      '--minutes',
      '15',
      '--chart',
      path('chart.svg'),
    ]);
    expect([scaled.code, scaled.out]).toEqual([
      0,
      expect.stringMatching(/completed \(routineDone\) after 00:15:/),
    ]);
    expect(readFileSync(path('chart.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
    const [id, phase] = isLong ? ['leg-and-back', 'kneeToHip'] : ['first-touch', 'firmer'];
    const from = await tactus(['simulate', id, '--from', phase, '--trace', '-']);
    const phases = from.out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
      .filter(({ type }) => type === 'stroke')
      .map(stroke => stroke.phase);
    expect([...new Set(phases)]).toEqual([phase, isLong ? 'cooldown' : 'rest']);
    expect((await tactus(['simulate', id, '--from', 'none'])).code).toBe(64);
  });
});

describe('tactus routines new', () => {
  const given = ['--title', 'Own legs', '--for', 'self', '--zones', 'thighFront,calf', '--minutes', '20'];

  it('makes a file that is right, and never writes over one', async () => {
    const out = path('own.json');
    const words = ['routines', 'new', ...given, '--pressure', '2', '--oil', 'none', '--out', out];
    expect((await tactus(words)).code).toBe(0);
    expect((await tactus(['routines', 'check', out])).out).toContain('right');
    expect((await tactus(words)).code).toBe(73);
    // Said before anything is asked; a link that leads nowhere is there, too.
    const asked = await tactus(['routines', 'new', '--out', out]);
    expect([asked.code, asked.err]).toEqual([73, `tactus: ${out}: exists already\n`]);
    symlinkSync(path('nowhere.json'), path('link.json'));
    expect((await tactus([...words.slice(0, -1), path('link.json')])).code).toBe(73);
    expect(existsSync(path('nowhere.json'))).toBe(false);
  });

  it('keeps it among ones own, where it is known by its id', async () => {
    const kept = await tactus(['routines', 'new', ...given, '--pressure', '1', '--oil', 'plain', '--keep']);
    expect([kept.code, kept.out]).toEqual([0, 'own-legs\n']);
    const known = await tactus(['simulate', 'own-legs', '--from', 'cooldown']);
    expect(known.out).toContain('own-legs: completed');
    expect((await tactus(['routines', 'list', '--for', 'self'])).out).toMatch(/^own-legs /m);
    const out = path('not-kept.json');
    const words = ['routines', 'new', ...given, '--pressure', '2', '--oil', 'none', '--keep'];
    const again = await tactus(words);
    expect([again.code, again.err]).toEqual([
      73,
      'tactus: own-legs: you have one of that name already; choose another title\n',
    ]);
    expect((await tactus(['routines', 'show', 'own-legs', '--json'])).out).toContain('"pressureMax": 1');
    expect((await tactus([...words, '--title', 'Lower back', '--out', out])).err).toContain(
      'the library has',
    );
  });

  it('says why there is none, and does not wait for answers that never come', async () => {
    const far = await tactus([
      'routines',
      'new',
      '--title',
      'x',
      '--for',
      'self',
      '--zones',
      'sacralEdge',
      '--minutes',
      '20',
      '--pressure',
      '1',
      '--oil',
      'none',
    ]);
    expect([far.code, far.err]).toEqual([
      65,
      'tactus: for self: nobody can reach sacralEdge on themselves\n',
    ]);
    expect((await tactus(['routines', 'new'])).code).toBe(64);
  });
});
