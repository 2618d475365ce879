/**
 * A hundred presses of STOP while hands move. How many ms each takes is the machine's, and stands in `npm run
 * bench:page`; that none waits for anything of the page's is the page's, and stands here.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hundredStops } from '../support/hundred-stops.ts';
import { type MovingPhone, openMovingPhone } from '../support/moving-phone.ts';

let phone: MovingPhone;
beforeAll(async () => {
  phone = await openMovingPhone();
});
afterAll(async () => {
  await phone?.opened.close();
});

test('each is said in the very task of its contact, whatever the fingers do then, the phone upright or on its side', async () => {
  const { missed, said } = await hundredStops(phone.page, phone.touches);
  expect([missed, said.length >= 100, said.filter(one => !one.atContact)]).toEqual([[], true, []]);
});
