/** Asks whoever is on a line who it is, whatever that may be: ours, another firmware, something else, or nobody. */
import type { Ms } from '../machines/vocabulary.ts';
import type { Clock } from '../src/time/clock.ts';
import type { OtherFirmware } from './driver.ts';
import { whyUnfit } from './identity.ts';
import { InboundFilter } from './inbound.ts';
import { askHello, decode } from './lease.ts';

/** `F0 79 F7`: Firmata's question for the firmware's name. */
const reportFirmware = 0x79;
const askFirmware: Readonly<Uint8Array> = Uint8Array.of(0xf0, reportFirmware, 0xf7);

/** A bootloader of the older kind has the line for 1.6 s after a reset, and a program takes a moment to begin. */
const longestMs: Ms = 6000;
const askAgainMs: Ms = 500;
/** Whoever has said a name says HELLO within this, if it is ours. */
const afterNameMs: Ms = 700;
/** Fewer are what a line picks up when it is plugged in. */
const fewestBytes = 8;
const mostNameChars = 64;

export type WhoIsThere =
  /** `unfit`: why it may not drive motors all the same. */
  | Readonly<{ is: 'tactus'; buildHash: number; unfit: OtherFirmware['why'] | null }>
  | Readonly<{ is: 'firmata'; name: string }>
  /** It says something, and nothing that can be understood. */
  | Readonly<{ is: 'unknown' }>
  | Readonly<{ is: 'silent' }>;

export type AskedLine = Readonly<{
  clock: Clock;
  write(bytes: Uint8Array): void;
  /** Calls for whatever is heard from now on. */
  listen(heard: (bytes: Uint8Array) => void): void;
}>;

/** The text of a firmware's name: each character in two bytes of seven bits. Characters that cannot be shown are left out. */
function nameIn(message: Uint8Array): string {
  const letters: string[] = [];
  for (let at = 4; at + 2 < message.length && letters.length < mostNameChars; at += 2) {
    const letter = String.fromCharCode((message[at] ?? 0) | ((message[at + 1] ?? 0) << 7));
    if (/[\p{L}\p{N}\p{P}\p{S} ]/u.test(letter)) letters.push(letter);
  }
  return letters.join('').replace(/\.ino$/, '');
}

/** Resolves as soon as that is known, and with silence after six seconds. */
export function whoIsThere({ clock, write, listen }: AskedLine): Promise<WhoIsThere> {
  return new Promise(resolve => {
    const until = clock.now() + longestMs;
    let isKnown = false;
    let name: string | null = null;
    let bytesHeard = 0;
    const end = (who: WhoIsThere): void => {
      isKnown = true;
      resolve(who);
    };
    const otherwise = (): WhoIsThere => {
      if (name !== null) return { is: 'firmata', name };
      return { is: bytesHeard >= fewestBytes ? 'unknown' : 'silent' };
    };
    const filter = new InboundFilter({
      ours: (command, message) => {
        const hello = command === 'hello' ? decode('hello', message) : undefined;
        if (hello) end({ is: 'tactus', buildHash: hello.buildHash, unfit: whyUnfit(hello) });
      },
      firmata: message => {
        if (message[1] !== reportFirmware || name !== null) return;
        name = nameIn(message);
        clock.at(clock.now() + afterNameMs, () => isKnown || end(otherwise()));
      },
    });
    listen(bytes => {
      bytesHeard += bytes.length;
      if (!isKnown) filter.take(bytes);
    });
    const ask = (): void => {
      if (isKnown) return;
      if (clock.now() >= until) {
        end(otherwise());
        return;
      }
      write(askHello);
      write(askFirmware);
      clock.at(clock.now() + askAgainMs, ask);
    };
    ask();
  });
}
