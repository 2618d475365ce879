/** Another living process that has a file open, as the one has that writes a session. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export class Holder {
  readonly #child: ChildProcess = spawn(
    'sh',
    ['-c', 'read -r path; exec 3<"$path"; echo held; read -r end'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('no shell could be started');
    return pid;
  }

  async hold(path: string): Promise<void> {
    this.#child.stdin?.write(`${path}\n`);
    if (this.#child.stdout) await once(this.#child.stdout, 'data');
  }

  async end(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }
}
