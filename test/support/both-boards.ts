/** The same session on no board and with the firmware in the loop, and what has to be equal of the two. */
import { written } from '../../src/session/trace.ts';
import { type Played, type RawStep, simulated } from './simulated.ts';

export const onBothBoards = async (steps: readonly RawStep[]): Promise<readonly [Played, Played]> => [
  await simulated({ steps, board: 'none' }),
  await simulated({ steps, board: 'firmware' }),
];

/** All but what the pins did: no board has none. */
export const withoutPins = ({ lines }: Played): string =>
  lines
    .filter(({ type }) => type !== 'pin')
    .map(written)
    .join('');
