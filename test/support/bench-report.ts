/** A report as a run writes it, small: rows of every kind, and some that are hard to draw. */
import type { Report } from '../../src/app/bench/report.ts';
import { type AnyRow, row, unmeasured } from '../../src/app/bench/rows.ts';

const values = { every: 250, over: '2 min', busy: 4, lateMs: 10, share: '0.1 %', routine: 'x', minutes: 3 };

export const sampleRows: readonly AnyRow[] = [
  row('drift-idle', {
    unit: 'ms',
    samples: [0.4, 0.5, 0.9, 0.2],
    by: 'absolute deadlines',
    instead: [
      { by: 'setInterval', samples: [1, 2, 3, 4] },
      { by: 'Johnny-Five’s animation', why: 'not here' },
    ],
    limit: 0,
    values,
  }),
  row('stop-kill', {
    unit: 'ms',
    samples: [212.5, 254.1],
    instead: [{ by: 'stock Firmata', why: 'never: it holds what it was told last' }],
    limit: 250,
  }),
  row('session-machines', {
    unit: 'ms',
    samples: [400, 120, 100],
    instead: [{ by: 'waiting for it', samples: [3_900_000] }],
    values,
  }),
  row('sessions', {
    unit: 'sessions',
    better: 'more',
    samples: [500],
    instead: [{ by: 'XState, a chain of after for each', samples: [300] }],
    limit: 900,
    values,
  }),
  unmeasured('memory-busy', 'MB', 'no such <file> & "folder"'),
];

export const sampleReport: Report = {
  machine: {
    cpu: 'A <fast> chip & more',
    cores: 2,
    memoryMb: 2048,
    os: 'Linux 6',
    node: '20.19.0',
    version: '0.1.0',
    commit: '0123abcdef',
    date: '2026-01-02',
  },
  beatsS: 120,
  tookS: 400.4,
  rows: sampleRows,
};
