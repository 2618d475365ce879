/** What two readers would read differently is refused: fields that stand twice, signs that cannot be seen. */
import { describe, expect, it } from 'vitest';
import { checkCues } from '../../../machines/cues/check.ts';
import { goodPartOf, readJournal } from '../../../src/journal/journal.ts';
import { parseScript } from '../../../src/simulation/script.ts';
import { faultsOf, rootFile } from '../../support/files.ts';
import { begun, simulated } from '../../support/simulated.ts';

describe('a field that appears twice', () => {
  it.each([
    ['[{"at":0,"at":9000,"intent":"stop"}]', 'step 1: at appears twice'],
    [
      '[{"at":0,"intent":"stop"},{"at":1,"intent":"screen","answers":{"S1":"no","S1":"yes"}}]',
      'step 2: answers.S1 appears twice',
    ],
    ['[{"on":"paused","expect":{"phase":"a","phase":"b"}}]', 'step 1: expect.phase appears twice'],
  ])('in a script is refused: %s', (text, issue) => {
    expect(parseScript(text)).toEqual({ ok: false, issues: [issue] });
  });

  it('in a cue is refused', () => {
    const [found] = checkCues(['{"id":"TAP","id":"GLIDE","rank":1,"pulses":[]}']);
    expect(found).toMatchObject({ ok: false, issues: [{ path: '$.id', message: 'appears twice' }] });
  });
});

describe('a title', () => {
  it.each([
    ['a turn of the direction', 'Legs \u202Egnik'],
    ['an isolate', 'Legs \u2066x'],
    ['no width', 'Le\u200Bgs'],
    ['a joiner', 'Le\u200Dgs'],
    ['a byte-order mark', 'Le\uFEFFgs'],
    ['half a sign', 'Legs \uD83D'],
    ['a tag', 'Legs \u{E0041}'],
    ['a soft hyphen', 'Le\u00ADgs'],
    ['a line of its own', 'Legs\u2028x'],
  ])('with %s is refused', (_, title) => {
    expect(faultsOf(rootFile({ title })).join()).toMatch(/must not contain characters/);
  });

  it.each(['Beine, Füße 🦵', '腿', 'ساق', 'Legs ❤️'])('%s is fine', title => {
    expect(faultsOf(rootFile({ title }))).toEqual([]);
  });
});

describe('a journal', () => {
  it('with a byte-order mark and CRLF holds; damaged, all before the damage does', async () => {
    const { journal } = await simulated({ steps: [...begun, { at: 10_000, intent: 'stop' }] });
    const read = readJournal(journal);
    expect(readJournal(`\uFEFF${journal.replaceAll('\n', '\r\n')}`)).toEqual(read);
    const lines = journal.split('\n');
    const torn = [...lines.slice(0, 6), lines[6]?.replace('"', "'"), ...lines.slice(7)].join('\n');
    const part = goodPartOf(torn);
    expect('header' in part && [part.events.length, part.flaw?.record]).toEqual([5, 6]);
    expect(readJournal(torn)).toMatchObject({ ok: false, record: 6 });
  });
});
