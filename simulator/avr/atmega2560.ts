/**
 * The chip of a Mega (ATmega2560 datasheet 14, 17, 26.8, 33). Its timers 3 and 4 are known in the one mode that drives
 * motors; of timers 1, 2 and 5, which the firmware turns off, there are no more than the registers.
 */
import { type CPU, portBConfig, portEConfig, portFConfig, portGConfig, portHConfig } from 'avr8js';
import type { ChipPlan, Ports } from './chip.ts';
import { PwmTimer } from './pwm-timer.ts';
import { Timer0 } from './timer0.ts';

/** Of port and pin where a timer's first output lies: OC3A is E3, OC4A is H3. */
const outputPin = 3;

export const atmega2560: ChipPlan = {
  flashBytes: 262_144,
  sramBytes: 8192,
  sramStart: 0x200,
  eepromBytes: 4096,
  ports: { B: portBConfig, E: portEConfig, F: portFConfig, G: portGConfig, H: portHConfig },
  timers(cpu: CPU, { E, H }: Ports) {
    if (!E || !H) throw new RangeError('ports E and H are part of this chip');
    return [
      // OC0A and OC0B are D13 and D4: neither is a motor's, and neither is ever connected.
      new Timer0(cpu, { matchA: 0x2a, matchB: 0x2c, overflow: 0x2e }, null),
      new PwmTimer(cpu, { control: 0x90, counter: 0x94, compare: 0x98 }, E, outputPin),
      new PwmTimer(cpu, { control: 0xa0, counter: 0xa4, compare: 0xa8 }, H, outputPin),
    ];
  },
  interrupts: {
    received: 0x32,
    registerEmpty: 0x34,
    sent: 0x36,
    converted: 0x3a,
    eepromReady: 0x3c,
    watchdog: 0x18,
  },
  converter: { inputs: 0x1f, bandgap: 0x1e },
};
