/** A process of many devices, from the side of the test that began it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../../src/installed.ts';
import type { ManyGiven, ManyNews, ManyWord } from './many-devices-talk.ts';

type NewsOf<Is extends ManyNews['is']> = Extract<ManyNews, { is: Is }>;

export class DeviceHost {
  readonly memory: NewsOf<'memory'>[] = [];
  readonly #child: ChildProcess;
  #told: NewsOf<'told'> | null = null;
  #up = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (news: ManyNews) => {
      if (news.is === 'memory') this.memory.push(news);
      if (news.is === 'up') this.#up = news.count;
      if (news.is === 'told') this.#told = news;
    });
  }

  /** Resolves once every session is simulated, and the devices begin to connect. */
  static async start(given: ManyGiven): Promise<DeviceHost> {
    const script = join(packageRoot, 'test', 'faults', 'support', 'many-devices.ts');
    const child = fork(script, [JSON.stringify(given)], {
      cwd: packageRoot,
      execArgv: ['--expose-gc', '--import', 'tsx'],
    });
    const host = new DeviceHost(child);
    await new Promise<void>((resolve, reject) => {
      child.on('message', ({ is }: ManyNews) => {
        if (is === 'ready') resolve();
      });
      child.once('exit', code => reject(new Error(`the devices ended with ${code}`)));
    });
    return host;
  }

  /** How many are on the broker, a tenth of a second ago at most. */
  get up(): number {
    return this.#up;
  }

  say(word: ManyWord): void {
    this.#child.send(word);
  }

  /** What they have told so far. */
  async told(): Promise<NewsOf<'told'>> {
    this.#told = null;
    this.say('finish');
    for (let tries = 0; tries < 1000; tries++) {
      const told = this.#told as NewsOf<'told'> | null;
      if (told) return told;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    throw new Error('the devices do not say what they have told');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    if (this.#child.connected) this.say('close');
    await gone;
    clearTimeout(late);
  }
}
