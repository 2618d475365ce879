/** What `start` was told this time and what it remembers from the last, as one. */
import { routineLimits } from '../../machines/limits.ts';
import { defaultRoutineId, fromLibrary } from '../../machines/routine/library.ts';
import type { Routine, User } from '../../machines/routine/schema.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { chosen, minutesUntil, nextTimeOfDay } from '../choices.ts';
import { mostFavourites, type Preferences, PreferencesFile } from '../history/preferences.ts';
import type { Kept } from '../history/records.ts';
import { OwnRoutines } from '../own-routines.ts';
import type { Settings } from '../sessions.ts';
import type { Offers } from '../wire/offers.ts';
import type { StartOptions } from './controller.ts';
import { Exit, shown } from './exit.ts';
import { routineFrom } from './files.ts';

export class Remembered {
  /** What it begins with, scaled. */
  readonly routine: Routine;
  /** What was left out for that. */
  readonly said: string | null;
  readonly own: OwnRoutines;
  readonly #file: PreferencesFile;
  readonly #endsAtWall: number | null;
  #preferences: Preferences;
  #minutes: number | null;
  #user: User | null;
  readonly #client: string | null;

  /** Throws Exit where what was asked for can't be had. */
  constructor(stateFolder: string, options: StartOptions) {
    this.own = new OwnRoutines(stateFolder);
    this.#file = new PreferencesFile(stateFolder);
    const before = this.#file.read();
    const own = this.own.list();
    const isAgain = options.routine === undefined && before.routine !== null;
    const name = options.routine ?? before.routine ?? defaultRoutineId;
    // What was remembered may be gone meanwhile.
    const known = fromLibrary(name) ?? own.find(({ id }) => id === name);
    const routine =
      known ??
      (isAgain ? (fromLibrary(defaultRoutineId) ?? routineFrom(defaultRoutineId)) : routineFrom(name, own));
    this.#user = options.for ?? (isAgain ? before.for : null);
    if (options.for === undefined && this.#user && !routine.for.includes(this.#user)) this.#user = null;
    this.#client = options.client ?? null;
    this.#endsAtWall = endOf(options);
    const minutes =
      this.#endsAtWall === null
        ? (options.minutes ?? (isAgain && known ? before.minutes : null))
        : this.#minutesUntilEnd(routine, this.#endsAtWall);
    this.#minutes = this.#endsAtWall === null ? minutes : null;
    const found = chosen({
      routine,
      ...(minutes !== null && { minutes }),
      ...(this.#user && { for: this.#user }),
      mayDrop: options.drop,
    });
    // What fitted once and no longer does is no reason not to start.
    if (
      !found.ok &&
      options.minutes === undefined &&
      this.#endsAtWall === null &&
      options.for === undefined
    ) {
      this.routine = routine;
      this.said = null;
      this.#minutes = null;
    } else if (found.ok) {
      this.routine = found.routine;
      this.said = found.said;
    } else
      throw new Exit(
        'usage',
        [
          found.why,
          ...(found.mayDrop ? [catalogue.scaling.dropAnyway] : []),
          ...(this.#endsAtWall === null
            ? []
            : [fill(catalogue.scaling.untilThen, { minutes: minutes ?? 0 })]),
        ].join(' '),
      );
    this.#preferences = this.#kept(options, own);
  }

  /** What a page may choose from, and what it chooses. */
  readonly offers: Offers = {
    routines: () => this.own.all(),
    again: () => {
      const { routine: id, minutes } = this.#preferences;
      const routine = id === null ? undefined : this.#find(id);
      return routine ? { routine: routine.id, title: routine.title, minutes } : null;
    },
    choose: ({ routine: id, minutes, drop, for: user }) => {
      const routine = this.#find(id);
      if (!routine) return { ok: false, why: 'there is no such routine', mayDrop: false };
      const found = chosen({ routine, minutes, for: user, mayDrop: drop });
      return { ...found, begun: () => this.#choose(minutes ?? null, user ?? null) };
    },
    repeat: () => {
      const { routine: id, minutes, for: user } = this.#preferences;
      const routine = id === null ? undefined : this.#find(id);
      if (!routine) return { ok: false, why: 'nothing has been begun yet', mayDrop: false };
      const found = chosen({ routine, minutes: minutes ?? undefined, mayDrop: true });
      return { ...found, begun: () => this.#choose(minutes, user) };
    },
  };

  #find(id: string): Routine | undefined {
    return fromLibrary(id) ?? this.own.find(id);
  }

  get preferences(): Preferences {
    return this.#preferences;
  }
  get user(): User | null {
    return this.#user;
  }

  /** Routines to be chosen without a screen: the favourites, or what was made for these hands. */
  favourites(): readonly Routine[] {
    const all = this.own.all();
    const named = this.#preferences.favourites.flatMap(id => all.find(routine => routine.id === id) ?? []);
    const list =
      named.length > 0 ? named : all.filter(({ for: users }) => !this.#user || users.includes(this.#user));
    // As it was scaled, where it is the one that was asked for.
    return list
      .slice(0, mostFavourites)
      .map(routine => (routine.id === this.routine.id ? this.routine : routine));
  }

  settings(): Settings {
    const { firstSide, quiet, orientation } = this.#preferences;
    return {
      easierSide: firstSide,
      strokeCues: quiet === 'full',
      turned: orientation === 'turned',
      // Once that moment is past it is no end of whatever comes after it.
      ...(this.#endsAtWall !== null &&
        this.#endsAtWall > Date.now() && { endsAt: this.#endsAtWall - Date.now() }),
    };
  }

  /** Keeps what a page changes. */
  change(change: Parameters<PreferencesFile['change']>[0]): Preferences {
    this.#preferences = this.#file.change(change);
    return this.#preferences;
  }

  /** What the next session is begun with, for the next time too. */
  #choose(minutes: number | null, user: User | null): void {
    this.#minutes = minutes;
    this.#user = user;
  }

  /** Hands have begun to move: this is what to begin with again. Never what anyone answered. */
  begun({ id }: Routine): void {
    if (!fromLibrary(id) && !this.own.find(id)) return;
    this.#preferences = this.#file.change({ routine: id, minutes: this.#minutes, for: this.#user });
  }

  /** Advice, never a refusal: how long ago the same receiver's last session was. */
  restAdvice(sessions: readonly Kept[]): string | null {
    const { hoursBetween = routineLimits.hoursBetween.usual, kind } = this.routine;
    // Without a letter nobody knows whose session that was.
    const last = sessions.find(({ header }) => this.#client !== null && header.client === this.#client);
    if (kind === 'trial' || !last) return null;
    const hours = (Date.now() - Date.parse(last.header.startedAt)) / 3_600_000;
    if (hours >= hoursBetween) return null;
    return fill(catalogue.history.hoursBetween, { ago: Math.round(hours), hours: hoursBetween });
  }

  #minutesUntilEnd(routine: Routine, endsAt: number): number {
    const minutes = minutesUntil(routine, Date.now(), endsAt);
    const whole = Math.round(routine.phases.reduce((sum, { durationS }) => sum + durationS, 0) / 60);
    // With more time than it takes it lasts as long as it does.
    return Math.min(Math.max(0, minutes), whole);
  }

  #kept(options: StartOptions, own: readonly Routine[]): Preferences {
    const { quiet, firstSide, worn, favourites } = options;
    for (const id of favourites ?? []) routineFrom(id, own);
    if ((favourites?.length ?? 0) > mostFavourites)
      throw new Exit('usage', `at most ${mostFavourites} favourites: so many blinks can still be counted`);
    return this.#file.change({
      ...(quiet && { quiet }),
      ...(firstSide && { firstSide }),
      ...(worn && { orientation: worn }),
      ...(favourites && { favourites: [...favourites] }),
    });
  }
}

function endOf({ endAt, minutes }: StartOptions): number | null {
  if (endAt === undefined) return null;
  if (minutes !== undefined) throw new Exit('usage', 'give --minutes or --end-at, not both');
  const at = nextTimeOfDay(endAt, Date.now());
  if (at === null) throw new Exit('usage', `${shown(endAt)}: must be a time of day such as 09:50`);
  return at;
}
