/** Finds avr-gcc and the Arduino core. Both are only needed by whoever changes the firmware. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Toolchain = Readonly<{
  /** Prefix of the tools: `${bin}gcc`. */
  bin: string;
  compiler: string;
  /** The folder with `cores` and `variants`. */
  core: string;
  coreVersion: string;
  libcVersion: string;
}>;

const corePlaces = (): readonly string[] =>
  [
    process.env.TACTUS_ARDUINO_CORE,
    '/usr/share/arduino/hardware/arduino/avr',
    join(homedir(), '.arduino15/packages/arduino/hardware/avr/1.8.7'),
    join(homedir(), '.arduino15/packages/arduino/hardware/avr/1.8.6'),
  ].filter(place => place !== undefined);

/** One that is named is the only one: who names a compiler does not want another. */
const compilerPlaces = (): readonly string[] =>
  process.env.TACTUS_AVR_GCC ? [process.env.TACTUS_AVR_GCC] : ['avr-gcc', '/usr/bin/avr-gcc'];

const output = (command: string, args: readonly string[]): string | undefined => {
  const run = spawnSync(command, args, { encoding: 'utf8' });
  return run.status === 0 ? run.stdout : undefined;
};

const libcVersion = (gcc: string): string => {
  const run = spawnSync(gcc, ['-mmcu=atmega328p', '-E', '-P', '-'], {
    input: '#include <avr/version.h>\n__AVR_LIBC_VERSION_STRING__\n',
    encoding: 'utf8',
  });
  return /"([^"]+)"\s*$/.exec(run.stdout ?? '')?.[1] ?? 'unknown';
};

/** The tools of this machine, or in one sentence what is missing. */
export function findToolchain(): Toolchain | string {
  for (const gcc of compilerPlaces()) {
    const version = output(gcc, ['--version'])?.split('\n')[0];
    if (version === undefined) continue;
    const core = corePlaces().find(place => existsSync(join(place, 'cores/arduino/main.cpp')));
    if (core === undefined)
      return 'the Arduino AVR core is not installed (or name it by TACTUS_ARDUINO_CORE)';
    const platform = readFileSync(join(core, 'platform.txt'), 'utf8');
    return {
      bin: gcc.slice(0, -'gcc'.length),
      compiler: version,
      core,
      coreVersion: /^version=(.+)$/m.exec(platform)?.[1] ?? 'unknown',
      libcVersion: libcVersion(gcc),
    };
  }
  return 'avr-gcc is not installed (or name it by TACTUS_AVR_GCC)';
}
