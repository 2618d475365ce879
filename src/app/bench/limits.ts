/** What nothing could be better than, and where each figure comes from. */
import { encode, layouts } from '../../../hardware/lease.ts';
import { leaseLimits } from '../../../machines/limits.ts';

/** Firmata's usual rate (StandardFirmata, and hardware/firmware/tactus/contract.h); a frame of 8N1 is ten bits. */
const baud = 57_600;
const bitsPerByte = 10;

/** How long so many bytes are on the wire at least, in ms. */
export const wireMs = (bytes: number): number => (bytes * bitsPerByte * 1000) / baud;

/** Bytes that a minute has room for, both ways at once. */
export const wireBytesAMinute = (2 * 60 * baud) / bitsPerByte;

/** The firmware looks at its switches once a tick: Timer0 at 16 MHz, prescaler 64, 256 counts (datasheet of the ATmega328P, 15). */
const tickMs = (64 * 256 * 1000) / 16_000_000;

/**
 * Three equal samples are a press (hardware/firmware/tactus/buttons.h): one that comes just before the first of them
 * waits for two ticks more.
 */
export const switchMs = 2 * tickMs;

/** A frame is an analog message of three bytes for each motor; a lease that names both duties comes behind it. */
const frameBytes = 2 * 3;
const leaseBytes = encode('lease', { seq: 0, epoch: 0, leaseMs: 0, statusMs: 0, left: 0, right: 0 }).length;
export const frameMs = wireMs(frameBytes + leaseBytes);

/** A STATUS: its fields, and five bytes round them. */
export const statusMs = wireMs(layouts.status.reduce((sum, [, bytes]) => sum + bytes, 0) + 5);

/** STOP is one byte, 0xFF, which the receive interrupt obeys. */
export const stopMs = wireMs(1);

export const { leaseMs } = leaseLimits;

/** The watchdog's time-out: 32 K cycles of its own oscillator of 128 kHz (datasheet, 11.9.2). */
export const watchdogMs = (32 * 1024 * 1000) / 128_000;
