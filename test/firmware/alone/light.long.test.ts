/** The light of a board alone shines as the controller's, ms for ms; and what it says beside that harms nobody. */
import { beforeAll, describe, expect, it } from 'vitest';
import { stateNames } from '../../../machines/session.states.ts';
import type { StopTrial } from '../../../machines/touch/led.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { Led } from '../../../src/session/led.ts';
import { seeded } from '../../../src/time/virtual-clock.ts';
import { hasSanitizers } from '../host/build.ts';
import { TouchProgram } from './touch-program.ts';

const stopTrials: readonly StopTrial[] = ['wanted', 'held', 'done'];
const signs = ['none', 'loaded', 'brokeOff', 'notLoaded', 'favourite'];
const favourite = signs.indexOf('favourite');
const answers = [null, false, true] as const;
const open = 'o 1 0';
const screening = stateNames.indexOf('screening');

const shown = (lit: boolean, until: Ms | null): string => `${Number(lit)}:${until ?? -1}`;

/** A light of the controller's, and how it is lit. */
function watched(): Readonly<{ led: Led; isLit(): boolean }> {
  let lit = false;
  const led = new Led(is => {
    lit = is;
  });
  return { led, isLit: () => lit };
}

/** Every ms of a stretch; told is what differs from the ms before. */
function swept(state: number, steadyOnly: boolean, stopTrial: StopTrial, forMs: Ms): string {
  const { led, isLit } = watched();
  const name = stateNames[state] ?? 'screening';
  let before = '';
  const told: string[] = ['l'];
  for (let at = 0; at < forMs; at++) {
    const until = led.shine(name, at, steadyOnly, null, stopTrial);
    const is = shown(isLit(), until);
    if (is !== before) told.push(`${at}:${is}`);
    before = is;
  }
  return told.join(' ');
}

describe.skipIf(!hasSanitizers)('the light of a board alone', () => {
  let program: TouchProgram;
  beforeAll(() => {
    program = new TouchProgram();
  }, 120_000);

  it('shines in every state as the controller has it, at every ms of five seconds', () => {
    const ways = stateNames.flatMap((_, state) =>
      [false, true].flatMap(steadyOnly => stopTrials.map(trial => ({ state, steadyOnly, trial }))),
    );
    const given = program.answers(
      ways.flatMap(({ state, steadyOnly, trial }) => [
        open,
        `l ${state} ${Number(steadyOnly)} ${stopTrials.indexOf(trial)} 5000`,
      ]),
    );
    expect(given.filter((_, line) => line % 2 === 1)).toEqual(
      ways.map(({ state, steadyOnly, trial }) => swept(state, steadyOnly, trial, 5000)),
    );
  });

  it('shines through states, presses and counts of chance as the controller has it', () => {
    const random = seeded(20_261_130);
    const below = (most: number): number => Math.floor(random() * most);
    const lines: string[] = [];
    const expected: string[] = [];
    for (let run = 0; run < 500; run++) {
      const { led, isLit } = watched();
      lines.push(open);
      expected.push('o');
      let at = 0;
      for (let step = 0; step < 100; step++) {
        at += below(random() < 0.5 ? 40 : 700);
        if (random() < 0.05) {
          const count = 1 + below(8);
          led.count(count, at);
          lines.push(`k ${favourite} ${at} ${count}`);
          expected.push('k');
        }
        const state = random() < 0.7 ? (step >> 4) % stateNames.length : below(stateNames.length);
        const steadyOnly = random() < 0.2;
        const answer = random() < 0.8 ? 0 : below(3);
        const trial = random() < 0.8 ? 2 : below(3);
        const name = stateNames[state] ?? 'screening';
        const until = led.shine(name, at, steadyOnly, answers[answer], stopTrials[trial]);
        lines.push(`h ${at} ${state} ${Number(steadyOnly)} ${answer} ${trial}`);
        expected.push(`h ${shown(isLit(), until)}`);
      }
    }
    expect(program.answers(lines)).toEqual(expected);
  });

  /** When it is lit, from when until when, where it shows this from 0 on and screening has not asked. */
  const litFor = (sign: string, count = 0, then = 'none'): readonly string[] => {
    const atEach = Array.from({ length: 8000 }, (_, at) => `h ${at} ${screening} 1 0 2`);
    const given = program
      .answers([open, `k ${signs.indexOf(sign)} 0 ${count}`, `w ${signs.indexOf(then)}`, ...atEach])
      .slice(3);
    const changes = given.flatMap((answer, at) => (answer[2] === given[at - 1]?.[2] ? [] : [at])).slice(1);
    return changes.flatMap((from, index) => (index % 2 === 0 ? [`${from} to ${changes[index + 1]}`] : []));
  };

  it('says by itself what a board alone has to say, and then rests', () => {
    expect(litFor('loaded')).toEqual(['500 to 750', '1500 to 1750']);
    expect(litFor('brokeOff')).toEqual(['500 to 2000', '2500 to 2750']);
    expect(litFor('notLoaded')).toEqual(['500 to 670', '840 to 1010', '1180 to 1350']);
    expect(litFor('favourite', 3)).toEqual(['500 to 1000', '1500 to 2000', '2500 to 3000']);
  });

  it('says one thing after the other, and each once', () => {
    const lost = ['3750 to 3920', '4090 to 4260', '4430 to 4600'];
    expect(litFor('brokeOff', 0, 'notLoaded')).toEqual(['500 to 2000', '2500 to 2750', ...lost]);
    expect(litFor('favourite', 1, 'notLoaded')).toHaveLength(4);
  });

  it('never flashes more than three times in a second, whatever it is asked for', () => {
    const random = seeded(7);
    const below = (most: number): number => Math.floor(random() * most);
    const lines = [open];
    let state = 0;
    let sign = 0;
    const forMs = 120_000;
    for (let at = 0; at < forMs; at++) {
      if (random() < 0.0004) {
        sign = below(signs.length);
        lines.push(`k ${sign} ${at} ${1 + below(6)}`);
        if (random() < 0.5) lines.push(`w ${below(signs.length - 1)}`);
      }
      if (random() < 0.02) state = below(stateNames.length);
      lines.push(`h ${at} ${state} ${Number(random() < 0.1)} ${random() < 0.9 ? 0 : below(3)} 2`);
    }
    const given = program.answers(lines).filter(answer => answer.startsWith('h'));
    expect(given).toHaveLength(forMs);
    const flashes = given.flatMap((answer, at) =>
      answer[2] === '1' && given[at - 1]?.[2] === '0' ? [at] : [],
    );
    expect(flashes.length).toBeGreaterThan(200);
    expect(flashes.filter((from, index) => (flashes[index + 3] ?? forMs * 2) - from < 1000)).toEqual([]);
  });
});
