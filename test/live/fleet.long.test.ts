/**
 * `tactus fleet` in a process of its own: its commands end, with the code and the words that they have within a test
 * (test/src/cli), and a list in other terminals.
 */
import { describe, expect, it } from 'vitest';
import { topicsOf } from '../../src/mqtt/topics.ts';
import { tactus } from '../support/cli.ts';
import { SmallBroker } from '../support/small-broker.ts';
import { openTerminal } from '../support/terminal.ts';

/** A process has to begin first, and others are busy: nothing here is about how fast. */
const withinMs = 60_000;

describe('a command ends by itself', () => {
  it('with all of a long list in a pipe', async () => {
    const broker = await SmallBroker.open();
    await broker.rooms(200);
    await broker.device('room-7');
    const { code, out, err } = await tactus(['fleet', '--mqtt', broker.url, '--json']);
    const told = JSON.parse(out) as { devices: { name: string; live: boolean }[] };
    expect([code, err, told.devices.length]).toEqual([0, '', 200]);
    expect(told.devices.filter(({ live }) => live).map(({ name }) => name)).toEqual(['room-7']);
  });

  it('with the code and the line that say which device has not answered a stop', async () => {
    const broker = await SmallBroker.open();
    await broker.device('room-1');
    await broker.device('room-3', { answers: null });
    const words = ['--stop-all', '--wait', '2', '--json'];
    const { code, out, err } = await tactus(['fleet', '--mqtt', broker.url, ...words]);
    expect([code, err]).toEqual([69, 'tactus: Not stopped, or not known to be: room-3\n']);
    expect(JSON.parse(out)).toEqual([
      { name: 'room-1', result: 'confirmed', tookMs: 14 },
      { name: 'room-3', result: 'silent', tookMs: null },
    ]);
  });

  it('where its password is refused, and where a device that is gone is forgotten', async () => {
    const broker = await SmallBroker.open({ password: 'right' });
    expect(await tactus(['fleet', '--mqtt', broker.url])).toMatchObject({
      code: 77,
      out: '',
      err: expect.stringMatching(/^tactus: .*refuses this user.*\n$/),
    });
    const open = await SmallBroker.open();
    const { client } = await open.device('room-1');
    await client.publishAsync(topicsOf('room-1').availability, 'offline', { qos: 1, retain: true });
    const { code, out } = await tactus(['fleet', '--mqtt', open.url, '--forget', 'room-1', '--json']);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { name: 'room-1', topics: ['tactus/room-1/availability', 'tactus/room-1/state'] },
    ]);
  });
});

describe('in a terminal', () => {
  it('the list says that its broker is gone, and comes back with it', async () => {
    const broker = await SmallBroker.open();
    await broker.device('room-1');
    const terminal = openTerminal(['fleet', '--mqtt', broker.url]);
    await terminal.until(/room-1 +In progress/, withinMs);
    await broker.cut();
    await terminal.until(/room-1 +Silent since/, withinMs);
    await terminal.until('does not answer since', withinMs);
    await broker.listen();
    await terminal.until(/Devices: 1, live: 1/, withinMs);
    terminal.interrupt();
    expect(await terminal.ended()).toBe(130);
  });

  it('that can do nothing but print gets lines, and no control code', async () => {
    const broker = await SmallBroker.open();
    const { tell } = await broker.device('room-1');
    const terminal = openTerminal(['fleet', '--mqtt', broker.url], { term: 'dumb' });
    await terminal.until('room-1  In progress', withinMs);
    await tell({ activity: 'paused' });
    await terminal.until('room-1  Paused', withinMs);
    terminal.interrupt();
    expect(await terminal.ended()).toBe(130);
    expect(terminal.shown().replace(/\^C|[\r\n]/g, '')).not.toMatch(/\p{Cc}/u);
  });
});
