/** A second start beside a session under way disturbs nothing of it. */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { tactus } from '../support/cli.ts';
import { startControllerIn } from '../support/controller.ts';
import { repeatedIfStarved } from '../support/starved.ts';

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
