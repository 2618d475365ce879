/** Plays one cue on a board through the conductor and the driver of a session: armed on a person's word, then silent. */
import { playMs } from '../../machines/cues/expand.ts';
import { cues } from '../../machines/cues/library.ts';
import { leaseLimits } from '../../machines/limits.ts';
import type { CueId, Motor, Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../clock.ts';
import { Conductor } from '../conductor.ts';
import { openLiveBoard } from './live-board.ts';
import type { Surroundings } from './surroundings.ts';

export type CueToPlay = Readonly<{ cue: CueId; board: string; times: number; from: Motor }>;

/** Time between arming and the first pulse, in which the board takes up its first lease. */
const leadMs: Ms = 200;

const at = (clock: Clock, moment: Ms): Promise<void> => new Promise(resolve => clock.at(moment, resolve));

/** Resolves once the motors are off; `confirmed`: the firmware has said so. */
export async function playCue(
  { cue, board, times, from }: CueToPlay,
  around: Surroundings,
): Promise<{ confirmed: boolean }> {
  const { clock } = around;
  const live = await openLiveBoard(board, around);
  let isPlaying = true;
  const conductor = new Conductor({
    clock,
    driver: live.driver,
    engaged: () => isPlaying,
    due: () => {},
    played: () => {},
    dropped: () => {},
    framed: () => {},
    stalled: () => {
      isPlaying = false;
    },
    handled: () => {},
  });
  try {
    const begin = Math.floor(clock.now()) + leadMs;
    const end = begin + playMs(cues[cue], times) + leaseLimits.leaseMs;
    conductor.moment(begin - leadMs, () => {
      conductor.accept({ type: 'arm', at: begin - leadMs });
      conductor.accept({ type: 'engage', until: end });
      conductor.accept({ type: 'play', cue, at: begin, from, times, why: 'tried', answer: false });
    });
    await at(clock, end);
    isPlaying = false;
    conductor.close();
    return { confirmed: await live.driver.silent() };
  } finally {
    conductor.close();
    await live.close();
  }
}
