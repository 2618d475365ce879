/** The chip that all measurements are made on, held against avr8js' own instructions and against another emulator. */
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { leaseLimits } from '../../machines/limits.ts';
import { fromLibrary } from '../../machines/routine/library.ts';
import { type Execute, execute } from '../../simulator/avr/instructions.ts';
import { oneByOne } from '../../simulator/avr/one-by-one.ts';
import { firmwareHex } from '../../src/installed.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import { assumedPerson } from '../../src/simulation/script.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { type HostRig, Rig, type RigBoard } from '../firmware/rig.ts';
import { LockStep } from '../simulator/avr/lock-step.ts';
import { inFull, note, sized } from './figures.ts';
import { Chance, seed } from './support/chance.ts';
import { SimavrProgram, SimavrRig } from './support/simavr.ts';

describe('the chip’s instructions', () => {
  it('are avr8js’ own from a million random states, and in random programs', () => {
    const both = new LockStep(seed);
    expect(both.steps(sized(1_000_000, 100_000))).toBe(null);
    for (let flash = 0; flash < sized(200, 20); flash++) expect(both.program(400)).toBe(null);
  });

  it('move the pins at the very same cycles over a whole session', async () => {
    const id = inFull ? 'leg-and-back' : 'first-touch';
    const routine = fromLibrary(id);
    if (!routine) throw new Error(`the library has lost ${id}`);
    const session = async (carryOut: Execute): Promise<unknown> => {
      const hash = createHash('sha256');
      let edges = 0;
      const watch: Parameters<typeof emulatedStage>[2] = uno =>
        uno.scope.subscribeEdges(({ cycle, pin, high }) => {
          hash.update(`${cycle} ${pin} ${high}\n`);
          edges += 1;
        });
      const stage = await emulatedStage(firmwareHex(), seed, watch, carryOut);
      try {
        const { stateHash } = await simulate(stage, {
          routine,
          steps: assumedPerson(routine),
          product: 'chip',
          trace: line => hash.update(JSON.stringify(line)),
        });
        return { stateHash, edges, hash: hash.digest('hex') };
      } finally {
        stage.close();
      }
    };
    const ours = await session(execute);
    expect(ours).toEqual(await session(oneByOne));
    expect(ours).toMatchObject({ edges: expect.toSatisfy((edges: number) => edges > 10_000) });
  });
});

type Hangable = HostRig<RigBoard> & { hang(interruptsOff?: boolean): unknown };

/** In mid-drive, some moment after its newest lease. */
const driving = (rig: Hangable, chance: Chance): Hangable => {
  const duty = 40 + chance.below(100);
  rig.ready().for(chance.between(0, 40)).hold(chance.between(80, 300), duty, 0);
  rig.ask(duty, 0).lease(duty, 0).for(chance.between(8, 30));
  expect(rig.isDriven).toBe(true);
  return rig;
};

/** What ends the drive; each tells from when on it counts. */
const ends: readonly Readonly<{
  id: string;
  what: string;
  boundMs: number;
  end(rig: Hangable, chance: Chance): number;
}>[] = [
  {
    id: 'stop-pin',
    what: 'stop switch pressed',
    boundMs: 5,
    end: rig => {
      const at = rig.nowMs;
      rig.uno.press('stop');
      rig.for(20);
      return at;
    },
  },
  {
    id: 'lapse',
    what: 'no new lease',
    boundMs: leaseLimits.leaseMs + 1,
    end: rig => {
      rig.drain();
      const at = rig.nowMs;
      rig.for(400);
      return at;
    },
  },
  {
    id: 'kill',
    what: 'host killed in the midst of a message',
    boundMs: 300,
    end: (rig, chance) => {
      rig.ask(100, 0).lease(100, 0).for(chance.between(0, 3));
      const at = rig.nowMs;
      rig.uno.cutLine();
      rig.for(400);
      return at;
    },
  },
  {
    id: 'main-loop-hang',
    what: 'program hangs in its main loop, under a host that renews',
    boundMs: 300,
    end: rig => {
      rig.hang();
      const at = rig.nowMs;
      rig.hold(500, 60, 0);
      return at;
    },
  },
  {
    id: 'cli-hang',
    what: 'program hangs with interrupts off',
    boundMs: 300,
    end: rig => {
      rig.hang(true);
      const at = rig.nowMs;
      rig.for(500);
      return at;
    },
  },
];

const simavr = new SimavrProgram();
afterAll(() => simavr.remove());

/** A motor's pin falls with its PWM; simavr tells of the timer being taken off the pin: at most a period apart. */
const pwmPeriodMs = 1.024;

describe.skipIf(simavr.path === null)(
  'the shipped firmware in simavr (libsimavr-dev and a C compiler)',
  () => {
    it.each(ends)('$what: off within $boundMs ms, as in the emulated board', ({ id, what, boundMs, end }) => {
      const moments = sized(100, 8);
      const worst = { ours: 0, simavr: 0 };
      for (let moment = 0; moment < moments; moment++) {
        const inOurs = new Rig({ seed: moment });
        const inSimavr = new SimavrRig(simavr);
        for (const [name, rig] of [
          ['ours', inOurs],
          ['simavr', inSimavr],
        ] as const) {
          const chance = new Chance(seed * 6151 + moment);
          const from = end(driving(rig, chance), chance);
          worst[name] = Math.max(worst[name], rig.silentSinceMs - from);
        }
        inSimavr.uno.close();
      }
      note({
        id: `second-opinion-${id}`,
        what: `${what} → both motors off, worst`,
        value: worst.ours,
        simavr: worst.simavr,
        unit: 'ms',
        bound: boundMs,
        of: `${moments} moments, seed ${seed}`,
      });
      expect(worst.ours).toBeLessThanOrEqual(boundMs);
      expect(worst.simavr).toBeLessThanOrEqual(boundMs);
      expect(Math.abs(worst.ours - worst.simavr)).toBeLessThan(5 + pwmPeriodMs);
    });
  },
);
