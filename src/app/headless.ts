/** The board alone: what takes the place of a page's buttons before a session and after it. */

import { Favourites } from '../session/favourites.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Clock } from '../time/clock.ts';
import type { StartSettings } from './start-settings.ts';

/** A press that ends one session does not begin the next. */
const restMs = 3000;

/**
 * LESS chooses among the favourites before screening; once a session is over, GO begins the same again, with screening.
 * `again`: whether somebody is there to press it, rather than a script.
 */
export function headless(
  sessions: Sessions,
  remembered: StartSettings,
  clock: Clock,
  again: boolean,
): Favourites {
  const favourites = new Favourites(sessions, remembered.favourites());
  let overAt: number | null = null;
  sessions.listen({
    ended: () => {
      overAt = clock.now();
    },
    pressed: (button, down) => {
      if (!again || button !== 'go' || !down || overAt === null || clock.now() - overAt < restMs) return;
      overAt = null;
      const { routine } = sessions.run;
      // Not within the moment of the press itself, which is still that of the session before.
      clock.at(clock.now(), () => sessions.begin(routine));
    },
  });
  return favourites;
}
