import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../machines/intent.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { afterStops } from '../../../machines/session.lists.ts';
import { buttons } from '../../../machines/vocabulary.ts';
import { JournalWriter, readJournal, replay, stateHash } from '../../../src/journal/journal.ts';
import { isLong } from '../../support/length.ts';
import { routine } from '../../support/routines.ts';
import { TestRun } from '../../support/run.ts';
import { inputOf } from '../../support/session.ts';

/** The journal of a short session with something of everything. */
function kept(): { text: string; hash: string } {
  const run = new TestRun().start().until(9_000);
  run.intend({ intent: 'pause' }).for(2_000).intend({ intent: 'resume' }).for(3_000);
  run.press('less').for(5_000).intend({ intent: 'stop' }, { intent: 'afterStop', why: 'pain' }).for(1_000);
  expect(run.run.outcome?.outcome).toBe('stopped');
  return { text: run.journal, hash: run.run.stateHash };
}

const recordsOf = (text: string): number => text.split('\n').length - 2;

describe('a journal', () => {
  it('is a header with the input and one line a record, each with its checksum', () => {
    const { text } = kept();
    const lines = text.trimEnd().split('\n');
    const header = JSON.parse(lines[0] ?? '');
    expect(header).toMatchObject({
      journal: 1,
      product: 'test',
      input: { easierSide: 'left', boardReady: true },
    });
    expect(header.input.routine.id).toBe('small');
    for (const line of lines) expect(line).toMatch(/,"check":"[0-9a-f]{16}"\}$/);
    expect(lines.slice(1, 3).map(line => JSON.parse(line))).toMatchObject([
      { type: 'board.ready', at: 0 },
      { type: 'screening.cleared', at: 0 },
    ]);
  });

  it('holds no answer to a question and no score', () => {
    const run = new TestRun();
    run.intend(
      { intent: 'screen', complaint: true, answers: { K1: 'yes', K5: 'unsure' }, others: 'no' },
      { intent: 'confirm', step: 'position' },
      { intent: 'baseline', local: 3, leg: 3 },
      { intent: 'start' },
    );
    run.for(1000).intend({ intent: 'checkIn', local: 5, leg: 3, firmer: false });
    for (const secret of ['K1', 'K5', 'unsure', 'answers', 'local', '"leg":3', 'baseline":'])
      expect(run.journal).not.toContain(secret);
    expect(run.journal).toContain('"here":"strong"');
  });

  it('read again is what was written', () => {
    const { text } = kept();
    const journal = readJournal(text);
    expect(journal).toMatchObject({ ok: true, tailDropped: false });
    expect(journal.ok && journal.events).toHaveLength(recordsOf(text));
  });

  it.each([
    ['line ends of another system', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte-order mark before it', (text: string) => `\uFEFF${text}`],
    ['both', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['line ends that an editor has mixed', (text: string) => text.replace(/\n/, '\r\n')],
  ])('with %s is the same journal', (_, altered) => {
    const { text, hash } = kept();
    const journal = readJournal(altered(text));
    if (!journal.ok) throw new Error(journal.message);
    expect(stateHash(replay(journal.header.input, journal.events))).toBe(hash);
    expect(journal).toEqual(readJournal(text));
    const cut = readJournal(altered(text).slice(0, -20));
    expect(cut).toEqual(readJournal(text.slice(0, -20)));
  });

  it('folded leads to the state in which the session was', () => {
    const { text, hash } = kept();
    const journal = readJournal(text);
    if (!journal.ok) throw new Error(journal.message);
    expect(stateHash(replay(journal.header.input, journal.events))).toBe(hash);
  });

  it('breaks at any byte that was altered, and names the record', () => {
    const { text } = kept();
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.integer({ min: 1, max: 127 }), (index, by) => {
        const altered = String.fromCharCode(((text.charCodeAt(index) - 32 + by) % 94) + 32);
        fc.pre(altered !== text[index] && text[index] !== '\n');
        const journal = readJournal(text.slice(0, index) + altered + text.slice(index + 1));
        const record = text.slice(0, index).split('\n').length - 1;
        expect(journal).toMatchObject({ ok: false, record });
      }),
      { numRuns: isLong ? 400 : 20 },
    );
  });

  it.each([
    ['a record taken out', (lines: string[]) => lines.toSpliced(4, 1), 4],
    ['a record twice', (lines: string[]) => lines.toSpliced(4, 0, lines[4] ?? ''), 5],
    [
      'two records changed about',
      (lines: string[]) => lines.toSpliced(4, 2, lines[5] ?? '', lines[4] ?? ''),
      4,
    ],
    ['the header taken out', (lines: string[]) => lines.slice(1), 0],
    [
      'a line of another journal',
      (lines: string[]) => lines.toSpliced(6, 0, '{"type":"due","at":1,"check":"0123456789abcdef"}'),
      6,
    ],
    ['an empty line', (lines: string[]) => lines.toSpliced(3, 0, ''), 3],
  ])('breaks with %s', (_, change, record) => {
    const { text } = kept();
    const lines = change(text.trimEnd().split('\n'));
    expect(readJournal(`${lines.join('\n')}\n`)).toMatchObject({ ok: false, record });
  });

  it('cut off within its last line loses that line alone, and says so', () => {
    const { text } = kept();
    const whole = readJournal(text);
    const last = text.trimEnd().lastIndexOf('\n') + 1;
    for (const cut of [last + 1, last + 10, text.length - 1]) {
      const journal = readJournal(text.slice(0, cut));
      expect(journal).toMatchObject({ ok: true, tailDropped: true });
      expect(journal.ok && whole.ok && journal.events).toEqual(whole.ok && whole.events.slice(0, -1));
    }
  });

  it('cut off anywhere loses one record at most', () => {
    const { text } = kept();
    const header = text.indexOf('\n') + 1;
    fc.assert(
      fc.property(fc.integer({ min: header, max: text.length }), cut => {
        const journal = readJournal(text.slice(0, cut));
        const whole = text.slice(0, cut).split('\n').length - 2;
        expect(journal.ok && journal.events.length).toBe(whole);
      }),
    );
  });

  it.each(['', '\n', 'hello', '{}', '[]\n', 'null\n', '{"check":"0123456789abcdef"}\n'])(
    'is none where it is %j',
    text => {
      expect(readJournal(text)).toMatchObject({ ok: false, record: 0 });
    },
  );

  /** A journal whose chain is right, whatever it says: anyone can compute a checksum. */
  const chained = (header: object, ...records: unknown[]): string => {
    let text = '';
    const writer = new JournalWriter(line => {
      text += line;
    }, header as never);
    for (const record of records) writer.append(record as never);
    return text;
  };
  const right = { product: 'test', screeningVersion: '1', input: inputOf(routine()) };

  it.each([
    ['no type', { at: 1 }],
    ['a type that is no word', { type: 7, at: 1 }],
    ['a type of another world', { type: 'xstate.stop', at: 1 }],
    ['no time', { type: 'session.stop' }],
    ['a time that is no number', { type: 'session.stop', at: '5' }],
  ])('is refused at a record with %s, however right its checksum', (_, record) => {
    expect(readJournal(chained(right, { type: 'session.stop', at: 0 }, record))).toMatchObject({
      ok: false,
      record: 2,
      message: 'is not an event of a session',
    });
  });

  it.each([
    ['no input', { product: 'x', screeningVersion: '1' }],
    ['an input without a routine', { ...right, input: { easierSide: 'left', boardReady: true } }],
    ['a faulty routine', { ...right, input: { ...right.input, routine: { id: 'x' } } }],
    ['a third side', { ...right, input: { ...right.input, easierSide: 'middle' } }],
    ['a board that may be ready', { ...right, input: { ...right.input, boardReady: 'yes' } }],
  ])('is refused with %s in its header, however right its checksum', (_, header) => {
    expect(readJournal(chained(header))).toMatchObject({ ok: false, record: 0 });
  });

  it('tells where its time goes back, and is good all the same', () => {
    const text = chained(
      right,
      { type: 'board.lost', at: 50 },
      { type: 'board.ready', at: 40 },
      { type: 'board.lost', at: 60 },
    );
    expect(readJournal(text)).toMatchObject({ ok: true, wentBackAt: 2 });
    expect(readJournal(kept().text)).toMatchObject({ ok: true, wentBackAt: null });
  });
});

