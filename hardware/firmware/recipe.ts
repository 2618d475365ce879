/** How the firmware is compiled, for each board. The flags are Arduino's own, and belong to the source hash. */

const cpp = ['-std=gnu++11', '-fno-exceptions', '-fno-threadsafe-statics'] as const;
const common = [
  '-Os',
  '-flto',
  '-fno-fat-lto-objects',
  '-ffunction-sections',
  '-fdata-sections',
  '-Wall',
  '-Wextra',
  '-DARDUINO_ARCH_AVR',
] as const;

/** What all boards share. */
export const recipe = {
  clockHz: 16_000_000,
  arduino: 10_807,
  common,
  c: ['-std=gnu11'],
  cpp,
  link: ['-Os', '-flto', '-fuse-linker-plugin', '-Wl,--gc-sections', '-Wl,--relax'],
} as const;

export type Target = Readonly<{
  mcu: string;
  /** The core's folder of pin numbers. */
  variant: string;
  defines: readonly string[];
  /**
   * `WString.cpp` is left out with all that needs it: Debian's avr-gcc 5.4 has no DECIMAL_DIG for C++ and can not
   * compile it. `wiring.c` is here for init(); its interrupt never runs, for setup turns it off.
   */
  coreFiles: readonly string[];
  /** Sessions by the board alone: for chips with room. `tactus/alone.h` says the same to the compiler. */
  isAlone?: true;
}>;

const coreFiles = ['main.cpp', 'hooks.c', 'wiring.c'];
const usbFiles = ['USBCore.cpp', 'CDC.cpp', 'PluggableUSB.cpp', 'Print.cpp', 'Stream.cpp', 'new.cpp'];

const uno: Target = {
  mcu: 'atmega328p',
  variant: 'standard',
  defines: ['-DARDUINO_AVR_UNO'],
  coreFiles,
};
const mega: Target = {
  mcu: 'atmega2560',
  variant: 'mega',
  defines: ['-DARDUINO_AVR_MEGA2560'],
  coreFiles,
  isAlone: true,
};
const stopCloses = '-DSTOP_NORMALLY_CLOSED=0';
const usb = (variant: string, product: string, productId: string, name: string): Target => ({
  mcu: 'atmega32u4',
  variant,
  defines: [
    `-DARDUINO_${name}`,
    '-DUSB_VID=0x2341',
    `-DUSB_PID=${productId}`,
    '-DUSB_MANUFACTURER="Unknown"',
    `-DUSB_PRODUCT="${product}"`,
  ],
  coreFiles: [...coreFiles, ...usbFiles],
});

/** Each firmware that is built. A Nano takes an Uno's. */
export const targets = {
  uno,
  /** With a stop switch that closes when pressed. */
  normallyOpen: { ...uno, defines: [...uno.defines, stopCloses] },
  /** Never for a person: with it the tests of the dead-man show that they can fail. */
  noDeadMan: { ...uno, defines: [...uno.defines, '-DDEAD_MAN=0'] },
  mega,
  megaNormallyOpen: { ...mega, defines: [...mega.defines, stopCloses] },
  leonardo: usb('leonardo', 'Arduino Leonardo', '0x8036', 'AVR_LEONARDO'),
  micro: usb('micro', 'Arduino Micro', '0x8037', 'AVR_MICRO'),
} as const satisfies Record<string, Target>;
export type TargetName = keyof typeof targets;
