/**
 * A Johnny-Five board on any byte line, with every option explicit.
 *
 * Johnny-Five cannot be taken down, so one board outlives every reconnect: the line behind it may close and open.
 */
import { EventEmitter } from 'node:events';
import bindTransport from 'firmata-io';
import five from 'johnny-five';
import { type Button, buttons, type Motor } from '../machines/vocabulary.ts';
import { InboundFilter } from './inbound.ts';
import type { Command } from './lease.ts';
import type { ByteLine } from './line.ts';
import { levelWhenPressed, uno, type Wiring, wiring } from './pins.ts';

/** What firmata-io takes for its transport: whole, checked messages in, plain bytes out. */
class CheckedTransport extends EventEmitter {
  readonly #write: (bytes: Uint8Array) => void;

  constructor(write: (bytes: Uint8Array) => void) {
    super();
    this.#write = write;
  }

  write(bytes: Uint8Array, callback?: () => void): void {
    this.#write(bytes);
    callback?.();
  }
}

export type Motors = Readonly<Record<Motor, InstanceType<typeof five.Motor>>>;

export type Board = Readonly<{
  /** Only on a board of ours, from the first moment that is known: on another, no motor pin is ever touched. */
  motors: Motors | null;
  /** The board has turned out to be ours after all. */
  fitMotors(): void;
  led: InstanceType<typeof five.Led>;
  filter: InboundFilter;
  /** What the firmware calls itself, whichever it is. */
  firmwareName: string;
  /** Tells a board that has started anew what its pins are for. */
  configureAgain(): void;
}>;

export type BoardPorts = Readonly<{
  ours(command: Command, message: Uint8Array): void;
  edge(button: Button, down: boolean): void;
  /** Puts bytes on the line, where it is open. */
  write(bytes: Uint8Array): void;
  /** Whether the firmware is ours, as far as it has said so. */
  isOurs(): boolean;
}>;

/** Longer than any session: Johnny-Five's own hold, which nobody listens to, never fires. */
const neverMs = 2 ** 31 - 1;

/** Becomes a board once Johnny-Five is ready on this line. Rejects where it says that it will not be. */
export function openBoard(
  line: ByteLine,
  ports: BoardPorts,
  stopWiring: Wiring = wiring.stop,
): Promise<Board> {
  const transport = new CheckedTransport(ports.write);
  const filter = new InboundFilter({
    ours: ports.ours,
    firmata: message => transport.emit('data', message),
  });
  line.on('data', (bytes: Uint8Array) => filter.take(bytes));
  line.on('close', () => filter.reset());
  const io = new bindTransport.Firmata(transport, { reportVersionTimeout: 1000 });
  const board = new five.Board({ io, id: 'tactus', repl: false, debug: false, sigint: false });
  return new Promise((resolve, reject) => {
    // Johnny-Five's error at 10 s ends the process where nobody listens.
    board.on('error', reject);
    io.on('error', reject);
    // `Board({io})` says ready again on every one of firmata-io's.
    board.once('ready', () => {
      const motor = (pin: number) => new five.Motor({ board, pin, threshold: 0 });
      const bothMotors = (): Motors => ({ left: motor(uno.left), right: motor(uno.right) });
      let motors = ports.isOurs() ? bothMotors() : null;
      const led = new five.Led({ board, pin: uno.led });
      for (const button of buttons) {
        const component = new five.Button({
          board,
          pin: uno[button],
          isPullup: true,
          invert: !levelWhenPressed(button, stopWiring),
          holdtime: neverMs,
        });
        component.on('down', () => ports.edge(button, true));
        component.on('up', () => ports.edge(button, false));
      }
      const configureAgain = (): void => {
        if (motors) for (const pin of [uno.left, uno.right]) io.pinMode(pin, io.MODES.PWM);
        io.pinMode(uno.led, io.MODES.OUTPUT);
        for (const button of buttons) {
          io.pinMode(uno[button], io.MODES.INPUT);
          io.digitalWrite(uno[button], 1);
          io.reportDigitalPin(uno[button], 1);
        }
      };
      resolve({
        get motors() {
          return motors;
        },
        fitMotors: () => {
          motors ??= bothMotors();
        },
        led,
        filter,
        firmwareName: io.firmware.name ?? '',
        configureAgain,
      });
    });
    // The line may have been open before anyone listened; firmata-io only passes this on.
    if (line.isOpen) transport.emit('open');
    else line.once('open', () => transport.emit('open'));
  });
}
