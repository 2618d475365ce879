/**
 * What the firmware's time goes into: cycles awake for each tick, by function, idle and in a session.
 *
 *   node --import tsx test/bench/firmware-cycles.ts [seconds]
 *
 * It builds the sketch as it lies here, so it wants avr-gcc. What the compiler has put into another function counts there.
 */
import { compile, type FunctionPlace } from '../../hardware/firmware/compile.ts';
import { findToolchain } from '../../hardware/firmware/toolchain.ts';
import { clockHz } from '../../simulator/avr/uno.ts';
import { scenes, ticksOf } from '../firmware/cost.ts';
import { Rig } from '../firmware/rig.ts';

type Spent = Readonly<{ name: string; cyclesPerTick: number }>;

/** Every instruction of this stretch, counted to the function that holds it. */
function measure(rig: Rig, functions: ReadonlyMap<number, string>, play: () => unknown): Spent[] {
  const spent = new Map<string, number>();
  const ticks = ticksOf(rig, play, (at, cycles) => {
    const name = functions.get(at) ?? 'start-up and vectors';
    spent.set(name, (spent.get(name) ?? 0) + cycles);
  });
  return [...spent]
    .map(([name, cycles]) => ({ name, cyclesPerTick: cycles / ticks }))
    .sort((one, other) => other.cyclesPerTick - one.cyclesPerTick);
}

function byAddress(functions: Readonly<Record<string, FunctionPlace>>): Map<number, string> {
  const found = new Map<number, string>();
  for (const [name, { address, bytes }] of Object.entries(functions))
    for (let at = address; at < address + bytes; at += 2) found.set(at / 2, name);
  return found;
}

const toolchain = findToolchain();
if (typeof toolchain === 'string') throw new Error(toolchain);
const seconds = Number(process.argv[2] ?? 5);
const built = compile(toolchain, 'uno');
const functions = byAddress(built.functions);
process.stdout.write(`${built.flashBytes} bytes of flash, ${built.ramBytes} of RAM, ${clockHz / 1e6} MHz\n`);
for (const [scene, prepare] of Object.entries(scenes)) {
  const rig = new Rig({}, built.hex);
  const spent = measure(rig, functions, prepare(rig, seconds));
  const sum = spent.reduce((total, { cyclesPerTick }) => total + cyclesPerTick, 0);
  process.stdout.write(`\n${scene}: ${sum.toFixed(0)} cycles a tick\n`);
  for (const { name, cyclesPerTick } of spent.slice(0, 14))
    process.stdout.write(`${cyclesPerTick.toFixed(1).padStart(9)}  ${name}\n`);
}
