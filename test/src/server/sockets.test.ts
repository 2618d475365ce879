/** Room for clients: some is kept for paired phones, some for this machine's own page, and no phone takes it all. */
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Guest } from '../../../src/server/lan/pairing.ts';
import { type OtherClients, Sockets } from '../../../src/server/sockets.ts';
import { Viewers } from '../../../src/server/viewers.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const routine = fromLibrary('first-touch');
if (!routine) throw new Error('the library has lost first-touch');

const phone = (id: number): Guest => ({ id, role: 'remote', name: '', from: 'x' });
const from = (address: string) => ({ socket: { remoteAddress: address } }) as unknown as IncomingMessage;

/** Sockets beside lines that are there already, each of a phone and from an address. */
const beside = (lines: readonly (readonly [id: number, address: string])[]): Sockets => {
  const clock = new VirtualClock();
  const sessions = new Sessions({ clock, driver: new StandInDriver(), product: 'test' }, { routine });
  const others: OtherClients = {
    count: lines.length,
    of: wanted => lines.filter(([, address]) => address === wanted).length,
    ofGuest: ({ id }) => lines.filter(([one]) => one === id).length,
  };
  return new Sockets({ clock, viewers: new Viewers({ sessions, now: () => clock.now() }) }, others);
};

const lines = (count: number, of: (nth: number) => readonly [number, string]) =>
  Array.from({ length: count }, (_, nth) => of(nth));

test.each([
  ['nobody there', [], true, true],
  ['seven pages of one phone, from seven addresses', lines(7, nth => [1, `a${nth}`]), true, true],
  ['eight of one phone, from eight addresses', lines(8, nth => [1, `a${nth}`]), false, true],
  ['eight of its address, of eight phones', lines(8, nth => [10 + nth, 'a']), false, true],
  ['39 of others', lines(39, nth => [10 + nth, `b${nth}`]), true, true],
  ['40 of others: the rest is this machine’s own', lines(40, nth => [10 + nth, `b${nth}`]), false, true],
  ['50 of whoever', lines(50, nth => [10 + nth, `b${nth}`]), false, false],
] as const)('%s', (_, there, phoneFits, pageFits) => {
  const sockets = beside(there);
  expect(sockets.fullFor(from('a'), phone(1))?.status).toBe(phoneFits ? undefined : 503);
  expect(sockets.fullFor(from('127.0.0.1'))?.status).toBe(pageFits ? undefined : 503);
  sockets.close();
});

test('what one phone takes is nobody else’s loss', () => {
  const sockets = beside(lines(8, nth => [1, `a${nth}`]));
  expect(sockets.fullFor(from('c'), phone(2))).toBeNull();
  sockets.close();
});
