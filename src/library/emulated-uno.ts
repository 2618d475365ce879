/**
 * An Arduino Uno in software: the ATmega328P runs a real hex file, cycle by cycle. Any Firmata program can be tried on
 * it, in lock-step with a test (`UnoTransport`) or in real time behind the path of a serial device
 * (`openSerialDevice`).
 *
 * @packageDocumentation
 */
export { type PinName, uno as pins } from '../../hardware/pins.ts';
export type { Button } from '../../machines/vocabulary.ts';
export type { Advance, BoardOptions, Drive } from '../../simulator/avr/board-options.ts';
export type { ResetCause } from '../../simulator/avr/chip.ts';
export { clockHz, type EmulatedBoard, pwmPeriodCycles } from '../../simulator/avr/emulated-board.ts';
export { type EmulatedPort, type LineDirection, UnpluggedError } from '../../simulator/avr/emulated-port.ts';
export { HexError, loadHex } from '../../simulator/avr/hex.ts';
export type { DutyEvent, LevelEvent, PinEdge, Scope, ScopeEvent } from '../../simulator/avr/scope.ts';
export type { SerialBoardEvent } from '../../simulator/avr/serial-board.ts';
export { openSerialDevice, type SerialDevice } from '../../simulator/avr/serial-device.ts';
export { UnoTransport } from '../../simulator/avr/transport.ts';
export { triedUno } from '../../simulator/avr/tried.ts';
export { Uno } from '../../simulator/avr/uno.ts';
export { firmwareHex } from '../installed.ts';
