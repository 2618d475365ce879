import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { JournalWriter } from '../../src/journal/journal.ts';
import { parsedTrace, scratch } from '../support/cli.ts';
import { tactusHere } from '../support/in-process.ts';
import { routine, shortPhases } from '../support/routines.ts';
import { inputOf } from '../support/session.ts';

const { path, file } = scratch();
let journal = '';
beforeAll(async () => {
  const ended = await tactusHere(['simulate', 'first-touch', '--journal', path('good.journal')]);
  expect(ended.code).toBe(0);
  journal = readFileSync(path('good.journal'), 'utf8');
});

describe('tactus replay', () => {
  it('tells the state, the outcome and the number of records', async () => {
    const ended = await tactusHere(['replay', path('good.journal'), '--json']);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({
      state: 'completed',
      outcome: 'completed',
      records: journal.trimEnd().split('\n').length - 1,
      tailDropped: false,
      wentBackAt: null,
    });
  });

  it('ends with 65 where the chain breaks, naming the record', async () => {
    const lines = journal.split('\n');
    const altered = lines
      .map((line, index) => (index === 12 ? line.replace(/"at":\d+/, '"at":1') : line))
      .join('\n');
    const ended = await tactusHere(['replay', file('altered.journal', altered)]);
    expect([ended.code, ended.out]).toEqual([65, '']);
    expect(ended.err).toBe(
      `tactus: ${path('altered.journal')}: record 12 (line 13) does not follow from the records before it\n`,
    );
  });

  it('leaves out a last line that was cut off, and says so', async () => {
    const ended = await tactusHere(['replay', file('cut.journal', journal.slice(0, -30))]);
    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^[0-9a-f]{64}\n$/);
    expect(ended.err).toMatch(/the last record was cut off and is left out/);
  });

  it('folds a session that has not ended as far as it came', async () => {
    const half = `${journal.split('\n').slice(0, 40).join('\n')}\n`;
    const ended = await tactusHere(['replay', file('half.journal', half), '--json']);
    expect(JSON.parse(ended.out)).toMatchObject({ state: 'warmUp', outcome: null, records: 39 });
  });

  it.each([
    ['nothing', ''],
    ['no journal', 'hello\n'],
    ['a trace', '{"at":0,"type":"state","state":"screening"}\n'],
  ])('ends with 65 on %s', async (name, text) => {
    const ended = await tactusHere(['replay', file(`${name}.journal`, text)]);
    expect([ended.code, ended.err]).toEqual([65, expect.stringContaining('record 0')]);
  });

  it('ends with 65, not with a fault of ours, on a journal that is well formed and says nonsense', async () => {
    let text = '';
    const bathed = routine(shortPhases, { preparation: { bath: { tempC: 38, minutes: 12, restMin: 5 } } });
    const writer = new JournalWriter(
      line => {
        text += line;
      },
      { product: 'x', screeningVersion: '1', input: inputOf(bathed) },
    );
    writer.append({ type: 'screening.cleared', at: 0 } as never);
    const ended = await tactusHere(['replay', file('nonsense.journal', text)]);
    expect(ended.code).toBe(65);
    expect(ended.err).toMatch(
      /^tactus: .*nonsense\.journal: record 1 \(line 2\) is not an event of a session/,
    );
  });

  it('ends with 66 on a journal that is not there, 64 on none at all', async () => {
    expect((await tactusHere(['replay', path('none.journal')])).code).toBe(66);
    expect((await tactusHere(['replay'])).code).toBe(64);
  });
});

it('the journal of a session holds as many records as its trace has reasons for', () => {
  const records = parsedTrace(journal) as unknown as { type?: string }[];
  expect(records.filter(({ type }) => type === 'screening.cleared')).toHaveLength(1);
  expect(records.filter(({ type }) => type === 'session.start')).toHaveLength(1);
});
