/** A Mega that plays by itself, in a worker of the browser: nothing is on its line, and nobody decides but the board. */
import { eepromImage } from '../../../hardware/alone/image.ts';
import hex from '../../../hardware/firmware/tactus-mega.hex?raw';
import { uno as pins } from '../../../hardware/pins.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Motor } from '../../../machines/vocabulary.ts';
import { Paced, type PacedEvent } from '../../avr/paced.ts';
import { triedMega } from '../../avr/tried.ts';
import type { FromBoardWorker, ToBoardWorker } from '../messages.ts';

/** Standing still for longer than this is worth a word. */
const noticedMs = 1000;
/** Nothing is on its line, and nobody sees more of it than a screen draws: a worker that wakes each millisecond does little else. */
const everyMs = 5;

const post = (message: FromBoardWorker): void => globalThis.postMessage(message);
const dark = () => ({ lit: false, duty: { left: 0, right: 0 } as Record<Motor, number> });
let seen = dark();

function tell(event: PacedEvent): void {
  if (event.type === 'stalled' && event.skippedMs > noticedMs) post({ stoodStill: true });
  if (event.type !== 'scope') return;
  const { event: change } = event;
  if (change.type === 'level') seen.lit = change.high;
  else seen.duty[change.pin === pins.left ? 'left' : 'right'] = change.duty;
  post({ seen: { lit: seen.lit, duty: { ...seen.duty } } });
}

function begin(seed: number): Paced {
  const routine = fromLibrary('first-touch');
  if (!routine) throw new Error('first-touch is not in the library');
  const eeprom = eepromImage([{ routine, easierSide: 'left' }]);
  const paced = new Paced(triedMega(hex, { seed, eeprom }), {
    now: () => performance.now(),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    post: tell,
    everyMs,
  });
  seen = dark();
  post({ seen });
  return paced;
}

let board: Paced | null = null;
let stands = false;

function follow(): void {
  if (stands) board?.stop();
  else board?.start();
}

globalThis.onmessage = ({ data }: MessageEvent<ToBoardWorker>) => {
  if ('seed' in data) {
    board?.stop();
    board = begin(data.seed);
    follow();
  } else if ('stands' in data) {
    ({ stands } = data);
    follow();
  } else if (data.down) board?.press(data.button);
  else board?.release(data.button);
};
