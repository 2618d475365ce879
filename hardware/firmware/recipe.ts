/** How the firmware is compiled. The flags are Arduino's own for the Uno, and belong to the source hash. */
export const recipe = {
  mcu: 'atmega328p',
  clockHz: 16_000_000,
  arduino: 10_807,
  variant: 'standard',
  /**
   * `WString.cpp` is left out with all that needs it: Debian's avr-gcc 5.4 has no DECIMAL_DIG for C++ and can not
   * compile it. `wiring.c` is here for init(); its interrupt never runs, for setup turns it off.
   */
  coreFiles: ['main.cpp', 'hooks.c', 'wiring.c'],
  common: [
    '-Os',
    '-flto',
    '-fno-fat-lto-objects',
    '-ffunction-sections',
    '-fdata-sections',
    '-Wall',
    '-Wextra',
    '-DARDUINO_AVR_UNO',
    '-DARDUINO_ARCH_AVR',
  ],
  c: ['-std=gnu11'],
  cpp: ['-std=gnu++11', '-fno-exceptions', '-fno-threadsafe-statics'],
  link: ['-Os', '-flto', '-fuse-linker-plugin', '-Wl,--gc-sections', '-Wl,--relax'],
} as const;
