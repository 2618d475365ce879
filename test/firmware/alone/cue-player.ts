/**
 * What plays the cues of a session, twice: the conductor with the driver's output behind it, and its twin on the board
 * alone. Both are told the same orders at the same moments, and both tell what they did at each ms.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Motors } from '../../../hardware/board.ts';
import { uncalibratedBoard } from '../../../hardware/duty.ts';
import { decode } from '../../../hardware/lease.ts';
import { Output } from '../../../hardware/output.ts';
import {
  type BoardCalibration,
  cueIds,
  cueWhys,
  type Ms,
  motors,
  type Order,
} from '../../../machines/vocabulary.ts';
import { Conductor } from '../../../src/motors/conductor.ts';
import { shapedFor, turnedRound } from '../../../src/session/cue-shape.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { linked } from '../host/build.ts';

/** How a board's motors and the hand that holds it are. */
export type Tuning = Readonly<{ calibration: BoardCalibration; isTurned: boolean; isGentle: boolean }>;

/** A board that nobody has tuned. */
export const usualTuning: Tuning = { calibration: uncalibratedBoard, isTurned: false, isGentle: false };

/** All that comes at one moment: orders, a stop, whether the session means motors to run; then its frame. */
export type Moment = Readonly<{ at: Ms; orders: readonly (Order | 'stop')[]; isEngaged: boolean }>;
export type Stream = Readonly<{ tuning: Tuning; moments: readonly Moment[] }>;

/** What was done at one ms, the newest lease last: of several at one moment only that counts. */
type Done = { readonly at: Ms; readonly words: string[]; lease: string | null };

class Log {
  readonly #all: Done[] = [];

  #at(at: Ms): Done {
    const last = this.#all.at(-1);
    if (last?.at === at) return last;
    const done: Done = { at, words: [], lease: null };
    this.#all.push(done);
    return done;
  }
  word(at: Ms, word: string): void {
    const done = this.#at(at);
    done.words.push(word);
    // Silence ends whatever was leased before it.
    if (word === 'h') done.lease = null;
  }
  lease(at: Ms, lease: string): void {
    this.#at(at).lease = lease;
  }
  /** One line for each ms at which anything was done. */
  lines(): readonly string[] {
    return this.#all.flatMap(({ at, words, lease }) =>
      words.length > 0 || lease !== null
        ? [`${at}: ${[...words, ...(lease === null ? [] : [lease])].join(' ')}`]
        : [],
    );
  }
}

/** The two motors of a board, which remember what was asked of them. */
function rememberedMotors(): Readonly<{ motors: Motors; duty: Record<'left' | 'right', number> }> {
  const duty = { left: 0, right: 0 };
  const motor = (name: 'left' | 'right') => ({
    start: (asked: number) => {
      duty[name] = asked;
    },
    stop: () => {
      duty[name] = 0;
    },
  });
  return { motors: { left: motor('left'), right: motor('right') }, duty };
}

/** What the conductor and the driver do. */
function conducted({ tuning, moments }: Stream): readonly string[] {
  const { calibration, isTurned, isGentle } = tuning;
  const clock = new VirtualClock();
  const log = new Log();
  const fitted = rememberedMotors();
  let isEngaged = true;
  let at = 0;
  const output = new Output(
    {
      clock,
      write: bytes => {
        const lease = decode('lease', bytes);
        if (!lease) throw new Error(`${bytes} is no lease`);
        const { left, right, leaseMs } = lease;
        if (left !== fitted.duty.left || right !== fitted.duty.right)
          throw new Error(`at ${clock.now()} ms the lease says otherwise than the motors are told`);
        log.lease(clock.now(), `l${left},${right},${leaseMs}`);
      },
      fitted: () => fitted.motors,
      room: () => 64,
      armedEpoch: () => 1,
    },
    calibration,
  );
  const conductor = new Conductor({
    clock,
    now: () => at,
    driver: {
      arm: () => log.word(at, 'a'),
      apply: (frame, leaseMs) => output.apply(frame, leaseMs),
      hush: () => {
        output.letGo();
        fitted.motors.left.stop();
        fitted.motors.right.stop();
        log.word(at, 'h');
      },
    },
    engaged: () => isEngaged,
    shaped: (pulses, cue) => shapedFor(pulses, cue, { glideMs: calibration.glideMs, isGentle }),
    played: ({ cue, why }, playedAt) =>
      log.word(at, `b${cueIds.indexOf(cue)},${cueWhys.indexOf(why)},${playedAt}`),
    dropped: ({ cue, why, limit }) =>
      log.word(at, `d${cueIds.indexOf(cue)},${cueWhys.indexOf(why)},${limits.indexOf(limit)}`),
    framed: () => {},
    stalled: () => {},
  });
  for (const moment of moments) {
    for (let next = conductor.next(); next !== null && next < moment.at; next = conductor.next()) {
      clock.runUntil(next);
      at = next;
      conductor.finish(at);
    }
    clock.runUntil(moment.at);
    at = moment.at;
    isEngaged = moment.isEngaged;
    for (const order of moment.orders)
      if (order === 'stop') conductor.hush();
      else conductor.accept(isTurned ? turnedRound(order) : order);
    conductor.finish(at);
    log.word(at, `n${conductor.next() ?? -1}`);
  }
  return log.lines();
}

