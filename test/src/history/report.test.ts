import { describe, expect, it, vi } from 'vitest';
import { chartOf } from '../../../src/history/chart.ts';
import type { KeptSession } from '../../../src/history/records.ts';
import { htmlReport } from '../../../src/history/report.ts';
import { summaryOf } from '../../../src/history/summary.ts';
import { listedSession } from '../../../src/history/tables.ts';
import { htmlTrends } from '../../../src/history/trends.ts';
import { eventful, headerOf, keptOf } from '../../support/kept.ts';

// Whole sessions and many cases: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

const hostile = '<img src=x onerror=alert(1)>"\'&</title></style><script>';

async function hostileKept(): Promise<KeptSession> {
  const kept = await keptOf();
  return {
    ...kept,
    header: { ...kept.header, routine: { id: 'x', title: hostile, plannedMs: 1 } },
    records: [
      ...kept.records.map(record => (record.type === 'phase' ? { ...record, title: hostile } : record)),
      { type: 'note', writtenAt: '2026-03-01T19:00:00.000Z', text: hostile },
    ],
  };
}

describe('a report', () => {
  it('needs nothing but itself: no script, no address, no file', async () => {
    for (const page of [htmlReport(await keptOf()), htmlTrends([listedSession(await keptOf())])]) {
      expect(page).not.toMatch(/<script|src=|@import|url\(|<link|<iframe|<object/);
      expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\/\//);
      expect(page).toContain("default-src 'none'");
    }
  });

  it('of a session in steered time says so at its head and in the note, and is counted in no trend', async () => {
    const kept = await keptOf();
    const practice: KeptSession = {
      ...kept,
      header: { ...kept.header, routine: { ...kept.header.routine, title: 'Tried out' } },
      records: [...kept.records, { type: 'steered', at: 5000 }],
    };
    const said = 'played in steered time, for practice';
    expect(htmlReport(practice).split(said)).toHaveLength(3);
    expect(htmlReport(kept)).not.toContain(said);
    const trends = htmlTrends([listedSession(practice), listedSession(kept)]);
    expect(trends).toContain(`Not counted here: 1 ${said}.`);
    expect(trends).toContain('1 sessions');
    expect(trends).not.toContain('Tried out');
    expect(htmlTrends([listedSession(kept)])).not.toContain('Not counted');
  });

  it('shows what others wrote as text and nothing else', async () => {
    const kept = await hostileKept();
    for (const made of [
      htmlReport(kept),
      htmlTrends([listedSession(kept)]),
      chartOf(kept, { alone: true }),
    ]) {
      expect(made).not.toContain('<img');
      expect(made).not.toContain('<script');
      expect(made).toContain('&lt;img src=x');
    }
  });

  it('draws pace, pressure, answers and timing, and the answers only where they are kept', async () => {
    const [scores, plain] = [
      await keptOf({ steps: eventful }),
      await keptOf({ steps: eventful, keeps: 'plain' }),
    ];
    for (const word of ['Pace', 'Pressure', 'Answers']) expect(htmlReport(scores)).toContain(word);
    // Nothing is late in virtual time: a row of zeros would tell nobody anything.
    expect(htmlReport(scores)).not.toContain('Timing error');
    const late = scores.records.map(one => (one.type === 'stroke' ? { ...one, lateMs: 3 } : one));
    expect(htmlReport({ ...scores, records: late })).toContain('Timing error');
    expect(htmlReport(plain)).not.toContain('>Answers<');
    expect(chartOf(scores).match(/class="here"/g)?.length).toBeGreaterThan(4);
  });

  it('as a file by itself says what it is of, and names each phase', async () => {
    const kept = await keptOf({ steps: eventful });
    const alone = chartOf(kept, { alone: true });
    expect(alone).toContain(`class="heading" x="0" y="16">${kept.header.routine.title}`);
    for (const [index, { title }] of summaryOf(kept).stretches.entries())
      expect(alone).toContain(`>${index + 1} ${title}: `);
  });

  it('is made of a session without a single stroke too, and of none at all', () => {
    const empty: KeptSession = { header: headerOf(), records: [], tailDropped: true };
    expect(htmlReport(empty)).toContain('Broke off');
    expect(chartOf(empty)).not.toMatch(/NaN|Infinity|undefined/);
    expect(htmlTrends([])).toContain('No session is kept yet.');
  });

  it('has no number that is none, in any drawing', async () => {
    for (const made of [
      htmlReport(await keptOf({ steps: eventful })),
      htmlTrends([listedSession(await keptOf())]),
    ])
      expect(made).not.toMatch(/NaN|Infinity|undefined/);
  });
});
