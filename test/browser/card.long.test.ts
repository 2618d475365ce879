/** The screening to print: one sheet, with nothing the browser would complain of. */
import { beforeAll, expect, test } from 'vitest';
import { screeningCard } from '../../machines/text/card.ts';
import { type Opened, openPages } from '../support/opened.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openPages();
  return opened.close;
});

test('fits one sheet of A4', async () => {
  const page = await opened.newPage();
  await page.setContent(screeningCard());
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
  expect(opened.complaints).toEqual([]);
});
