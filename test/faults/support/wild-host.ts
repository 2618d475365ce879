/**
 * A host that says what a host may say, over a line that damages it: the mutated streams of the emulated board.
 *
 * It looks at the board's STATUS as a real one does, so that most of what it means is right; then bytes are flipped,
 * lost, repeated, put in, broken in their frame; messages end early; pieces of what was said before come in again.
 */
import { uno as pins } from '../../../hardware/pins.ts';
import type { Rig } from '../../firmware/rig.ts';
import type { Chance } from './chance.ts';

/** How often, per byte; of messages four times as often. */
type Rates = Readonly<{ flip: number; drop: number; repeat: number; insert: number; break: number }>;

const scales = [0, 0.001, 0.002, 0.004, 0.008, 0.024, 0.064, 0.2] as const;

const ratesOf = (chance: Chance): Rates => {
  const scale = chance.pick(scales);
  return {
    flip: chance.between(0, 2 * scale),
    drop: chance.between(0, scale),
    repeat: chance.between(0, scale),
    insert: chance.between(0, scale),
    break: chance.oneIn(4) ? chance.between(0, scale) : 0,
  };
};

const longestSplice = 40;

export class WildHost {
  /** Bytes that have gone out on the line. */
  sentBytes = 0;
  readonly #rig: Rig;
  readonly #chance: Chance;
  readonly #rates: Rates;
  readonly #said: number[] = [];
  #left = 150;
  #right = 130;

  constructor(rig: Rig, chance: Chance) {
    this.#rig = rig;
    this.#chance = chance;
    this.#rates = ratesOf(chance);
  }

  greet(): void {
    for (const question of [0x79, 0x6b, 0x69, 0x01])
      if (this.#chance.oneIn(2)) this.#say([0xf0, question, 0xf7]);
    if (this.#chance.oneIn(2)) this.#say([0xf9]);
  }

  /** What a host does in a tenth of a second, more or less. */
  round(): void {
    const { status } = this.#rig;
    const chance = this.#chance;
    if (status.state !== 1 && status.state !== 2 && !chance.oneIn(4)) this.#say(this.#rig.armBytes());
    if (chance.oneIn(6)) this.#aside();
    if (chance.oneIn(2)) {
      this.#left = this.#duty();
      this.#right = this.#duty();
    }
    if (!chance.oneIn(8)) this.#say(this.#analog(pins.left, this.#left));
    if (!chance.oneIn(8)) this.#say(this.#analog(pins.right, this.#right));
    if (!chance.oneIn(8)) this.#lease(this.#left, this.#right);
    if (chance.oneIn(12)) this.#aside();
    this.#pause();
  }

  /** The message that the stop may have cut off. */
  last(): void {
    this.#lease(150, 150);
  }

  #lease(left: number, right: number): void {
    const leaseMs = this.#chance.oneIn(8) ? this.#chance.below(400) : 250;
    this.#say(this.#rig.leaseBytes(left, right, { leaseMs }));
  }

  #duty(): number {
    return this.#chance.pick([0, this.#chance.below(2 ** 14), 184, 100 + this.#chance.below(60), 150, 120]);
  }

  #analog(pin: number, value: number): number[] {
    const to = this.#chance.oneIn(10) ? this.#chance.below(16) : pin;
    return [0xe0 | to, value & 0x7f, (value >> 7) & 0x7f];
  }

  #aside(): void {
    const chance = this.#chance;
    const some = (count: number): number[] => Array.from({ length: count }, () => chance.below(128));
    this.#say(
      chance.pick([
        [0xf4, chance.below(24), chance.below(13)],
        [0xd0 | chance.below(16), chance.below(2)],
        [0xf0, 0x6f, chance.oneIn(2) ? pins.left : chance.below(128), ...some(chance.below(5)), 0xf7],
        [0x90 | chance.below(16), ...some(2)],
        [0xf0, chance.below(128), 0xf7],
        [0xf0, ...some(chance.below(60)), ...(chance.oneIn(3) ? [] : [0xf7])],
      ]),
    );
  }

  #pause(): void {
    const chance = this.#chance;
    const kind = chance.below(8);
    if (kind === 1) this.#rig.for(chance.between(0, 100));
    else if (kind === 2 && chance.oneIn(6)) this.#rig.for(chance.between(0, 300));
    else if (kind > 2) this.#rig.for(chance.between(0, 12));
  }

  #happens(rate: number): boolean {
    return this.#chance.next() < rate;
  }

  #say(message: ArrayLike<number>): void {
    const rates = this.#rates;
    const length = this.#happens(4 * rates.drop) ? this.#chance.below(message.length) : message.length;
    const spliceAt = this.#happens(4 * rates.insert) ? this.#chance.below(length + 1) : -1;
    for (let index = 0; index < length; index++) {
      if (index === spliceAt) this.#splice();
      this.#sayByte(message[index] ?? 0);
    }
    // One message on the line at a time, as a host does that bounds what is on its way.
    this.#rig.drain();
  }

  #sayByte(byte: number): void {
    const rates = this.#rates;
    this.#said.push(byte);
    if (this.#happens(rates.drop)) return;
    if (this.#happens(rates.insert)) this.#put(this.#chance.below(256));
    this.#put(this.#happens(rates.flip) ? byte ^ (1 << this.#chance.below(8)) : byte);
    if (this.#happens(rates.repeat)) this.#put(byte);
  }

  #splice(): void {
    const length = Math.min(this.#said.length, 1 + this.#chance.below(longestSplice));
    const from = this.#chance.below(this.#said.length - length + 1);
    for (const byte of this.#said.slice(from, from + length)) this.#put(byte);
  }

  #put(byte: number): void {
    this.sentBytes++;
    this.#rig.uno.write(Uint8Array.of(byte), this.#happens(this.#rates.break));
  }
}
