/** The keeping worker's end of the line to the worker that paces: what it says is written, and it hears what is kept. */

import type { BrowserKeeping } from '../keeping.ts';
import type { FromKeeper, ToKeeper } from '../kept-messages.ts';
import type { KeepFailure } from '../rows/database.ts';
import type { SessionRecordings } from './recordings.ts';

/** As much of a port as is needed of it. */
export type RecordingPort = Readonly<{ postMessage(message: FromKeeper): void }> & {
  onmessage: ((event: MessageEvent<ToKeeper>) => void) | null;
};

export type RecordingEndPorts = Readonly<{
  keeping: BrowserKeeping;
  recordings: SessionRecordings;
  /** A session is over, or has begun: other tabs list it. */
  wentOver(): void;
}>;

export class RecordingEnd {
  readonly #ports: RecordingEndPorts;
  #line: RecordingPort | null = null;

  constructor(ports: RecordingEndPorts) {
    this.#ports = ports;
  }

  /** The worker that paces from now on; the one before it is gone. */
  async join(line: RecordingPort): Promise<void> {
    this.#line = line;
    line.onmessage = ({ data }) => void this.#heard(data);
    await this.#state();
  }

  /** Something that is kept has changed, here or in another tab. */
  changed(what: 'sessions' | 'routines'): void {
    this.#line?.postMessage({ changed: what });
    if (what === 'routines') void this.#state();
  }

  failed(id: string, failure: KeepFailure): void {
    this.#line?.postMessage({ failed: id, why: failure.message });
  }

  async #state(): Promise<void> {
    const line = this.#line;
    line?.postMessage({ state: await this.#ports.keeping.state() });
  }

  async #heard(said: ToKeeper): Promise<void> {
    const { keeping, recordings, wentOver } = this.#ports;
    if ('over' in said) {
      await keeping.eraseOld({ why: 'over', id: said.over });
      this.#line?.postMessage({ changed: 'sessions' });
      wentOver();
      return;
    }
    if ('close' in said) {
      await recordings.close(said.close);
      return;
    }
    if ('begin' in said) {
      await recordings.begin(said.begin, said.text);
      this.#line?.postMessage({ changed: 'sessions' });
      wentOver();
    } else await recordings.add(said.add, said.text);
    this.#line?.postMessage({ written: said.text.length });
  }
}
