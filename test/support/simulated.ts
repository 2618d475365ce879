/** A whole session in virtual time within the test's own process, on no board or with the firmware in the loop. */
import type { Cue } from '../../machines/cues/schema.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { firmwareHex } from '../../src/installed.ts';
import { type TraceLine, written } from '../../src/session/trace.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import { rememberedStage } from '../../src/simulation/recorded-stage.ts';
import { assumedPerson, parseScript, type Step } from '../../src/simulation/script.ts';
import { type Simulated, type Stage, simulate } from '../../src/simulation/simulate.ts';
import { routine as small } from './routines.ts';

/** A step as a script's file has it. */
export type RawStep = Readonly<Record<string, unknown>>;

/** What brings a session of most routines under way at 0. */
export const begun: readonly RawStep[] = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 0, intent: 'start' },
];

export function stepsOf(raw: readonly RawStep[]): readonly Step[] {
  const parsed = parseScript(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.issues.join('; '));
  return parsed.steps;
}

export type Played = Simulated & Readonly<{ lines: readonly TraceLine[]; text: string; journal: string }>;

export const boards = ['none', 'firmware'] as const;
export type BoardKind = (typeof boards)[number];

export const stageOf = async (board: BoardKind): Promise<Stage> =>
  board === 'none' ? rememberedStage() : emulatedStage(firmwareHex(), 1);

/** Without steps the assumed person; without a board none. */
export async function simulated({
  routine = small(),
  steps,
  board = 'none',
  cues,
}: {
  routine?: Routine;
  steps?: readonly RawStep[];
  board?: BoardKind;
  cues?: readonly Cue[];
} = {}): Promise<Played> {
  const lines: TraceLine[] = [];
  let journal = '';
  const stage = await stageOf(board);
  try {
    const result = await simulate(stage, {
      routine,
      steps: steps ? stepsOf(steps) : assumedPerson(routine),
      product: 'test',
      ...(cues && { cues }),
      trace: line => lines.push(line),
      journal: line => {
        journal += line;
      },
    });
    return { ...result, lines, text: lines.map(written).join(''), journal };
  } finally {
    stage.close();
  }
}

export const linesOf = <T extends TraceLine['type']>(
  { lines }: Pick<Played, 'lines'>,
  type: T,
): readonly Extract<TraceLine, { type: T }>[] => lines.filter(line => line.type === type) as never;
