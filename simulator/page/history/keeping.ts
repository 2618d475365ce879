/** How much is kept of the sessions to come, and for how many days. */
import type { Preferences } from '../../../src/server/api-messages.ts';

export type KeepingChosen = Readonly<Pick<Preferences, 'keep' | 'keepDays'>>;
