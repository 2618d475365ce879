/**
 * `simulate --board firmware`: the firmware's very binary in the emulated Uno, stepped in lock-step with the virtual
 * clock, under the whole Johnny-Five stack.
 */
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { motors } from '../../machines/vocabulary.ts';
import type { Execute } from '../../simulator/avr/instructions.ts';
import { UnoTransport } from '../../simulator/avr/transport.ts';
import { triedUno } from '../../simulator/avr/tried.ts';
import type { Uno } from '../../simulator/avr/uno.ts';
import { installHostTime } from '../time/host-time.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { usual } from './recorded-stage.ts';
import type { Stage } from './simulate.ts';

const afterEventLoop = (): Promise<true> => new Promise(resolve => setImmediate(resolve, true as const));

/** A board that has not come ready by then never will. */
const readyWithinMs = 10_000;
/** Session time begins on a whole multiple of this, so that it lies the same way to the board's own ticks each time. */
const zeroGridMs = 100;

/**
 * Resolves once the board is ready; `watch` sees the board before it runs. The process's timers and dates are virtual
 * until the stage is closed. `execute`: what carries out the chip's instructions, where another's is to be compared.
 */
export async function emulatedStage(
  hex: string,
  seed: number,
  watch: (uno: Uno) => void = () => {},
  execute?: Execute,
): Promise<Stage> {
  const clock = new VirtualClock();
  const hostTime = installHostTime(clock);
  const uno = triedUno(hex, { seed, ...(execute && { execute }) });
  watch(uno);
  const line = new UnoTransport(uno);
  let heard = false;
  // The board is ahead of the clock when it has said something: the clock follows before anyone listens.
  line.on('data', () => {
    clock.pass(uno.nowMs);
    heard = true;
  });
  const driver = new JohnnyFiveDriver(line, clock);

  const hop = (): boolean | Promise<boolean> => {
    const next = clock.next();
    if (next === null) return false;
    // A board that says something which nobody hears (its line is cut) goes on all the same.
    while (uno.nowMs < next && !heard) line.advanceTo(next);
    if (!heard) clock.hop();
    const stirred = hostTime.stirred() || heard;
    heard = false;
    // Johnny-Five goes on in nextTick: it needs the event loop to come round once after it was stirred.
    return stirred ? afterEventLoop() : true;
  };

  try {
    line.open();
    await ready(driver, clock, hop);
    await sessionZero(clock, hop);
  } catch (error) {
    hostTime.restore();
    throw error;
  }

  return {
    clock,
    driver,
    line,
    speaks: true,
    hop,
    boardControls: controlsOf(uno, line, clock),
    tell: (trace, zero) => {
      uno.scope.subscribe(event => {
        if (event.type !== 'duty') return;
        const motor = motors.find(name => pins[name] === event.pin);
        if (motor) trace({ at: Math.floor(event.atMs - zero), type: 'pin', motor, duty: event.duty });
      });
    },
    close: () => {
      driver.close();
      hostTime.restore();
    },
  };
}

/** Resolves once the board is ready. */
async function ready(driver: JohnnyFiveDriver, clock: VirtualClock, hop: Stage['hop']): Promise<void> {
  let isReady = false;
  const connecting = driver.connect().then(() => {
    isReady = true;
  });
  while (!isReady) {
    if (clock.now() > readyWithinMs)
      throw new Error(`the emulated board was not ready within ${readyWithinMs} ms`);
    clock.at(clock.now() + 1, () => {});
    await Promise.race([hop(), connecting]);
    await afterEventLoop();
  }
}

/** Resolves at the next moment at which a session may begin. */
async function sessionZero(clock: VirtualClock, hop: Stage['hop']): Promise<void> {
  const zero = Math.ceil(clock.now() / zeroGridMs) * zeroGridMs;
  let arrived = false;
  clock.at(zero, () => {
    arrived = true;
  });
  while (!arrived) await hop();
}

/** What a script can do to this board. */
const controlsOf = (uno: Uno, line: UnoTransport, clock: VirtualClock): Stage['boardControls'] => ({
  button: (button, down) => (down ? uno.press(button) : uno.release(button)),
  fault: deed => {
    if (deed.fault === 'unplug') line.unplug();
    if (deed.fault === 'replug' && !line.isOpen) {
      // Opening an Uno's port resets it.
      uno.reset('external');
      line.replug();
    }
    if (deed.fault === 'boardReset') uno.reset('external');
    if (deed.fault === 'brownOut') uno.reset('brownOut');
    if (deed.fault === 'stall') {
      const until = clock.now() + (deed.forMs ?? usual.stallMs);
      const tell = line.standStill(until);
      clock.pass(until);
      tell();
    }
    if (deed.fault === 'loseBytes')
      line.lose(deed.toward === 'host' ? 'toHost' : 'toBoard', deed.bytes ?? usual.lostBytes);
  },
});
