/** Knee to hip as a whole session has it: hands, pulls, minutes and rise, read off the trace of a person who says yes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import { packageRoot } from '../../src/installed.ts';
import { linesOf, type Played, simulated } from '../support/simulated.ts';

const ids = ['leg-and-back', 'knee-to-hip-alone'] as const;
const phase = 'kneeToHip';

async function played(id: string): Promise<Played> {
  const routine = fromLibrary(id);
  if (!routine) throw new Error(`no ${id}`);
  return simulated({ routine });
}
const each = await Promise.all(ids.map(async id => [id, await played(id)] as const));

/** From the phase's beginning to that of the one after it. */
function spanOf({ lines }: Played): readonly [from: number, until: number] {
  const states = lines.filter(line => line.type === 'state');
  const began = states.findIndex(line => line.phase === phase && line.state === 'pressureRamp');
  const from = states[began]?.at ?? Number.NaN;
  const until = states.slice(began).find(line => line.phase !== undefined && line.phase !== phase)?.at;
  return [from, until ?? Number.NaN];
}

describe.each(each)('knee to hip in %s', (_, session) => {
  const [from, until] = spanOf(session);
  const pulls = linesOf(session, 'stroke').filter(line => line.phase === phase);
  const rises = linesOf(session, 'pressure').filter(({ at }) => at >= from && at < until);

  it('has a hand on each leg, both at once', () => {
    expect(new Set(pulls.map(({ side }) => side))).toEqual(new Set(['together']));
  });

  it('lasts fifteen minutes, in which nobody goes on to anything else', () => {
    expect((until - from) / 60_000).toBe(15);
    const other = linesOf(session, 'stroke').filter(line => line.at >= from && line.at < until);
    expect(other).toEqual(pulls);
  });

  it('is thirty ascents of eight pulls, each pull on the grid, and after the eighth the way back', () => {
    expect(pulls).toHaveLength(240);
    for (const [index, { at, pull, ascent, period }] of pulls.entries()) {
      expect([pull, ascent]).toEqual([(index % 8) + 1, Math.floor(index / 8) + 1]);
      expect(at).toBe(from + Math.floor(index / 8) * 30_000 + (index % 8) * 3500);
      expect(period).toBe(pull === 8 ? 5500 : 3500);
    }
  });

  it('tells every pull by a cue, but for one whose place a question has', () => {
    const told = new Set(
      linesOf(session, 'cue').flatMap(({ at, why }) => (why === 'strokeBegins' ? [at] : [])),
    );
    const untold = pulls.filter(({ at }) => !told.has(at));
    expect(untold.length).toBeLessThanOrEqual(2);
  });

  it('rises from 1 to 3 on both legs, by one, each time somebody says yes', () => {
    for (const side of ['left', 'right'] as const)
      expect(
        rises.flatMap(line => (line.side === side && line.why === 'rise' ? [line.pressure] : [])),
      ).toEqual([2, 3]);
    const [first, second] = [...new Set(rises.filter(({ why }) => why === 'rise').map(({ at }) => at))];
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(165_000);
  });
});

it('stands in the README of the routines as the trace has it', () => {
  const readme = readFileSync(join(packageRoot, 'machines/routine/README.md'), 'utf8');
  const [[, session] = []] = each;
  if (!session) throw new Error('nothing was played');
  const [from, until] = spanOf(session);
  const pulls = linesOf(session, 'stroke').filter(line => line.phase === phase);
  const ascents = Math.max(...pulls.map(({ ascent = 0 }) => ascent));
  expect(readme).toContain(`${(until - from) / 60_000} minutes, ${ascents} ascents, ${pulls.length} pulls`);
});
