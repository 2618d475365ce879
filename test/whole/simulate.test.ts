import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { questionIds, weightOf } from '../../machines/screening.questions.ts';
import { parsedTrace, scratch } from '../support/cli.ts';
import { phaseFile, rootFile } from '../support/files.ts';
import { tactusHere } from '../support/in-process.ts';
import { isLong } from '../support/length.ts';
import { begun } from '../support/simulated.ts';

const { path, file } = scratch();

/** The longest of the library in the long run; the shortest, which has the same six stages, in `npm test`. */
const whole = isLong ? 'leg-and-back' : 'first-touch';

describe('tactus simulate', () => {
  it('completes the whole routine in its six stages, stroke by stroke on time, firmer only when asked', async () => {
    const ended = await tactusHere([
      'simulate',
      whole,
      '--trace',
      path('whole.jsonl'),
      '--journal',
      path('whole.journal'),
      '--json',
    ]);
    expect([ended.code, ended.err]).toEqual([0, '']);
    const summary = JSON.parse(ended.out);
    expect(summary).toMatchObject({
      outcome: 'completed',
      reason: 'routineDone',
      journal: path('whole.journal'),
    });
    expect(Object.keys(summary)).toEqual(['outcome', 'reason', 'stateHash', 'journal', 'frames', 'strokes']);
    const lines = parsedTrace(readFileSync(path('whole.jsonl'), 'utf8'));

    const states = lines.flatMap(line => (line.type === 'state' ? [line.state] : []));
    const stages = ['screening', 'preparation', 'warmUp', 'strokes', 'pressureRamp', 'cooldown'];
    expect(
      states.filter((state, index) => stages.includes(state) && states.indexOf(state) === index),
    ).toEqual(stages);
    expect(states.at(-1)).toBe('completed');
    expect(lines.at(-1)).toMatchObject({ type: 'outcome', outcome: 'completed' });

    const strokes = lines.filter(one => one.type === 'stroke');
    const late = strokes.filter((line, index) => {
      const before = strokes[index - 1];
      return line.stroke > 1 && line.at !== (before?.at ?? 0) + (before?.period ?? 0);
    });
    expect(late).toEqual([]);
    expect(strokes).toHaveLength(summary.strokes);
    expect(lines.filter(({ type }) => type === 'frame')).toHaveLength(summary.frames);

    const pressure: Record<string, number> = {};
    const answered = new Set(
      lines.flatMap((line, index) => {
        const after = lines.slice(index + 1).find(one => one.type === 'state');
        return line.type === 'state' && line.state.endsWith('.checkIn') && after ? [after.at] : [];
      }),
    );
    for (const line of lines) {
      if (line.type !== 'pressure') continue;
      const before = pressure[line.side];
      if (before !== undefined && line.pressure > before)
        expect([line.pressure - before, answered.has(line.at)]).toEqual([1, true]);
      pressure[line.side] = line.pressure;
    }
    expect(Math.max(...lines.flatMap(line => (line.type === 'pressure' ? [line.pressure] : [])))).toBe(
      isLong ? 3 : 2,
    );

    if (!isLong) return;
    const kneeToHip = lines.filter(line => line.type === 'stroke' && line.phase === 'kneeToHip');
    // Thirty ascents of eight pulls each, but for the last one's end, which is the phase's.
    expect(kneeToHip.length).toBe(240);
  });

  it('folds its journal to the very state that its summary names', async () => {
    const script = file('hash.json', [
      ...begun,
      { at: 7_000, intent: 'less' },
      { at: 20_000, intent: 'pause' },
      { at: 300_000, intent: 'resume' },
      { on: 'checkIn', intent: 'checkIn', local: 2, leg: 0, firmer: true },
    ]);
    const ended = await tactusHere([
      'simulate',
      'first-touch',
      '--script',
      script,
      '--journal',
      path('hash.journal'),
      '--json',
    ]);
    const replayed = await tactusHere(['replay', path('hash.journal')]);
    expect(replayed).toEqual({ code: 0, err: '', out: `${JSON.parse(ended.out).stateHash}\n` });
  });

  it('writes its trace to standard output and its summary beside it, where that is asked', async () => {
    const ended = await tactusHere(['simulate', 'first-touch', '--trace', '-']);
    expect(ended.code).toBe(0);
    expect(parsedTrace(ended.out).at(-1)).toMatchObject({ type: 'outcome', outcome: 'completed' });
    expect(ended.err).toMatch(/^first-touch: completed \(routineDone\) after 00:0\d:\d\d\n/);
    expect(ended.err).toMatch(/hospital within hours/);
  });
});

describe('a declined session', () => {
  const lockedOut = questionIds.filter(id => weightOf(id) !== 'caution');
  it.each(['S1', 'S9', 'C1', 'C12', 'giverC7'] as const)(
    'for %s ends so, with exit code 0 and no frame ever driven',
    async id => {
      expect(lockedOut).toContain(id);
      const script = file(`${id}.json`, [
        { at: 0, intent: 'screen', complaint: true, answers: { [id]: 'unsure' }, others: 'no' },
        { at: 0, intent: 'start' },
        { at: 100, button: 'go', down: true },
      ]);
      const ended = await tactusHere([
        'simulate',
        'leg-and-back',
        '--script',
        script,
        '--trace',
        path(`${id}.jsonl`),
        '--json',
      ]);
      expect([ended.code, JSON.parse(ended.out).outcome]).toEqual([0, 'declined']);
      const lines = parsedTrace(readFileSync(path(`${id}.jsonl`), 'utf8'));
      expect(lines.filter(({ type }) => ['frame', 'stroke', 'cue', 'pressure'].includes(type))).toEqual([]);
      expect(lines.at(-1)).toMatchObject({ type: 'outcome', outcome: 'declined' });
    },
  );
});

