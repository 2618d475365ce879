/** `tactus fleet` as a person starts it, with a broker and devices on it; the rest of it in test/src/cli. */
import { describe, expect, it } from 'vitest';
import { tactus } from '../support/cli.ts';
import { SmallBroker } from '../support/small-broker.ts';
import { openTerminal } from '../support/terminal.ts';

/** A process has to begin first, and others are busy: nothing here is about how fast. */
const withinMs = 60_000;

describe('the list', () => {
  it('is printed once into a pipe, without a control code, whatever others have published', async () => {
    const broker = await SmallBroker.open();
    await broker.device('room-1');
    await broker.keep('tactus/room-2/state', '\x1b]0;owned\x07\x1b[2J');
    await broker.keep('tactus/room-3/availability', 'offline');
    await broker.keep('tactus/room-4/state', Buffer.alloc(1_000_000, ' '));
    await broker.keep('tactus/\x1b[2J/state', '{}');
    const { code, out, err } = await tactus(['fleet', '--mqtt', broker.url]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^room-1 +In progress · Strokes · phase 3 of 12 · Lower leg · left +\d+:\d\d +light/m,
    );
    expect(out).toMatch(/^room-3 +Silent/m);
    expect(out).toContain('Devices: 2, live: 1, silent: 1');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('in a terminal', () => {
  it('the list is live, S and y stop all, and q ends it', async () => {
    const broker = await SmallBroker.open();
    const { tell } = await broker.device('room-1');
    const terminal = openTerminal(['fleet', '--mqtt', broker.url]);
    await terminal.until(/room-1 +In progress/, withinMs);
    await tell({ activity: 'asking' });
    await terminal.until(/room-1 +Asking how it is/, withinMs);
    await broker.device('room-2');
    await terminal.until(/room-2 +In progress/, withinMs);
    terminal.type('S');
    await terminal.until('Stop all 2 devices?', withinMs);
    terminal.type('y');
    await terminal.until('Stopped, confirmed: 2 of 2', withinMs);
    await terminal.until(/room-1 +Stopped, motors off/, withinMs);
    terminal.type('q');
    expect(await terminal.ended()).toBe(0);
  });
});
