/**
 * Puts a virtual clock beneath the timers and dates of this process, for libraries that know no other clock.
 *
 * Johnny-Five debounces buttons and firmata-io guards its handshake with setTimeout, and lodash's debounce reads
 * Date as well: without Date a press is told 150 to 340 ms late and its release not at all.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel } from './clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type HostTime = Readonly<{
  /** Whether a timer has run since the last call: what it led to may still wait for the event loop. */
  stirred(): boolean;
  /** Gives the process its own time back. */
  restore(): void;
}>;

/** A Date whose present is the clock's, counted from the epoch. */
function dateOf(clock: VirtualClock): DateConstructor {
  const RealDate = Date;
  return new Proxy(RealDate, {
    apply: () => new RealDate(Math.floor(clock.now())).toString(),
    construct: (target, parameters: unknown[]) =>
      parameters.length === 0
        ? new RealDate(Math.floor(clock.now()))
        : Reflect.construct(target, parameters, target),
    get: (target, name) =>
      name === 'now' ? () => Math.floor(clock.now()) : Reflect.get(target, name, target),
  });
}

/** What Node's timers give back, as far as anyone asks: a virtual one keeps no process alive either way. */
function handleOf(id: number): object {
  const handle = { ref: () => handle, unref: () => handle, [Symbol.toPrimitive]: () => id };
  return handle;
}

export function installHostTime(clock: VirtualClock): HostTime {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    Date: globalThis.Date,
  };
  const cancels = new Map<number, Cancel>();
  let lastId = 0;
  let stirred = false;

  const wait = (id: number, delayMs: Ms, run: () => void): void => {
    const cancel = clock.at(clock.now() + delayMs, () => {
      stirred = true;
      run();
    });
    cancels.set(id, cancel);
  };
  /** As the platform has it: at least 1 ms, and what does not fit 31 bits is 1 ms. */
  const delayOf = (delay: unknown): Ms => {
    const asked = Number(delay);
    return asked >= 1 && asked <= 2 ** 31 - 1 ? asked : 1;
  };
  const timer =
    (repeats: boolean) =>
    (run: (...values: unknown[]) => void, delay?: number, ...values: unknown[]) => {
      const id = ++lastId;
      const fire = (): void => {
        if (repeats) wait(id, delayOf(delay), fire);
        else cancels.delete(id);
        run(...values);
      };
      wait(id, delayOf(delay), fire);
      return handleOf(id);
    };
  const clear = (id: unknown): void => {
    cancels.get(Number(id))?.();
    cancels.delete(Number(id));
  };

  Object.assign(globalThis, {
    setTimeout: timer(false),
    setInterval: timer(true),
    clearTimeout: clear,
    clearInterval: clear,
    Date: dateOf(clock),
  });
  return {
    stirred: () => {
      const was = stirred;
      stirred = false;
      return was;
    },
    restore: () => {
      Object.assign(globalThis, real);
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}
