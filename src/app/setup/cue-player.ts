/** Plays one cue on a board through the conductor and the driver of a session: armed on a person's word, then silent. */
import { playMs } from '../../../machines/cues/expand.ts';
import { cues } from '../../../machines/cues/library.ts';
import { leaseLimits } from '../../../machines/limits.ts';
import type { CueId, Motor, Ms } from '../../../machines/vocabulary.ts';
import { Agenda } from '../../motors/agenda.ts';
import { Conductor } from '../../motors/conductor.ts';
import type { Clock } from '../../time/clock.ts';
import { Ending } from '../ending.ts';
import { type LiveBoard, openLiveBoard } from '../live-board.ts';
import type { Surroundings } from '../surroundings.ts';

export type CueToPlay = Readonly<{ cue: CueId; board: string; times: number; from: Motor }>;

/** What came of it. `refused`: the board drove nothing although its line was there all the time. */
export type CuePlayed = 'played' | 'stopped' | 'lost' | 'restarted' | 'stalled' | 'otherFirmware' | 'refused';

/** Time between arming and the first pulse, in which the board takes up its first lease. */
const leadMs: Ms = 200;

const at = (clock: Clock, moment: Ms): Promise<void> => new Promise(resolve => clock.at(moment, resolve));

/** Resolves once the motors are off; `confirmed`: the firmware has said so. Throws Ended. */
export async function playCue(
  toPlay: CueToPlay,
  around: Surroundings,
): Promise<Readonly<{ came: CuePlayed; confirmed: boolean }>> {
  const ending = new Ending(around);
  try {
    const live = await ending.or(openLiveBoard(toPlay.board, around), late => void late.close());
    try {
      if (live.driver.other) return { came: 'otherFirmware', confirmed: true };
      ending.silenceBy(() => live.driver.silent());
      return await playOn(live, toPlay, around.clock, ending);
    } finally {
      await live.close();
    }
  } finally {
    ending.over();
  }
}

async function playOn(
  { driver }: LiveBoard,
  { cue, times, from }: CueToPlay,
  clock: Clock,
  ending: Ending,
): Promise<Readonly<{ came: CuePlayed; confirmed: boolean }>> {
  let isPlaying = true;
  let wasArmed = false;
  let wasDriven = false;
  let cutShort: (came: CuePlayed) => void = () => {};
  const cut = new Promise<CuePlayed>(resolve => {
    cutShort = came => {
      isPlaying = false;
      resolve(came);
    };
  });
  driver.listen({
    ready: () => {},
    edge: (button, down) => {
      if (button === 'stop' && down) cutShort('stopped');
    },
    status: ({ state, duty }) => {
      wasArmed ||= state === 'armed' || state === 'leased';
      wasDriven ||= duty.left > 0 || duty.right > 0;
      if (wasArmed && state === 'stopped') cutShort('stopped');
    },
    silence: () => {},
    lost: () => cutShort('lost'),
    restarted: () => cutShort('restarted'),
  });
  const conductor = new Conductor({
    clock,
    now: () => agenda.handledAt(),
    driver,
    engaged: () => isPlaying,
    played: () => {},
    dropped: () => {},
    framed: () => {},
    stalled: () => cutShort('stalled'),
  });
  const agenda = new Agenda({
    clock,
    motors: conductor,
    wakers: [],
    due: () => {},
    settled: () => {},
    handled: () => {},
  });
  ending.silenceBy(() => {
    agenda.close();
    return driver.silent();
  });
  try {
    const begin = Math.floor(clock.now()) + leadMs;
    const end = begin + playMs(cues[cue], times) + leaseLimits.leaseMs;
    agenda.happen(() => {
      conductor.accept({ type: 'arm', at: begin - leadMs });
      conductor.accept({ type: 'engage', until: end });
      conductor.accept({ type: 'play', cue, at: begin, from, times, why: 'tried', answer: false });
    });
    const whole = at(clock, end).then((): CuePlayed => (wasDriven ? 'played' : 'refused'));
    const came = await ending.or(Promise.race([whole, cut]));
    agenda.close();
    return { came, confirmed: await driver.silent() };
  } finally {
    agenda.close();
  }
}
