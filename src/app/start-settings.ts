/** What `start` was told this time and what it remembers from the last, as one. */
import { routineLimits } from '../../machines/limits.ts';
import { defaultRoutineId, fromLibrary } from '../../machines/routine/library.ts';
import type { User } from '../../machines/routine/names.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { minutesUntil } from '../../machines/routine/time.ts';
import { historyWords } from '../../machines/text/history.ts';
import { agoWord } from '../../machines/text/minutes.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { HistoryStore } from '../history/store.ts';
import { mostFavourites, type Preferences, type PreferencesChange } from '../server/api-messages.ts';
import { fitRoutine } from '../session/fit-routine.ts';
import type { SessionSettings } from '../session/sessions.ts';
import { codeOf } from '../storage/error-code.ts';
import type { KeepingChoice } from '../storage/kept-preferences.ts';
import { type Say, unheard } from '../storage/notices.ts';
import { OwnRoutines } from '../storage/own-routines.ts';
import { PreferencesFile } from '../storage/preferences.ts';
import { nextTimeOfDay } from '../time/wall-clock.ts';
import { DiskHere } from './disk.ts';
import type { Disk } from './disk-works.ts';
import { Exit, shown } from './exit.ts';
import { routineFrom } from './files.ts';
import { RoutineMenu, sessionSettingsOf } from './routine-menu.ts';
import type { StartOptions } from './start-options.ts';

const hourMs = 3_600_000;

export class StartSettings {
  /** What it begins with, scaled. */
  readonly routine: Routine;
  /** What was left out for that, or how little the end that was asked for bounds it. */
  readonly said: string | null;
  readonly own: OwnRoutines;
  /** What a page may choose from, and what it chooses. */
  readonly offers: RoutineMenu;
  readonly #folder: string;
  readonly #disk: Pick<Disk, 'ask'>;
  readonly #file: PreferencesFile;
  readonly #say: Say;
  readonly #asked: PreferencesChange;
  readonly #endsAtWall: number | null;
  #preferences: Preferences;
  readonly #client: string | null;

