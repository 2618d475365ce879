/**
 * The board in a worker, as the main thread sees it: a serial port, buttons, and the scope's events.
 *
 * Events beside those of a port: `ready` (the board is on), `scope` (ScopeEvent), `reset` (cause, board time) and
 * `stalled` (skipped ms, board time). Where the worker dies, the port closes as if unplugged, with the reason.
 */
import type { Button } from '../../machines/vocabulary.ts';
import { EmulatedPort, UnpluggedError } from './emulated-port.ts';
import type { BoardChannel, FromBoard } from './messages.ts';
import type { ScopeEvent } from './scope.ts';
import type { Drive, ResetCause } from './uno.ts';

export type ClientOptions = Readonly<{ hex: string; seed?: number; eeprom?: Uint8Array }>;

export class UnoClient extends EmulatedPort {
  private readonly channel: BoardChannel;

  constructor(channel: BoardChannel, options: ClientOptions) {
    super();
    this.channel = channel;
    channel.listen(
      message => this.heard(message),
      error => this.lost(error),
    );
    channel.post({ type: 'start', ...options });
  }

  setPin(pin: number, drive: Drive): void {
    this.channel.post({ type: 'setPin', pin, drive });
  }

  press(button: Button): void {
    this.channel.post({ type: 'press', button });
  }

  release(button: Button): void {
    this.channel.post({ type: 'release', button });
  }

  reset(cause: ResetCause): void {
    this.channel.post({ type: 'reset', cause });
  }

  /** Duty and level events, in the order of their stamps on the board's clock. Returns how to unsubscribe. */
  subscribe(listener: (event: ScopeEvent) => void): () => void {
    this.on('scope', listener);
    return () => this.off('scope', listener);
  }

  /** Ends the worker. The port is closed first. */
  async end(): Promise<void> {
    this.close();
    await this.channel.end();
  }

  protected override put(bytes: Uint8Array): void {
    // A copy: the caller may go on using his buffer.
    this.channel.post({ type: 'write', bytes: Uint8Array.from(bytes) });
  }

  protected override cut(): void {
    this.channel.post({ type: 'cutLine' });
  }

  private heard(message: FromBoard): void {
    if (message.type === 'bytes') this.receive(message.bytes);
    else if (message.type === 'scope') this.emit('scope', message.event);
    else if (message.type === 'ready') this.emit('ready');
    else if (message.type === 'reset') this.emit('reset', message.cause, message.atMs);
    else if (message.type === 'stalled') this.emit('stalled', message.skippedMs, message.atMs);
    else this.emit('error', new Error(message.reason));
  }

  private lost(error?: Error): void {
    if (this.isOpen)
      this.leave(new UnpluggedError(`the emulated board's worker ended: ${error?.message ?? 'it exited'}`));
  }
}
