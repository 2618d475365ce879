/**
 * A board on the bench: its buttons as its firmware tells them, its LED, and one motor at a time for a moment. Somebody
 * else has opened its line; a terminal and the page do that each in their own way.
 */
import type { JohnnyFiveDriver } from '../../../hardware/johnny-five-driver.ts';
import type { ByteLine } from '../../../hardware/line.ts';
import { motorLimits } from '../../../machines/limits.ts';
import type { BoardCalibration, Button, Frame, Motor, Ms } from '../../../machines/vocabulary.ts';
import { FramePlayer, type Played } from '../../motors/frame-player.ts';
import type { Cancel, Clock } from '../../time/clock.ts';
import type { BoardSettings } from '../known-board.ts';
import type { Presses } from './dialogue.ts';

const readyWithinMs: Ms = 10_000;
/** STATUS comes each 250 ms at rest, and at every change. */
const lookMs: Ms = 10;
const mostEdges = 8;

const alone = (motor: Motor): NonNullable<Frame> => ({
  left: motor === 'left' ? 1 : 0,
  right: motor === 'right' ? 1 : 0,
});

export type BoardUnderTestPorts = Readonly<{
  /** What a person calls its port. */
  path: string;
  id: string;
  settings: BoardSettings;
  /** Nobody else listens to it. */
  driver: JohnnyFiveDriver;
  line: Pick<ByteLine, 'isOpen'>;
  clock: Clock;
  /** Lets go of the line. */
  close(): void;
}>;

export class BoardUnderTest {
  readonly path: string;
  readonly id: string;
  readonly settings: BoardSettings;
  readonly driver: JohnnyFiveDriver;
  /** Buttons that the firmware says are down. */
  down: ReadonlySet<Button> = new Set();
  /** Whether it plays a session by itself. */
  isAlone = false;
  /** How often the board has started anew, or has gone, since it was opened. */
  falls = 0;
  /** Whether a motor was ever reported as driven during the last pulse. */
  wasDriven = false;
  /** Whether the last pulse was cut short because this machine stood still. */
  wasStalled = false;
  /** What the stop switch's own pin has done, oldest first: the firmware's word for it is latched until an ARM. */
  stopEdges: readonly boolean[] = [];
  /** Called where its STOP goes down. */
  stopPressed: () => void = () => {};
  readonly #line: Pick<ByteLine, 'isOpen'>;
  readonly #clock: Clock;
  readonly #close: () => void;
  readonly #player: FramePlayer;
  readonly #pressed = new Set<(button: Button) => void>();
  #statuses = 0;

  constructor({ path, id, settings, driver, line, clock, close }: BoardUnderTestPorts) {
    this.path = path;
    this.id = id;
    this.settings = settings;
    this.driver = driver;
    this.#line = line;
    this.#clock = clock;
    this.#close = close;
    this.#player = new FramePlayer({ clock, driver });
    this.driver.listen({
      ready: () => {},
      edge: (button, down) => {
        if (button !== 'stop') return;
        this.stopEdges = [...this.stopEdges, down].slice(-mostEdges);
        if (down) this.stopPressed();
      },
      status: ({ pressed, duty, state }) => {
        this.isAlone = state === 'alone';
        const before = this.down;
        this.down = new Set(pressed);
        this.#statuses += 1;
        this.wasDriven = this.wasDriven || duty.left > 0 || duty.right > 0;
        for (const button of pressed)
          if (!before.has(button)) for (const tell of [...this.#pressed]) tell(button);
      },
      silence: () => {},
      lost: () => {
        this.falls += 1;
      },
      restarted: () => {
        this.falls += 1;
      },
    });
  }

  /** Whether it has said who it is; false where nothing at all spoke Firmata within 10 s. */
  async answered(): Promise<boolean> {
    let giveUp: Cancel = () => {};
    const late = new Promise<false>(resolve => {
      giveUp = this.#clock.at(this.#clock.now() + readyWithinMs, () => resolve(false));
    });
    const answered = await Promise.race([this.driver.connect().then(() => true), late]);
    giveUp();
    return answered;
  }

  /** Presses, told as they come. */
  readonly presses: Presses = pressed => {
    this.#pressed.add(pressed);
    return () => this.#pressed.delete(pressed);
  };

  /** True once this holds, false where it has not within that time. */
  async until(holds: () => boolean, withinMs: Ms): Promise<boolean> {
    const end = this.#clock.now() + withinMs;
    while (!holds()) {
      if (this.#clock.now() >= end) return false;
      await this.#pause(lookMs);
    }
    return true;
  }

  /** Has heard from its firmware what its buttons do now. */
  async looked(): Promise<boolean> {
    const before = this.#statuses;
    return this.until(() => this.#statuses > before + 1, 2000);
  }

  async blink(times: number): Promise<void> {
    for (let count = 0; count < times; count++) {
      this.driver.light(true);
      await this.#pause(350);
      this.driver.light(false);
      await this.#pause(350);
    }
  }

  /** One motor for a moment, as a person has just asked. False where the board let it fall. */
  pulse(motor: Motor, forMs: Ms, calibration?: BoardCalibration): Promise<boolean> {
    return this.play([{ frame: alone(motor), forMs }], calibration);
  }

  /** Lets go of whatever runs, now; whether the firmware has confirmed it. One that was never to be driven is silent. */
  silent(): Promise<boolean> {
    this.#player.cut();
    return this.driver.other ? Promise.resolve(true) : this.driver.silent();
  }

  /** Frames one after the other; silence at the end, confirmed. */
  async play(
    parts: readonly Readonly<{ frame: NonNullable<Frame>; forMs: Ms }>[],
    calibration: BoardCalibration = this.settings.calibration,
  ): Promise<boolean> {
    const falls = this.falls;
    this.wasDriven = false;
    const played = await new Promise<Played>(resolve => this.#player.play({ parts, calibration }, resolve));
    this.wasStalled = played === 'stalled';
    await this.driver.silent();
    // A board that falls over by its motor takes a moment to say so.
    await this.#pause(motorLimits.staggerMs * 2);
    return this.falls === falls;
  }

  #pause(ms: Ms): Promise<void> {
    return new Promise(resolve => this.#clock.at(this.#clock.now() + ms, resolve));
  }

  async close(): Promise<void> {
    if (this.#line.isOpen && !this.driver.other) await this.driver.silent();
    this.driver.close();
    this.#close();
  }
}
