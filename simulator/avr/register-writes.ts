/** Who hears what the program writes to a register. One that nobody listens to costs nothing. */
import type { CPU } from 'avr8js';

export class RegisterWrites {
  private readonly cpu: () => CPU;
  private readonly listeners = new Map<number, (value: number) => void>();

  /** `cpu`: the one of the present run; a reset replaces it. */
  constructor(cpu: () => CPU) {
    this.cpu = cpu;
  }

  /** Hears each byte, through every reset. Throws RangeError where something else happens at this data address. */
  listen(address: number, heard: (value: number) => void): void {
    const cpu = this.cpu();
    if (cpu.writeHooks[address])
      throw new RangeError(`register 0x${address.toString(16)}: something else happens at it`);
    this.listeners.set(address, heard);
    this.follow(cpu);
  }

  /** From now on it is this one. */
  follow(cpu: CPU): void {
    for (const [address, heard] of this.listeners)
      cpu.writeHooks[address] = value => {
        heard(value);
        // The register takes it as ever.
        return false;
      };
  }
}
