/** A second start beside a session under way disturbs nothing of it. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { tactus } from '../support/cli.ts';
import { startControllerIn } from '../support/controller.ts';
import { repeatedIfStarved } from '../support/starved.ts';

test(
  'a journal that a session writes is nobody else’s, however often another one is to write it',
  repeatedIfStarved(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tactus-'));
    const journal = join(folder, 'session.jsonl');
    const begin = join(folder, 'begin.json');
    writeFileSync(
      begin,
      JSON.stringify([
        { at: 0, intent: 'screen', complaint: false, others: 'no' },
        { at: 0, intent: 'confirm', step: 'position' },
        { at: 0, intent: 'baseline', local: 0, leg: 0 },
        { at: 0, intent: 'start' },
      ]),
    );
    const words = ['--routine', 'first-touch', '--journal', journal];
    const first = await startControllerIn(folder, ...words, '--script', begin);
    const records = (): string => readFileSync(journal, 'utf8');
    await expect.poll(records, { timeout: 10_000 }).toContain('session.start');
    const before = records();
    for (const state of [folder, mkdtempSync(join(tmpdir(), 'tactus-'))]) {
      process.env.TACTUS_STATE = state;
      const next = await tactus(['start', '--http', '0', ...words]);
      delete process.env.TACTUS_STATE;
      expect(next.code).toBe(75);
      expect(next.err).toContain(`tactus: ${journal}: `);
      expect(next.err).toContain(String(first.child.pid));
    }
    expect(records().startsWith(before)).toBe(true);
    expect(
      readdirSync(folder).filter(name => name.startsWith('session.jsonl.') && !name.endsWith('.lock')),
    ).toEqual([]);
    await first.stop();
    expect((await tactus(['replay', journal])).code).toBe(0);
  }),
);

test(
  'it ends with 75 and untrue words are not said; what the first one leaves is found later',
  repeatedIfStarved(async () => {
    const state = mkdtempSync(join(tmpdir(), 'tactus-'));
    const first = await startControllerIn(state, '--routine', 'first-touch');
    const { host, origin, port } = new URL(first.address);
    const socket = new WebSocket(`ws://${host}/ws`, { origin });
    await once(socket, 'message');
    let id = 0;
    const say = (intent: object): void =>
      socket.send(JSON.stringify({ v: 1, id: ++id, type: 'intent', intent }));
    say({ intent: 'screen', complaint: false, others: 'no' });
    say({ intent: 'confirm', step: 'position' });
    say({ intent: 'baseline', local: 0, leg: 0 });
    say({ intent: 'start' });
    await new Promise(resolve => setTimeout(resolve, 1500));

    process.env.TACTUS_STATE = state;
    const second = await tactus(['start', '--http', port]);
    delete process.env.TACTUS_STATE;
    expect([second.code, second.err]).toEqual([75, expect.stringMatching(/^tactus: port \d+ is taken/)]);

    const exited = once(first.child, 'exit');
    first.child.kill('SIGKILL');
    await exited;
    socket.terminate();
    const third = await startControllerIn(state);
    expect(third.errors()).toMatch(/the last session broke off at "Find the beat"/);
    await third.stop();
  }),
);
