/** Whatever lines there are to a bootloader: the system's serial port, or a browser's. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { BootLine } from './stk500.ts';

/** DTR low for this long, through the reset's 100 nF capacitor, is a reset; then the bootloader takes its time to begin. */
export const resetMs: Ms = 60;

export type OpenBootLine = BootLine & Readonly<{ close(): Promise<void> }>;

/** One port, opened at any speed, one line at a time. Each opening resets its board. */
export type BootLines = Readonly<{
  clock: Clock;
  /** Rejects with why it cannot be opened. */
  open(baudRate: number): Promise<OpenBootLine>;
}>;
