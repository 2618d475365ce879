/** The chip of an Uno or a Nano (ATmega328P datasheet 11.1, 23.9, 30). */
import {
  AVRTimer,
  type CPU,
  portBConfig,
  portCConfig,
  portDConfig,
  timer1Config,
  timer2Config,
} from 'avr8js';
import type { ChipPlan, Ports } from './chip.ts';
import { Timer0 } from './timer0.ts';

export const flashBytes = 32_768;

export const atmega328p: ChipPlan = {
  flashBytes,
  sramBytes: 2048,
  sramStart: 0x100,
  eepromBytes: 1024,
  ports: { B: portBConfig, C: portCConfig, D: portDConfig },
  timers(cpu: CPU, { D }: Ports) {
    for (const config of [timer1Config, timer2Config]) new AVRTimer(cpu, config);
    const outputs = D
      ? ([
          { port: D, pin: 6 },
          { port: D, pin: 5 },
        ] as const)
      : null;
    return [new Timer0(cpu, { matchA: 0x1c, matchB: 0x1e, overflow: 0x20 }, outputs)];
  },
  interrupts: {
    received: 0x24,
    registerEmpty: 0x26,
    sent: 0x28,
    converted: 0x2a,
    eepromReady: 0x2c,
    watchdog: 0x0c,
  },
  converter: { inputs: 0x0f, bandgap: 0x0e },
};
