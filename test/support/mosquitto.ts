/**
 * A real broker of a test's own: Debian's mosquitto on a free port of loopback, with its files in a folder that goes
 * with it. It can be killed without a word and begun anew on the same port; it is ended in any case.
 */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Ended } from './cli.ts';

/** Debian keeps it where only the administrator's shell looks. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

function found(name: string): string | null {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // It is not there.
    }
  }
  return null;
}

const program = found('mosquitto');
/** Whether there is a mosquitto here, with what sets its passwords. Where there is none a test says that it was not run. */
export const hasMosquitto = program !== null && found('mosquitto_passwd') !== null;
/** Whether its two clients are here as well. */
export const hasMosquittoClients =
  hasMosquitto && found('mosquitto_sub') !== null && found('mosquitto_pub') !== null;

export type MosquittoOptions = Readonly<{
  /** Who may enter, with their passwords; without any everybody may. */
  users?: Readonly<Record<string, string>>;
  /** As PEM: it is spoken to by TLS only. */
  tls?: Readonly<{ key: string; cert: string }>;
  /** Its list of who may read and write where. */
  acl?: string;
  /** Further lines of its settings. */
  settings?: readonly string[];
}>;

const upWithinMs = 15_000;
const tries = 5;
const mostPorts = 100;

/**
 * A port that nobody has. Below those that the system hands out by itself: a client that asks for one of those while
 * nobody listens there may be given that very port, and be answered by itself.
 */
export async function freePort(): Promise<number> {
  for (let left = mostPorts; left > 0; left--) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
  throw new Error(`no free port among ${mostPorts} below those that the system hands out`);
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    const done = (isUp: boolean): void => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });

/** Should the test's own process go first. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export class Mosquitto {
  readonly port: number;
  readonly #folder: string;
  readonly #config: string;
  #child: ChildProcess | null = null;
  #said = '';

  private constructor(port: number, folder: string, config: string) {
    this.port = port;
    this.#folder = folder;
    this.#config = config;
  }

  /** Resolves once it listens. */
  static async start(options: MosquittoOptions = {}): Promise<Mosquitto> {
    for (let left = tries; ; left--) {
      const port = await freePort();
      const broker = Mosquitto.#prepared(port, options);
      try {
        await broker.begin();
        return broker;
      } catch (error) {
        await broker.stop();
        // Somebody else may have taken the port meanwhile.
        if (left <= 1) throw error;
      }
    }
  }

  static #prepared(port: number, { users = {}, tls, acl, settings = [] }: MosquittoOptions): Mosquitto {
    const folder = mkdtempSync(join(tmpdir(), 'tactus-mosquitto-'));
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const names = Object.keys(users);
    const passwords = file('passwords', names.map(name => `${name}:${users[name]}\n`).join(''));
    if (names.length > 0) {
      const { status, stderr } = spawnSync(found('mosquitto_passwd') ?? '', ['-U', passwords]);
      if (status !== 0) throw new Error(`mosquitto_passwd ended with ${status}: ${stderr}`);
    }
    const lines = [
      // Otherwise it would become somebody who cannot read these files, where it is root who starts it.
      `user ${userInfo().username}`,
      `listener ${port} 127.0.0.1`,
      ...(names.length > 0 ? [`password_file ${passwords}`] : []),
      `allow_anonymous ${names.length === 0}`,
      ...(tls ? [`keyfile ${file('key.pem', tls.key)}`, `certfile ${file('cert.pem', tls.cert)}`] : []),
      ...(acl === undefined ? [] : [`acl_file ${file('acl', acl)}`]),
      'persistence false',
      'log_dest stderr',
      ...settings,
    ];
    return new Mosquitto(port, folder, file('mosquitto.conf', `${lines.join('\n')}\n`));
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** What it has written to its log. */
  get log(): string {
    return this.#said;
  }

  /** Begins, anew where it was killed. Resolves once it listens. */
  async begin(): Promise<void> {
    if (this.#child) throw new Error('it runs already');
    const child = spawn(program ?? 'mosquitto', ['-c', this.#config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.stderr.on('data', bytes => {
      this.#said = `${this.#said}${String(bytes)}`.slice(-20_000);
    });
    const until = performance.now() + upWithinMs;
    while (!(await answers(this.port))) {
      if (child.exitCode !== null || performance.now() > until)
        throw new Error(`mosquitto does not listen at ${this.port}: ${this.#said}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    // Another one may listen there, and this one have found the port taken.
    if (child.exitCode !== null) throw new Error(`mosquitto ended: ${this.#said}`);
  }

  /** As a power cut ends it: nobody is told anything. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** It is gone, and all of its files with it. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** As somebody at a shell listens: `mosquitto_sub` with these words, to its end. */
  sub(...words: readonly string[]): Promise<Ended> {
    return this.#client('mosquitto_sub', words);
  }

  /** As somebody at a shell publishes. */
  pub(...words: readonly string[]): Promise<Ended> {
    return this.#client('mosquitto_pub', words);
  }

  #client(name: string, words: readonly string[]): Promise<Ended> {
    const where = ['-h', '127.0.0.1', '-p', String(this.port)];
    return new Promise(resolve => {
      execFile(found(name) ?? name, [...where, ...words], { timeout: 60_000 }, (error, out, err) => {
        resolve({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, out, err });
      });
    });
  }
}
