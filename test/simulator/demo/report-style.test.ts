/** A report that the page without a server opens has the page's own policy: its style has to be named there. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { htmlReport } from '../../../src/history/report.ts';
import { htmlTrends } from '../../../src/history/trends.ts';
import { packageRoot } from '../../../src/installed.ts';
import { headerOf } from '../../support/kept.ts';

const page = readFileSync(join(packageRoot, 'simulator/demo/index.html'), 'utf8');

it.each([
  ['a session', htmlReport({ header: headerOf(), records: [], tailDropped: false })],
  ['sessions over time', htmlTrends([])],
])('the style of a report of %s is allowed by what it is', (_, report) => {
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(report) ?? [];
  expect(style.length).toBeGreaterThan(1000);
  expect(report).not.toMatch(/ style="/);
  expect(page).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
});
