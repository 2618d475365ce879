/** What a session puts on the wire, counted byte by byte in virtual time. */
import { figureWords } from '../../../../machines/text/figures.ts';
import { fill } from '../../../../machines/text/text.ts';
import { firmwareHex } from '../../../installed.ts';
import { emulatedStage } from '../../../simulation/emulated-stage.ts';
import { assumedPerson } from '../../../simulation/script.ts';
import { simulate } from '../../../simulation/simulate.ts';
import { DrivenStage } from '../driven-stage.ts';
import { wireBytesAMinute } from '../limits.ts';
import { type AnyRow, row } from '../rows.ts';
import { shipped } from '../session.ts';
import type { World } from '../world.ts';

const minuteMs = 60_000;
const framesEachMs = 50;

/** Of each whole minute, from the first frame on: what passes while screening asks is not a session's. */
async function minutesOfSession(): Promise<readonly number[]> {
  const routine = shipped('first-touch');
  const stage = await emulatedStage(firmwareHex(), 1);
  const passed: (readonly [at: number, bytes: number])[] = [];
  const count = (bytes: Uint8Array): void => void passed.push([stage.clock.now(), bytes.length]);
  stage.line?.on('data', count);
  stage.line?.on('wrote', count);
  let firstAt: number | null = null;
  try {
    await simulate(stage, {
      routine,
      steps: assumedPerson(routine),
      product: 'bench',
      trace: ({ type }) => {
        if (type === 'frame') firstAt ??= stage.clock.now();
      },
    });
    const from = firstAt ?? 0;
    const minutes = Math.floor((stage.clock.now() - from) / minuteMs);
    return Array.from({ length: minutes }, (_, nth) =>
      passed.reduce((sum, [at, bytes]) => {
        const since = at - from - nth * minuteMs;
        return since >= 0 && since < minuteMs ? sum + bytes : sum;
      }, 0),
    );
  } finally {
    stage.close();
  }
}

export async function wire(world: World): Promise<readonly AnyRow[]> {
  const own = await minutesOfSession();
  const stage = await DrivenStage.open();
  try {
    const forMs = world.lasting(minuteMs, 5000);
    const bytes = await stage.bytesOfFrames(framesEachMs, forMs);
    return [
      row('wire', {
        unit: 'bytes a minute',
        samples: own,
        instead: [
          {
            by: fill(figureWords.by.frames, { every: framesEachMs }),
            samples: [(bytes * minuteMs) / forMs],
          },
        ],
        limit: wireBytesAMinute,
      }),
    ];
  } finally {
    stage.close();
  }
}
