/** `start` from outside: on one loopback port, ended by signals and by a script, refused with reasons. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { startController } from '../support/controller.ts';
import { repeatedIfStarved } from '../support/starved.ts';

/** The first line of a child's output. */
async function firstLine(child: ReturnType<typeof spawn>): Promise<string> {
  let output = '';
  for await (const bytes of child.stdout ?? []) {
    output += String(bytes);
    const end = output.indexOf('\n');
    if (end >= 0) return output.slice(0, end);
  }
  return output;
}

test(
  'each signal ends it with its own code once the motors are off',
  repeatedIfStarved(async () => {
    const codes: (number | null)[] = [];
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      codes.push(await (await startController('--headless')).stop(signal));
    expect(codes).toEqual([130, 143, 129]);
  }),
);

test(
  'a taken port is told with the way out',
  repeatedIfStarved(async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const child = spawn(process.execPath, ['src/tactus.js', 'start', '--http', String(port)], {
      cwd: packageRoot,
    });
    let errors = '';
    child.stderr.on('data', bytes => {
      errors += String(bytes);
    });
    const [code] = await once(child, 'exit');
    taken.close();
    expect(code).toBe(75);
    expect(errors).toContain(`port ${port} is taken`);
    expect(errors).toContain('--http');
    expect(errors).not.toMatch(/\n\s+at /);
  }),
);

test(
  'without a page it says only that it is ready, and a script ends it with the outcome',
  repeatedIfStarved(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tactus-'));
    const script = join(folder, 'leave.json');
    writeFileSync(
      script,
      JSON.stringify([{ at: 100, intent: 'screen', complaint: true, answers: { S9: 'yes' } }]),
    );
    const child = spawn(process.execPath, ['src/tactus.js', 'start', '--headless', '--script', script], {
      cwd: packageRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    expect(await firstLine(child)).toBe('ready');
    const [code] = await exited;
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
  }),
);

test('a port that is no board is refused with a reason', () => {
  const tried = spawnSync(process.execPath, ['src/tactus.js', 'start', '--board', '/nowhere/tty'], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  expect(tried.status).toBe(69);
  expect(tried.stderr).toBe(
    'tactus: /nowhere/tty: there is no such port; tactus ports lists the ports there are\n',
  );
});

test(
  'it is reached on loopback and nowhere else',
  repeatedIfStarved(async () => {
    const controller = await startController();
    const port = Number(new URL(controller.address).port);
    const reaches = (host: string): Promise<boolean> =>
      new Promise(resolve => {
        const socket = connect({ host, port, timeout: 2000 });
        const tell = (reached: boolean) => () => {
          socket.destroy();
          resolve(reached);
        };
        socket.on('connect', tell(true)).on('error', tell(false)).on('timeout', tell(false));
      });
    const others = Object.values(networkInterfaces()).flatMap(
      list =>
        list
          ?.filter(({ internal, family }) => !internal && family === 'IPv4')
          .map(({ address }) => address) ?? [],
    );
    try {
      expect(await reaches('127.0.0.1')).toBe(true);
      for (const host of ['127.0.0.2', ...others]) expect([host, await reaches(host)]).toEqual([host, false]);
    } finally {
      await controller.stop();
    }
  }),
);
