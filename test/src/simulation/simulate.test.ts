import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { beginOf } from '../../../machines/routine/grid.ts';
import { timeline } from '../../../machines/routine/timeline.ts';
import { stages } from '../../../machines/vocabulary.ts';
import { readJournal, replay, stateHash } from '../../../src/journal/journal.ts';
import { playedWhole } from '../../support/sampled.ts';
import { begun, linesOf, type Played, type RawStep, simulated } from '../../support/simulated.ts';

const whole = await Promise.all(
  playedWhole.map(async routine => ({ routine, played: await simulated({ routine }) })),
);
const each = whole.map(one => [one.routine.id, one] as const);

describe('a whole session of each routine, with the assumed person', () => {
  it.each(each)('%s is completed, in the order of its stages', (_, { played }) => {
    const seen = linesOf(played, 'state').map(({ state }) => state);
    const order = ['screening', ...stages, 'completed'];
    const positions = seen.flatMap(state => (order.includes(state) ? [order.indexOf(state)] : []));
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    expect(new Set(positions).size).toBe(order.length);
    expect(played.outcome).toMatchObject({ outcome: 'completed', reason: 'routineDone' });
    expect(played.lines.at(-1)?.type).toBe('outcome');
  });

  it.each(each)('%s has its lines in the order of their times, whole milliseconds each', (_, { played }) => {
    let at = 0;
    const wrong = played.lines.filter(line => {
      const isWrong = !Number.isInteger(line.at) || line.at < at;
      at = line.at;
      return isWrong;
    });
    expect(wrong).toEqual([]);
  });

  it.each(each)(
    '%s has each stroke exactly where its grid has it, and says how long it is to the next',
    (_, { routine, played }) => {
      const paces = new Map(timeline(routine).map(pass => [pass.phase, pass.pace]));
      const wrong: object[] = [];
      let gridAt = 0;
      let before = 0;
      for (const { at, phase, stroke, period } of linesOf(played, 'stroke')) {
        const pace = paces.get(phase);
        if (!pace) throw new Error(`no phase ${phase}`);
        const next = beginOf(pace, stroke + 1) - beginOf(pace, stroke);
        if (stroke === 1) gridAt = at;
        const planned = {
          at: gridAt + beginOf(pace, stroke),
          stroke: stroke === 1 ? 1 : before + 1,
          period: next,
        };
        if (!isDeepStrictEqual({ at, stroke, period }, planned)) wrong.push({ phase, at, stroke, period });
        before = stroke;
      }
      expect(wrong).toEqual([]);
      // A grid begins where its phase does.
      const begins = linesOf(played, 'state').filter(({ phase }) => phase !== undefined);
      for (const { at } of linesOf(played, 'stroke').filter(({ stroke }) => stroke === 1))
        expect(begins.some(state => state.at === at)).toBe(true);
    },
  );

  it.each(each)(
    '%s raises pressure only within the moment of an answered check-in, by one, never above its plan',
    (_, { routine, played }) => {
      const plan = new Map(routine.phases.map(({ id, pressureMax }) => [id, pressureMax]));
      const now: Record<string, number> = {};
      let phase = '';
      let leftCheckInAt = -1;
      let state = '';
      for (const line of played.lines) {
        if (line.type === 'state') {
          if (state.endsWith('.checkIn')) leftCheckInAt = line.at;
          state = line.state;
          phase = line.phase ?? phase;
        }
        if (line.type !== 'pressure') continue;
        const before = now[line.side];
        now[line.side] = line.pressure;
        if (before === undefined) expect(line).toMatchObject({ why: 'start', pressure: 1 });
        else if (line.pressure > before) {
          expect([line.why, line.pressure - before, line.at]).toEqual(['rise', 1, leftCheckInAt]);
          expect(line.pressure).toBeLessThanOrEqual(plan.get(phase) ?? 0);
        }
      }
      expect(Object.keys(now).toSorted()).toEqual(['left', 'right']);
      const highest = Math.max(...routine.phases.map(({ pressureMax }) => pressureMax));
      expect(Math.max(...linesOf(played, 'pressure').map(({ pressure }) => pressure))).toBe(highest);
    },
  );

  it.each(each)('%s gives both sides of a phase the same time', (_, { routine, played }) => {
    const took = new Map<string, number>();
    let since: { name: string; at: number } | null = null;
    for (const { at, state, phase, side } of linesOf(played, 'state')) {
      if (since) took.set(since.name, (took.get(since.name) ?? 0) + at - since.at);
      const moves = ['warmUp', 'strokes', 'pressureRamp', 'cooldown', 'eased'].includes(
        state.split('.')[0] ?? '',
      );
      since = moves ? { name: `${phase} ${side}`, at } : null;
    }
    for (const pass of timeline(routine))
      expect(took.get(`${pass.phase} ${pass.side}`)).toBe(pass.durationMs);
  });

  it.each(each)('%s counts its frames and strokes, and its journal folds to its state', (_, { played }) => {
    expect(played.frames).toBe(linesOf(played, 'frame').length);
    expect(played.strokes).toBe(linesOf(played, 'stroke').length);
    const journal = readJournal(played.journal);
    if (!journal.ok) throw new Error(journal.message);
    expect(stateHash(replay(journal.header.input, journal.events))).toBe(played.stateHash);
  });

  it.each(each)(
    '%s is disengaged before its first stroke and after its last word, and never drives two starts at once',
    (_, { played }) => {
      const frames = linesOf(played, 'frame');
      expect(frames.at(-1)?.motors).toBeNull();
      const wrong: string[] = [];
      const starts: number[] = [];
      let before = { left: 0, right: 0 };
      for (const { at, motors } of frames) {
        const now = motors ?? { left: 0, right: 0 };
        const begin = (['left', 'right'] as const).filter(motor => now[motor] > 0 && before[motor] === 0);
        if (begin.length > 1) wrong.push(`two at ${at}`);
        if (begin.length > 0) {
          const last = starts.at(-1) ?? -1000;
          if (at - last < 60) wrong.push(`${at - last} ms apart at ${at}`);
          starts.push(at);
        }
        before = now;
      }
      expect(wrong).toEqual([]);
      expect(starts.length).toBeGreaterThan(20);
    },
  );

  it.each(each)('%s refuses nothing but what the person asked too soon', (_, { played }) => {
    for (const { limit, asked } of linesOf(played, 'refusal'))
      expect([asked, ['dwell', 'planned', 'screening', 'eased'].includes(limit)]).toEqual([asked, true]);
  });
});