  /** Throws Exit where what was asked for can't be had. */
  constructor(
    stateFolder: string,
    options: StartOptions,
    say: Say = unheard,
    disk: Pick<Disk, 'ask'> = new DiskHere(say),
  ) {
    this.#folder = stateFolder;
    this.#disk = disk;
    this.own = new OwnRoutines(stateFolder, say);
    this.#file = new PreferencesFile(stateFolder, say);
    this.#say = say;
    const before = this.#file.read();
    const own = this.own.list();
    const isAgain = options.routine === undefined && before.routine !== null;
    const name = options.routine ?? before.routine ?? defaultRoutineId;
    // What was remembered may be gone meanwhile.
    const known = fromLibrary(name) ?? own.find(({ id }) => id === name);
    const routine =
      known ??
      (isAgain ? (fromLibrary(defaultRoutineId) ?? routineFrom(defaultRoutineId)) : routineFrom(name, own));
    let user = options.for ?? (isAgain ? before.for : null);
    if (options.for === undefined && user && !routine.for.includes(user)) user = null;
    this.#client = options.client ?? null;
    this.#endsAtWall = endOf(options);
    const minutes =
      this.#endsAtWall === null
        ? (options.minutes ?? (isAgain && known ? before.minutes : null))
        : this.#minutesUntilEnd(routine, this.#endsAtWall);
    let remembered = this.#endsAtWall === null ? minutes : null;
    const found = fitRoutine({
      routine,
      ...(minutes !== null && { minutes }),
      ...(user && { for: user }),
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
      remembered = null;
    } else if (found.ok) {
      this.routine = found.routine;
      this.said = found.said ?? farAway(options, this.#endsAtWall);
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
    this.#asked = asked(options, own);
    this.#preferences = { ...before, ...this.#asked };
    this.offers = new RoutineMenu({
      own: this.own,
      preferences: () => this.#preferences,
      change: change => this.change(change),
    });
    this.offers.take(remembered, user, known || isAgain ? null : routine.id);
  }

  get preferences(): Preferences {
    return this.#preferences;
  }
  /** What is to be kept of sessions; null where that is in doubt. Asked of the file each time: it may be said anew. */
  get keeping(): KeepingChoice | null {
    return this.#file.keeping;
  }
  get user(): User | null {
    return this.offers.user;
  }

  /** Routines to be chosen without a screen: the favourites, or what was made for these hands. */
  favourites(): readonly Routine[] {
    const all = this.own.all();
    const named = this.#preferences.favourites.flatMap(id => all.find(routine => routine.id === id) ?? []);
    const list =
      named.length > 0 ? named : all.filter(({ for: users }) => !this.user || users.includes(this.user));
    // As it was scaled, where it is the one that was asked for.
    return list
      .slice(0, mostFavourites)
      .map(routine => (routine.id === this.routine.id ? this.routine : routine));
  }

  settings(): SessionSettings {
    return {
      ...sessionSettingsOf(this.#preferences),
      // Once that moment is past it is no end of whatever comes after it.
      ...(this.#endsAtWall !== null &&
        this.#endsAtWall > Date.now() && { endsAt: this.#endsAtWall - Date.now() }),
    };
  }

  /** Keeps what a page changes. Rejects where that cannot be. */
  async change(change: PreferencesChange): Promise<Preferences> {
    this.#preferences = await this.#disk.ask('preferences', { folder: this.#folder, change });
    return this.#preferences;
  }

  /** Keeps what was asked for at this start. What cannot be kept holds for this time, and is said. */
  async keep(): Promise<void> {
    if (Object.keys(this.#asked).length === 0) return;
    try {
      await this.#disk.ask('preferences', { folder: this.#folder, change: this.#asked });
    } catch (error) {
      const what = fill(terminalWords.files.notWritten, { why: codeOf(error) || String(error) });
      this.#say({ file: this.#file.path, what, todo: terminalWords.files.todo.space });
    }
  }

  /** Hands have begun to move: this is what to begin with again. */
  async begun(routine: Routine): Promise<void> {
    const kept = this.keep();
    try {
      await this.offers.begun(routine);
    } catch (error) {
      // What can't be remembered ends no session.
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`what was begun will not be remembered (${why}); the session goes on\n`);
    }
    await kept;
  }

  /** Advice, never a refusal: how long ago the same receiver's last session was. */
  restAdvice(store: Pick<HistoryStore, 'begunSince'>): string | null {
    const { hoursBetween = routineLimits.hoursBetween.usual, kind } = this.routine;
    // Without a letter nobody knows whose session that was.
    if (kind === 'trial' || this.#client === null) return null;
    const now = Date.now();
    const last = store
      .begunSince(now - hoursBetween * hourMs)
      .find(({ header }) => header.client === this.#client);
    if (!last) return null;
    const agoMs = now - Date.parse(last.header.startedAt);
    // Begun in the future: the clock was put back, and nothing can be said of it.
    if (agoMs < 0 || agoMs >= hoursBetween * hourMs) return null;
    return fill(historyWords.hoursBetween, { ago: agoWord(agoMs), hours: hoursBetween });
  }

  #minutesUntilEnd(routine: Routine, endsAt: number): number {
    const minutes = minutesUntil(routine, Date.now(), endsAt);
    const whole = Math.round(routine.phases.reduce((sum, { durationS }) => sum + durationS, 0) / 60);
    // With more time than it takes it lasts as long as it does.
    return Math.min(Math.max(0, minutes), whole);
  }
}

/** What of the options is remembered from now on. Throws Exit where what was asked for can't be had. */
function asked(options: StartOptions, own: readonly Routine[]): PreferencesChange {
  const { quiet, firstSide, worn, favourites } = options;
  for (const id of favourites ?? []) routineFrom(id, own);
  if ((favourites?.length ?? 0) > mostFavourites)
    throw new Exit('usage', `at most ${mostFavourites} favourites: so many blinks can still be counted`);
  return {
    ...(quiet && { quiet }),
    ...(firstSide && { firstSide }),
    ...(worn && { orientation: worn }),
    ...(favourites && { favourites: [...favourites] }),
  };
}

/** An end that is further away than any session lasts may well be one that has just been missed. */
function farAway({ endAt = '' }: StartOptions, endsAt: number | null): string | null {
  const minutes = endsAt === null ? 0 : (endsAt - Date.now()) / 60_000;
  if (minutes <= routineLimits.sessionMaxMin + routineLimits.sessionSpareMin) return null;
  return fill(catalogue.scaling.farAway, { time: endAt, hours: Math.round(minutes / 60) });
}

function endOf({ endAt, minutes }: StartOptions): number | null {
  if (endAt === undefined) return null;
  if (minutes !== undefined) throw new Exit('usage', 'give --minutes or --end-at, not both');
  const at = nextTimeOfDay(endAt, Date.now());
  if (at === null) throw new Exit('usage', `${shown(endAt)}: must be a time of day such as 09:50`);
  return at;
}
