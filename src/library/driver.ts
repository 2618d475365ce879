/**
 * A board with this project's firmware, by Johnny-Five over Firmata: found, opened, and driven by frames that no board
 * holds for longer than their lease.
 *
 * @packageDocumentation
 */

export { type BoardKind, kindOf } from '../../hardware/board-kind.ts';
export { type BridgeAddress, BridgeLine, bridgeAddress } from '../../hardware/bridge.ts';
export type {
  BoardIdentity,
  BoardStatus,
  Driver,
  DriverListener,
  OtherFirmware,
} from '../../hardware/driver.ts';
export { uncalibratedBoard } from '../../hardware/duty.ts';
export { type FoundPort, listPorts } from '../../hardware/find.ts';
export { type DriverOptions, JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
export type { BoardState, Hindrance, Note } from '../../hardware/lease.ts';
export type { ByteLine } from '../../hardware/line.ts';
export { uno as pins, type Wiring } from '../../hardware/pins.ts';
export { SerialLine, type SerialOptions } from '../../hardware/port.ts';
export type { ReopeningLine } from '../../hardware/reopening.ts';
export type { SilenceState } from '../../hardware/silence.ts';
export type { BoardCalibration, Button, Calibration, Frame, Motor, Ms } from '../../machines/vocabulary.ts';