describe('the same session', () => {
  it('twice is the same text, to the byte', async () => {
    const [one, other] = [await simulated(), await simulated()];
    expect(one.text).toBe(other.text);
    expect([one.stateHash, one.journal]).toEqual([other.stateHash, other.journal]);
  });
});

describe('a session that nobody ends', () => {
  const ended = async (...steps: RawStep[]): Promise<Played> => simulated({ steps });

  it('in screening is interrupted at once: nothing would ever happen', async () => {
    const played = await ended();
    expect(played.outcome).toMatchObject({ at: 0, outcome: 'interrupted', reason: 'noDeadlineLeft' });
    expect(linesOf(played, 'frame')).toEqual([]);
  });

  it('is interrupted after the last of its steps, not before', async () => {
    expect((await ended({ at: 77_000, intent: 'less' })).outcome).toMatchObject({
      at: 77_000,
      outcome: 'interrupted',
    });
  });

  it('in preparation is interrupted', async () => {
    const played = await ended({ at: 0, intent: 'screen', complaint: false, others: 'no' });
    expect(played.outcome).toMatchObject({ outcome: 'interrupted', reason: 'noDeadlineLeft' });
  });

  it('while paused is interrupted at the end of its time', async () => {
    const played = await ended(...begun, { at: 5_000, intent: 'pause' });
    expect(played.outcome).toMatchObject({
      at: 240_000 + 900_000,
      outcome: 'interrupted',
      reason: 'pausedTooLong',
    });
  });

  it('under way goes to its end by itself, where nobody has to turn or answer', async () => {
    expect((await ended(...begun)).outcome).toMatchObject({
      outcome: 'completed',
      at: 240_000 + 30_000 + 20,
    });
  });

  it('stopped is over five minutes later, faulted ten', async () => {
    expect((await ended(...begun, { at: 5_000, intent: 'stop' })).outcome).toMatchObject({
      at: 305_000,
      outcome: 'stopped',
      reason: 'unanswered',
    });
    expect((await ended(...begun, { at: 5_000, fault: 'clockJump' })).outcome).toMatchObject({
      at: 605_000,
      outcome: 'faulted',
      reason: 'clockJumped',
    });
  });
});

describe('a script', () => {
  const prepared = [
    { at: 0, intent: 'confirm', step: 'position' },
    { at: 0, intent: 'baseline', local: 0, leg: 0 },
    { at: 0, intent: 'start' },
  ];
  const strokesOf = (played: Played): number => linesOf(played, 'stroke').length;

  it('leaves places out and brings them back; one for a yes to broken skin begins only after that', async () => {
    const screen = { at: 0, intent: 'screen', complaint: false, answers: { K2: 'unsure' }, others: 'no' };
    const stuck = await simulated({ steps: [screen, ...prepared] });
    expect([stuck.outcome.outcome, strokesOf(stuck)]).toEqual(['interrupted', 0]);
    const asked = await simulated({
      steps: [screen, { at: 0, intent: 'leaveOut', zones: [] }, ...prepared],
    });
    expect(strokesOf(asked)).toBeGreaterThan(0);
    const back = await simulated({
      steps: [
        screen,
        { at: 0, intent: 'leaveOut', zones: ['thighFront'] },
        { at: 0, intent: 'bringBack', zones: ['thighFront'] },
        ...prepared,
      ],
    });
    expect(strokesOf(back)).toBe(0);
  });

  it('is told that nothing can be unchanged of which nothing is known', async () => {
    const screen = { at: 0, intent: 'screen', complaint: false, anythingNew: 'no', unchanged: ['health'] };
    const { lines } = await simulated({ steps: [screen] });
    expect(lines).toContainEqual(expect.objectContaining({ type: 'refusal', asked: 'unchanged' }));
  });
});
