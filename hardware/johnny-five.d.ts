/** The parts of Johnny-Five and firmata-io that are used here. Neither ships types; others' types are not kept up. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';
  export class Firmata extends EventEmitter {
    constructor(transport: EventEmitter, options?: Readonly<{ reportVersionTimeout?: number }>);
    readonly isReady: boolean;
    readonly firmware: Readonly<{ name?: string }>;
    readonly MODES: Readonly<Record<'INPUT' | 'OUTPUT' | 'PWM', number>>;
    readonly ports: number[];
    pinMode(pin: number, mode: number): void;
    digitalWrite(pin: number, value: number): void;
    reportDigitalPin(pin: number, value: 0 | 1): void;
  }
  const bindTransport: { Firmata: typeof Firmata };
  export default bindTransport;
}

declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';
  export class Board extends EventEmitter {
    constructor(
      options: Readonly<{
        io: EventEmitter;
        id?: string;
        repl: false;
        debug: false;
        sigint: false;
        timeout?: number;
      }>,
    );
  }
  type Component = Readonly<{ board: Board }>;
  export class Motor {
    constructor(options: Component & Readonly<{ pin: number; threshold: number }>);
    start(speed: number): void;
    stop(): void;
  }
  export class Button extends EventEmitter {
    constructor(
      options: Component & Readonly<{ pin: number; isPullup: boolean; invert: boolean; holdtime: number }>,
    );
  }
  export class Led {
    constructor(options: Component & Readonly<{ pin: number }>);
    on(): void;
    off(): void;
  }
  const five: {
    Board: typeof Board;
    Motor: typeof Motor;
    Button: typeof Button;
    Led: typeof Led;
  };
  export default five;
}