describe('any outcome of a session is a run well done', () => {
  it.each([
    [
      'stopped',
      [
        { at: 3_000, intent: 'stop' },
        { at: 4_000, intent: 'afterStop', why: 'pain' },
      ],
    ],
    ['faulted', [{ at: 3_000, fault: 'boardReset' }]],
    ['interrupted', [{ at: 3_000, intent: 'end' }]],
  ])('%s: exit code 0', async (outcome, steps) => {
    const script = file(`${outcome}.json`, [...begun, ...steps]);
    const ended = await tactusHere(['simulate', 'first-touch', '--script', script, '--json']);
    expect([ended.code, JSON.parse(ended.out).outcome]).toEqual([0, outcome]);
  });
});

describe('what cannot be run', () => {
  /** What its one line says, and how it ends. */
  const ends = async (...args: string[]): Promise<{ code: number | null; line: string; more: string[] }> => {
    const { code, err, out } = await tactusHere(['simulate', ...args]);
    expect(out).toBe('');
    expect(err).not.toMatch(/^\s+at /m);
    const [line = '', ...more] = err.trimEnd().split('\n');
    return { code, line, more };
  };

  it.each([
    ['no routine', []],
    ['an unknown option', ['first-touch', '--fast']],
    ['an option without its value', ['first-touch', '--trace']],
    ['a board that does not exist', ['first-touch', '--board', 'mega']],
    ['a seed that is none', ['first-touch', '--seed', 'x']],
    ['a seed too large', ['first-touch', '--seed', '99999999999']],
    ['two routines', ['first-touch', 'evening-legs']],
  ])('with %s is wrong usage: 64', async (_, args) => {
    const { code, line } = await ends(...args);
    expect(code).toBe(64);
    expect(line).toMatch(/^tactus: /);
  });

  it('is told to be an unknown command: 64', async () => {
    const ended = await tactusHere(['massage']);
    expect(ended.code).toBe(64);
    expect(ended.err).toMatch(/^tactus: unknown command 'massage'/);
  });

  it('from a routine that is not there: 66, with those that are', async () => {
    expect(await ends('no-such')).toMatchObject({
      code: 66,
      line: expect.stringMatching(/^tactus: no-such: no such routine; there are /),
    });
    expect(await ends(path('nothing.json'))).toMatchObject({ code: 66 });
  });

  it('from a faulty routine: 65, with every fault on a line of its own', async () => {
    const bad = file('bad.json', phaseFile({ strokeCm: 900, zone: 'spine' }));
    const { code, line, more } = await ends(bad);
    expect([code, line, more.length]).toEqual([65, `tactus: ${bad}: 2 faults`, 2]);
  });

  it('from a script that answers what nobody asks: 65, naming the step, and fine where it is asked', async () => {
    const screen = {
      at: 0,
      intent: 'screen',
      complaint: false,
      anythingNew: 'no',
      unchanged: ['health', 'care', 'comfort', 'giver'],
      others: 'no',
    };
    const script = file('returning.json', [screen, { at: 1000, intent: 'end' }]);
    const refused = await ends('first-touch', '--script', script);
    expect(refused.code).toBe(65);
    expect(refused.more.join()).toContain('step 1: unchanged is asked only where all was clear lately');
    const taken = await tactusHere(['simulate', 'first-touch', '--script', script, '--returning']);
    expect(taken.code).toBe(0);
  });

  it('from a script that is not there: 66; from a faulty one: 65, naming the step', async () => {
    expect(await ends('first-touch', '--script', path('none.json'))).toMatchObject({ code: 66 });
    const bad = file('script.json', [
      { at: 0, intent: 'start' },
      { at: 1, intent: 'fly' },
    ]);
    const { code, more } = await ends('first-touch', '--script', bad);
    expect([code, more[0]]).toEqual([65, expect.stringContaining('step 2: ')]);
  });

  it('with an expectation that does not hold: 65, naming the step, what was wanted and what was found', async () => {
    const script = file('expect.json', [...begun, { at: 5_000, expect: 'cooldown' }]);
    const { code, line } = await ends('first-touch', '--script', script);
    expect([code, line]).toEqual([
      65,
      `tactus: ${script}: step 5: expected state cooldown at 5000 ms, found warmUp`,
    ]);
  });

  it('with a script that answers itself: 65', async () => {
    const script = file('circle.json', [
      ...begun,
      { on: 'warmUp', intent: 'pause' },
      { on: 'paused', intent: 'resume' },
    ]);
    expect(await ends('first-touch', '--script', script)).toMatchObject({ code: 65 });
  });

  it('where its trace cannot be written: 73', async () => {
    expect(await ends('first-touch', '--trace', path('no/such/folder.jsonl'))).toMatchObject({ code: 73 });
    expect(await ends('first-touch', '--trace', '/dev/full')).toMatchObject({ code: 73 });
    expect(await ends('first-touch', '--journal', '/dev/full')).toMatchObject({ code: 73 });
  });

  it('names files without painting the terminal', async () => {
    const { line } = await ends(path('\u001b[31mred.json'));
    expect(line).not.toContain('\u001b');
  });
});

it('a file of one’s own runs as the library does', async () => {
  const mine = file('mine.json', rootFile({}));
  const ended = await tactusHere(['simulate', mine, '--json']);
  expect([ended.code, JSON.parse(ended.out).outcome]).toEqual([0, 'completed']);
});
