/** A driver for tests of what lies above it: its board is there, and says what the test has it say. */
import type { BoardStatus, Driver, DriverListener } from '../../hardware/driver.ts';
import type { BoardCalibration, Frame, Ms } from '../../machines/vocabulary.ts';

export class StandInDriver implements Driver {
  readonly identity = { firmware: 'Tactus, contract 1', buildHash: '00000000', epoch: 1 };
  isPresent = true;
  silence: Driver['silence'] = 'none';
  readonly orders: string[] = [];
  frame: Frame = null;
  listener: DriverListener | null = null;

  listen(listener: DriverListener): void {
    this.listener = listener;
  }
  arm(): void {
    this.orders.push('arm');
  }
  apply(frame: NonNullable<Frame>, _leaseMs: Ms): void {
    this.frame = frame;
    this.orders.push('apply');
  }
  hush(): void {
    this.frame = null;
    this.orders.push('hush');
  }
  light(): void {}
  /** What its motors are driven by; null until anyone said. */
  calibration: BoardCalibration | null = null;
  calibrate(calibration: BoardCalibration): void {
    if (this.frame !== null) throw new Error('a motor is under way: hush it first');
    this.calibration = calibration;
  }
  close(): void {}

  /** The firmware reports itself. */
  says(status: Partial<BoardStatus>): void {
    this.listener?.status({
      boardMs: 0,
      state: 'disarmed',
      duty: { left: 0, right: 0 },
      leaseLeftMs: 0,
      notes: [],
      pressed: [],
      hindrances: [],
      armOnItsWay: false,
      ...status,
    });
  }
}
