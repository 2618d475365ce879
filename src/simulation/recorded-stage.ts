/** `simulate --board none`: what a board would be told is only remembered. */
import { Recorder } from '../../hardware/recorder.ts';
import { linkLimits } from '../../machines/limits.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import type { Stage } from './simulate.ts';

/** How long a stall lasts, and how many bytes are lost, where a script does not say. */
export const usual = { stallMs: 1000, lostBytes: 1 } as const;

/** A board says its name that long after a reset. */
const saysItsNameMs = 16;

/** ... and its buttons that long after it was plugged in. */
const feelsMs = 25;

/** No board: what it would be told is only remembered. */
export function rememberedStage(): Stage {
  const clock = new VirtualClock();
  const driver = new Recorder();
  return {
    clock,
    driver,
    speaks: false,
    hop: () => clock.hop(),
    boardControls: {
      button: (button, down) => driver.press(button, down),
      fault: deed => {
        if (deed.fault === 'unplug') driver.unplug();
        if (deed.fault === 'replug' && !driver.plugged) {
          driver.replug();
          clock.at(clock.now() + feelsMs, () => driver.feel());
          clock.at(clock.now() + linkLimits.readyAgainMs, () => driver.ready());
        }
        if (deed.fault === 'boardReset' || deed.fault === 'brownOut')
          clock.at(clock.now() + saysItsNameMs, () => driver.restart());
        if (deed.fault === 'stall') clock.pass(clock.now() + (deed.forMs ?? usual.stallMs));
      },
    },
    close: () => driver.close(),
  };
}