const limits = ['rank', 'cueShare', 'queue'];

function orderLine(order: Order | 'stop'): string {
  if (order === 'stop') return 's';
  switch (order.type) {
    case 'arm':
      return `A ${order.at} 0 0 0 0 0 0`;
    case 'engage':
      return `E ${order.until} 0 0 0 0 0 0`;
    case 'hush':
      return 'H 0 0 0 0 0 0 0';
    case 'drop':
      return `D 0 ${cueIds.indexOf(order.cue)} 0 0 0 0 0`;
    case 'play': {
      const { at, cue, from, times, why, answer, again } = order;
      const words = [at, cueIds.indexOf(cue), motors.indexOf(from), times, cueWhys.indexOf(why)];
      return `P ${words.join(' ')} ${Number(answer)} ${Number(again === true)}`;
    }
  }
}

export function tuningLine({ calibration, isTurned, isGentle }: Tuning): string {
  const { lagMs, swapped, glideMs } = calibration;
  const duties = motors.flatMap(motor => {
    const { startDuty, ratedDuty, kickDuty } = calibration[motor];
    return [startDuty, ratedDuty, kickDuty];
  });
  return `t ${duties.join(' ')} ${lagMs.left} ${lagMs.right} ${[swapped, isTurned].map(Number).join(' ')} ${glideMs} ${Number(isGentle)}`;
}

const linesOf = ({ tuning, moments }: Stream): readonly string[] => [
  tuningLine(tuning),
  ...moments.flatMap(({ at, orders, isEngaged }) => [
    `m ${at}`,
    `e ${Number(isEngaged)}`,
    ...orders.map(orderLine),
    'f',
  ]),
];

const alone = fileURLToPath(new URL('../../../hardware/firmware/tactus/src/alone/', import.meta.url));
const host = fileURLToPath(new URL('./host/cues.cpp', import.meta.url));
const files = ['cues.cpp', 'cue_table.cpp', 'conductor.cpp', 'duty.cpp'];

/** The board's player of cues as a program of this machine. */
export const buildCuePlayer = (): string =>
  linked([[host, '-O1'], ...files.map(file => [join(alone, file), '-O1'] as const)], [`-I${alone}`]);

/** What it answers to these lines, all at once. */
export function answersOf(program: string, lines: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(program, {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0 || stderr !== '') throw new Error(`the player of cues ended with ${status}: ${stderr}`);
  return stdout.split('\n').slice(0, -1);
}

/** What the board alone does, stream by stream. */
function played(program: string, streams: readonly Stream[]): readonly (readonly string[])[] {
  const lines = streams.flatMap(linesOf);
  const answers = answersOf(program, lines);
  const logs: Log[] = [];
  let at = 0;
  lines.forEach((line, index) => {
    if (line.startsWith('t')) {
      logs.push(new Log());
      at = 0;
    }
    const log = logs.at(-1);
    for (const word of answers[index]?.split(' ').filter(Boolean) ?? []) {
      if (word.startsWith('m')) at = Number(word.slice(1));
      else if (word.startsWith('l')) log?.lease(at, word);
      else log?.word(at, word);
    }
  });
  return logs.map(log => log.lines());
}

/** Where the two players first do otherwise in each of these; nothing where both do the same, ms for ms. */
export function differing(program: string, streams: readonly Stream[]): readonly string[] {
  const told = played(program, streams);
  if (told.length !== streams.length) throw new Error(`${told.length} answers to ${streams.length} streams`);
  return streams.flatMap((stream, index) => {
    const wanted = conducted(stream);
    const board = told[index] ?? [];
    const at = [...wanted, null].findIndex((line, place) => line !== (board[place] ?? null));
    return at < 0 || (at === wanted.length && board.length === at)
      ? []
      : [`stream ${index}: not "${wanted[at]}" but "${board[at]}", after "${wanted[at - 1]}"`];
  });
}
