/** `bringup` as a process in a terminal, on the emulated board behind a serial port: the way through, and a port that is not ours. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { type AtTheBench, mayHold, toFirstTouch, toMotors } from '../support/bringup.ts';
import { type PluggedBoard, plugBoard, udevFolder, usbUno } from '../support/serial-board.ts';
import { repeatedIfStarved } from '../support/starved.ts';
import { openTerminal } from '../support/terminal.ts';

let plugged: PluggedBoard | null = null;

afterEach(() => {
  plugged?.unplug();
  plugged = null;
});

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

test(
  'a board that is wired rightly is led through LED, GO, LESS, STOP, each motor and which is nearer, into first-touch',
  repeatedIfStarved(async () => {
    const on = await plugBoard();
    plugged = on;
    const at = openTerminal(['bringup', '--http', '0'], { front: udevFolder([usbUno(on.path)]) });
    const bench: AtTheBench = { at, on, pause };
    await mayHold(at);
    await toMotors(bench);
    await toFirstTouch(bench, driven => expect(driven).toEqual([pins.left]));
    at.interrupt();
    expect(await at.ended()).toBe(130);
    const kept = JSON.parse(readFileSync(join(at.state, 'boards.json'), 'utf8'));
    expect(kept.boards['usb:95530343234351A0B0C1'].calibration.swapped).toBe(true);
  }),
);

test(
  'a person who is not in the group dialout is told to join it',
  repeatedIfStarved(async () => {
    const on = await plugBoard();
    plugged = on;
    chmodSync(on.path, 0o000);
    const front = udevFolder([usbUno(on.path)]);
    const at = openTerminal(['bringup'], { front, asNobodySpecial: true });
    await mayHold(at);
    await at.until('add yourself to the group dialout');
    expect(await at.ended()).toBe(77);
  }),
);
