/** `start` on a port that runs another firmware, and on one that another controller holds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PseudoTerminal } from '../../simulator/avr/pseudo-terminal.ts';
import { packageRoot } from '../../src/installed.ts';
import { tactus } from '../support/cli.ts';
import { OtherFirmwareLine } from '../support/other-firmware.ts';
import { plugBoard } from '../support/serial-board.ts';
import { repeatedIfStarved } from '../support/starved.ts';

const start = (path: string) => {
  const child = spawn(
    process.execPath,
    [join(packageRoot, 'src', 'tactus.js'), 'start', '--headless', '--board', path],
    {
      cwd: packageRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TACTUS_STATE: mkdtempSync(join(tmpdir(), 'tactus-state-')) },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', bytes => {
      said += String(bytes);
    });
  return { child, said: () => said };
};

test(
  'another firmware is named in one sentence that offers tactus flash, and no motor pin of it is touched',
  repeatedIfStarved(async () => {
    const terminal = await PseudoTerminal.open();
    const board = new OtherFirmwareLine();
    board.on('data', (bytes: Uint8Array) => terminal.write(bytes));
    const reading = setInterval(() => {
      const bytes = terminal.read();
      if (bytes && bytes.length > 0) board.write(bytes);
    }, 2);
    const { child, said } = start(terminal.path);
    try {
      await expect.poll(said, { timeout: 20_000 }).toContain('ready');
      expect(said()).toContain(
        `${terminal.path}: runs StandardFirmata.ino: its LED and its buttons work, its motors are never driven; tactus flash ${terminal.path} installs the Tactus firmware\n`,
      );
      child.kill('SIGTERM');
      expect((await once(child, 'exit'))[0]).toBe(143);
      expect([board.analog, board.modes.filter(([, pin]) => pin === 5 || pin === 6)]).toEqual([[], []]);
    } finally {
      child.kill('SIGKILL');
      clearInterval(reading);
      terminal.close();
    }
  }),
  40_000,
);

test(
  'a port that another controller holds: 75, and who it is',
  repeatedIfStarved(async () => {
    const board = await plugBoard();
    const { child, said } = start(board.path);
    try {
      await expect.poll(said, { timeout: 20_000 }).toContain('ready');
      const second = await tactus(['start', '--headless', '--board', board.path]);
      expect(second.code).toBe(75);
      expect(second.err).toMatch(new RegExp(`\\(process ${child.pid}\\) holds it; end that first\n$`));
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
      board.unplug();
    }
  }),
  40_000,
);
