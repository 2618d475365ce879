/** `tactus fleet` as a person starts it: each of its commands in a process of its own, and a list in other terminals. */
import { describe, expect, it } from 'vitest';
import { tactus } from '../support/cli.ts';
import { fleetStories } from '../support/fleet-stories.ts';
import { SmallBroker } from '../support/small-broker.ts';
import { openTerminal } from '../support/terminal.ts';

/** A process has to begin first, and others are busy: nothing here is about how fast. */
const withinMs = 60_000;

fleetStories(tactus);

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
