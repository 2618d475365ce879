/**
 * USART0 of an ATmega (ATmega328P datasheet 19), asynchronous, 8 bits.
 *
 * Not avr8js' own (0.21.1): there any write to UCSRB throws away a pending receive, entering the "data register
 * empty" interrupt clears its flag, and there is neither a receive FIFO nor an overrun or framing flag. With those
 * differences a driver's bugs stay unseen, and a good driver looks bad.
 */
import type { CPU } from 'avr8js';

const UCSRA = 0xc0;
const UCSRB = 0xc1;
const UCSRC = 0xc2;
const UBRRL = 0xc4;
const UBRRH = 0xc5;
const UDR = 0xc6;

/** UCSR0A. */
const RXC = 0x80;
const TXC = 0x40;
const UDRE = 0x20;
const FE = 0x10;
const DOR = 0x08;
const U2X = 0x02;
const MPCM = 0x01;
/** UCSR0B. */
const RXCIE = 0x80;
const TXCIE = 0x40;
const UDRIE = 0x20;
const RXEN = 0x10;
const TXEN = 0x08;

/** The receive buffer holds two frames; a third waits in the shift register (19.7.1). */
const fifoFrames = 2;
const bitsPerFrame = 10;
/** Above this difference of the two baud rates the last bits are sampled in the wrong place (19.10, table 19-2). */
const baudTolerance = 0.045;

type Received = { byte: number; frameError: boolean };

export class Usart {
  /** A whole byte has left the board. */
  onSent: ((byte: number) => void) | undefined;
  private readonly cpu: CPU;
  private readonly clockHz: number;
  private readonly fifo: Received[] = [];
  /** A whole frame for which the FIFO has no room; the next start bit overruns it (19.7.4, DORn). */
  private waiting: Received | undefined;
  private overrun = false;
  private buffered: number | undefined;
  private shifting: number | undefined;

  private readonly receiveComplete;
  private readonly dataRegisterEmpty;
  private readonly transmitComplete;

  /** `at`: where its interrupts lie in flash, in words. */
  constructor(
    cpu: CPU,
    clockHz: number,
    at: Readonly<{ received: number; registerEmpty: number; sent: number }>,
  ) {
    this.cpu = cpu;
    this.clockHz = clockHz;
    const interrupt = (address: number, flagMask: number, enableMask: number, constant: boolean) =>
      ({ address, flagRegister: UCSRA, flagMask, enableRegister: UCSRB, enableMask, constant }) as const;
    this.receiveComplete = interrupt(at.received, RXC, RXCIE, true);
    this.dataRegisterEmpty = interrupt(at.registerEmpty, UDRE, UDRIE, true);
    this.transmitComplete = interrupt(at.sent, TXC, TXCIE, false);
    cpu.data[UCSRA] = UDRE;
    cpu.data[UCSRC] = 0x06;
    this.attach();
  }

  /** Cycles that one frame takes at the speed that the board has set. */
  get frameCycles(): number {
    return Math.round((bitsPerFrame * this.clockHz) / this.baud);
  }

  /** A frame is on the transmit line, or about to be. */
  get sending(): boolean {
    return this.shifting !== undefined;
  }

  private get baud(): number {
    const { data } = this.cpu;
    const divider = 1 + (((data[UBRRH] ?? 0) & 0x0f) << 8) + (data[UBRRL] ?? 0);
    return this.clockHz / ((data[UCSRA] ?? 0) & U2X ? 8 : 16) / divider;
  }

  private enabled(bit: number): boolean {
    return ((this.cpu.data[UCSRB] ?? 0) & bit) !== 0;
  }

  /** A frame has arrived whole, sent at `lineBaud`. */
  receive(byte: number, lineBaud: number, broken = false): void {
    if (!this.enabled(RXEN)) return;
    const mismatch = Math.abs(this.baud / lineBaud - 1) > baudTolerance;
    // What is read at a wrong speed is not this byte; any fixed other one will do.
    const frame = { byte: mismatch ? byte ^ 0xa5 : byte, frameError: broken || mismatch };
    if (this.fifo.length < fifoFrames) this.fifo.push(frame);
    else if (this.waiting === undefined) this.waiting = frame;
    else {
      this.waiting = frame;
      this.overrun = true;
    }
    this.showReceived();
  }

  private showReceived(): void {
    const { cpu, receiveComplete } = this;
    const [next] = this.fifo;
    let flags = (cpu.data[UCSRA] ?? 0) & ~(FE | DOR);
    if (next?.frameError) flags |= FE;
    if (this.overrun) flags |= DOR;
    cpu.data[UCSRA] = flags;
    if (next === undefined) cpu.clearInterrupt(receiveComplete);
    else cpu.setInterruptFlag(receiveComplete);
  }

  private read(): number {
    const taken = this.fifo.shift();
    this.overrun = false;
    if (this.waiting !== undefined) {
      this.fifo.push(this.waiting);
      this.waiting = undefined;
    }
    this.showReceived();
    return taken?.byte ?? 0;
  }

  private write(byte: number): void {
    if (!this.enabled(TXEN)) return;
    if (this.shifting !== undefined) {
      this.buffered = byte;
      this.cpu.clearInterrupt(this.dataRegisterEmpty);
      return;
    }
    this.shift(byte);
  }

  private shift(byte: number): void {
    this.shifting = byte;
    this.cpu.addClockEvent(this.sent, this.frameCycles);
  }

  private readonly sent = (): void => {
    const { shifting, buffered, cpu } = this;
    this.shifting = undefined;
    this.buffered = undefined;
    if (buffered === undefined) cpu.setInterruptFlag(this.transmitComplete);
    else {
      this.shift(buffered);
      cpu.setInterruptFlag(this.dataRegisterEmpty);
    }
    if (shifting !== undefined) this.onSent?.(shifting);
  };

  private attach(): void {
    const { cpu } = this;
    cpu.readHooks[UDR] = () => this.read();
    cpu.writeHooks[UDR] = value => {
      this.write(value);
      return true;
    };
    cpu.writeHooks[UCSRA] = value => {
      const kept = (cpu.data[UCSRA] ?? 0) & ~(U2X | MPCM);
      cpu.data[UCSRA] = kept | (value & (U2X | MPCM));
      cpu.clearInterruptByFlag(this.transmitComplete, value);
      return true;
    };
    cpu.writeHooks[UCSRB] = value => {
      cpu.data[UCSRB] = value;
      if (!(value & RXEN)) {
        // Disabling the receiver flushes its buffer (19.7.6).
        this.fifo.length = 0;
        this.waiting = undefined;
        this.overrun = false;
        this.showReceived();
      }
      cpu.updateInterruptEnable(this.receiveComplete, value);
      cpu.updateInterruptEnable(this.dataRegisterEmpty, value);
      cpu.updateInterruptEnable(this.transmitComplete, value);
      return true;
    };
  }
}