describe('the state hash', () => {
  it('is the same for the same state, and another for any other', () => {
    const one = replay(inputOf(routine()), []);
    const same = replay(inputOf(routine()), []);
    const other = replay(inputOf(routine()), [{ type: 'board.lost', at: 3 }]);
    expect(stateHash(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(stateHash(same)).toBe(stateHash(one));
    expect(stateHash(other)).not.toBe(stateHash(one));
  });

  it('does not depend on the order in which fields were written', () => {
    const input = inputOf(routine());
    const reversed = Object.fromEntries(Object.entries(input).toReversed()) as typeof input;
    expect(stateHash(replay(reversed, []))).toBe(stateHash(replay(input, [])));
  });
});

it('folds to the same state as any session, whatever its people did', () => {
  const intent = fc.oneof(
    fc.constantFrom<Intent>(
      { intent: 'go' },
      { intent: 'pause' },
      { intent: 'resume' },
      { intent: 'less' },
      { intent: 'next' },
      { intent: 'extend' },
      { intent: 'skip' },
      { intent: 'switchTechnique' },
      { intent: 'tryLighter' },
      { intent: 'stop' },
      { intent: 'acknowledge' },
      { intent: 'checkIn', local: 1, leg: 0, firmer: true },
      { intent: 'checkIn', local: 4, leg: 0, firmer: true },
    ),
    fc.constantFrom(...afterStops.slice(0, 2)).map((why): Intent => ({ intent: 'afterStop', why })),
  );
  const deed = fc.record({
    wait: fc.integer({ min: 0, max: 90_000 }),
    intent,
    button: fc.option(fc.tuple(fc.constantFrom(...buttons), fc.integer({ min: 5, max: 1500 }))),
  });
  const evening = fromLibrary('evening-legs');
  if (!evening) throw new Error('no default routine');
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 25 }), fc.integer({ min: 0, max: 30 }), (deeds, jitterMs) => {
      const run = new TestRun({ routine: evening, jitterMs }).start();
      for (const { wait, intent: one, button } of deeds) {
        run.for(wait).intend(one);
        if (button) run.press(...button);
      }
      const journal = readJournal(run.journal);
      if (!journal.ok) throw new Error(`${journal.record} ${journal.message}`);
      expect(stateHash(replay(journal.header.input, journal.events))).toBe(run.run.stateHash);
      // Folded twice it is the same again.
      expect(stateHash(replay(journal.header.input, journal.events))).toBe(run.run.stateHash);
    }),
    { numRuns: isLong ? 40 : 4 },
  );
});
