/** The library as somebody else has it: installed, with its types, under both ways in which TypeScript looks for them. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { entries } from '../../src/library/making/entries.ts';
import { pageOf } from '../../src/library/making/page.ts';
import { makeTypesOfBuild } from '../../src/library/making/types-of-build.ts';

/** Two compilers read all types there are: on a busy machine that takes minutes. */
const busyMs = 600_000;

/** A program of somebody else's: it names types, runs machines in its own actors and checks with its own valibot. */
const program = `
import { createActor } from 'xstate';
import * as v from 'valibot';
import { Conductor, VirtualClock, type Clock, type ConductorPorts } from 'tactus-pacer/conductor';
import { checkCue, cues, expand, frameAt, type Frame } from 'tactus-pacer/cues';
import { JohnnyFiveDriver, kindOf, type BoardStatus, type ByteLine, type Driver } from 'tactus-pacer/driver';
import { firmwareHex, pins, Uno, UnoTransport, type ScopeEvent } from 'tactus-pacer/emulated-uno';
import { type Emitted, intentSchema, nextDue, sessionMachine, stateName } from 'tactus-pacer/machines';
import { fromLibrary, type Parsed, parseRoutine, timeline, totalMs } from 'tactus-pacer/routine';
import { runToTrace, type TraceLine } from 'tactus-pacer/simulate';
import { type FromServer, fromServerSchema, messageCatalogue } from 'tactus-pacer/wire';

const routine = fromLibrary('first-touch');
if (!routine) throw new Error('no such routine');
const heard: Emitted[] = [];
const actor = createActor(sessionMachine, { input: { routine, easierSide: 'left', boardReady: true } });
actor.on('*', emitted => heard.push(emitted));
actor.start();
const state: string = stateName(actor.getSnapshot());
const due: number | null = nextDue(actor.getSnapshot());
const intent: string = v.parse(intentSchema, { intent: 'pause' }).intent;
const faulty: Parsed = parseRoutine('{}');
const clock: Clock = new VirtualClock();
const frame: Frame = frameAt(expand(cues.TAP, 0), 10);
const uno = new Uno(firmwareHex());
const seen: ScopeEvent[] = [];
uno.scope.subscribe(event => seen.push(event));
uno.run(5);
const line: UnoTransport = new UnoTransport(uno);
const driver: Driver = new JohnnyFiveDriver(line satisfies ByteLine, clock);
export const conducted = (ports: Omit<ConductorPorts, 'driver'>) => new Conductor({ ...ports, driver });
export const duty = ({ duty }: BoardStatus): number => duty.left;
export const told = (message: unknown): FromServer => v.parse(fromServerSchema, message);
const { trace, outcome } = await runToTrace({ routine });
const first: TraceLine | undefined = trace[0];
console.log(JSON.stringify({
  state, due, intent, outcome, faulty: faulty.ok, cue: checkCue('{}').ok, left: frame?.left, led: uno.pinLevel(pins.led),
  at: first?.at, minutes: Math.round(totalMs(timeline(routine)) / 60_000), version: messageCatalogue().version,
  kind: kindOf({ vendorId: null, productId: null }),
}));
`;
const intruder = `export * from 'tactus-pacer/session';\nexport * from 'tactus-pacer/dist/lib/cues.js';\n`;

const folder = mkdtempSync(join(tmpdir(), 'tactus-packed-'));
const installed = join(folder, 'node_modules', 'tactus-pacer');
const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as Readonly<{
  dependencies: Readonly<Record<string, string>>;
}>;

beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  await makeTypesOfBuild();
  const hex = join('hardware', 'firmware', 'tactus-uno.hex');
  for (const path of ['package.json', join('dist', 'lib'), hex])
    cpSync(join(packageRoot, path), join(installed, path), { recursive: true });
  for (const name of [...Object.keys(dependencies), '@types/node', 'undici-types']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules', name), link, 'junction');
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'program.ts'), program);
  writeFileSync(join(folder, 'intruder.ts'), intruder);
}, busyMs);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What TypeScript says of both, a line each. The second has one fault for each door that it tries. */
function compiled(...options: readonly string[]): readonly string[] {
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const always = ['--ignoreConfig', '--strict', '--target', 'es2023', '--lib', 'es2023', '--types', 'node'];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [tsc, 'program.ts', 'intruder.ts', ...always, ...options],
    { cwd: folder, encoding: 'utf8' },
  );
  return `${stdout}${stderr}`.trim().split('\n');
}
const shutDoors = [
  expect.stringMatching(/^intruder\.ts\(1,.*TS2307/),
  expect.stringMatching(/^intruder\.ts\(2,.*TS2307/),
];

describe('the library, installed', () => {
  it('has the pages that its types make: npm run library', () => {
    for (const entry of entries) {
      const types = readFileSync(join(installed, 'dist', 'lib', `${entry}.d.ts`), 'utf8');
      const page = readFileSync(join(packageRoot, 'src', 'library', 'api', `${entry}.md`), 'utf8');
      expect(page, entry).toBe(pageOf(entry, types));
    }
  });

  it(
    'has types that stand by themselves and no door but its names, for Node and for bundlers',
    () => {
      expect(compiled('--module', 'node16', '--moduleResolution', 'node16')).toEqual(shutDoors);
      // Under this option the types of XState do not hold by themselves.
      const strictest = ['--exactOptionalPropertyTypes', '--skipLibCheck', '--noEmit'];
      expect(compiled('--module', 'esnext', '--moduleResolution', 'bundler', ...strictest)).toEqual(
        shutDoors,
      );
    },
    busyMs,
  );

  it("runs a program of somebody else's, as it was compiled", () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      state: 'screening',
      due: null,
      intent: 'pause',
      outcome: 'completed',
      faulty: false,
      cue: false,
      left: 0.8,
      led: false,
      at: 0,
      minutes: 4,
      version: 1,
      kind: 'notUsb',
    });
  });
});
