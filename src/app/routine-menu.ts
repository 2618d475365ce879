/** What can be begun, and what of it is remembered once hands have begun to move. */
import { fromLibrary } from '../../machines/routine/library.ts';
import type { User } from '../../machines/routine/names.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { titleOf } from '../../machines/routine/titles.ts';
import { answerWords } from '../../machines/text/answers.ts';
import type { Preferences } from '../server/api-messages.ts';
import type { Offers } from '../server/offers.ts';
import type { KeptRoutines, LikesPorts } from '../server/routines-api.ts';
import { fitRoutine } from '../session/fit-routine.ts';
import type { SessionSettings } from '../session/sessions.ts';

export type OffersPorts = LikesPorts &
  Readonly<{
    own: Pick<KeptRoutines, 'all' | 'find'> &
      /** One's own alone, as they were last known. */
      Readonly<{ list(): readonly Routine[] }>;
  }>;

/** How somebody likes it, as a session takes it. */
export const sessionSettingsOf = ({ firstSide, quiet, orientation }: Preferences): SessionSettings => ({
  easierSide: firstSide,
  strokeCues: quiet === 'full',
  turned: orientation === 'turned',
});

export class RoutineMenu implements Offers {
  readonly #ports: OffersPorts;
  #minutes: number | null = null;
  #user: User | null = null;
  /** Id of a file that is nowhere kept, though the library, or one's own, may have that id too. */
  #fileId: string | null = null;

  constructor(ports: OffersPorts) {
    this.#ports = ports;
  }

  /** Whose hands it is for now, where that was said. */
  get user(): User | null {
    return this.#user;
  }

  routines(): readonly Routine[] {
    return this.#ports.own.all();
  }

  again(): ReturnType<Offers['again']> {
    const { routine: id, minutes } = this.#ports.preferences();
    const routine = id === null ? undefined : this.#known(id);
    return routine ? { routine: routine.id, title: titleOf(routine), minutes } : null;
  }

  choose({ routine: id, minutes, drop, for: user }: Parameters<Offers['choose']>[0]) {
    const routine = this.#find(id);
    if (!routine) return { ok: false, why: answerWords.noRoutine, mayDrop: false } as const;
    const found = fitRoutine({ routine, minutes, for: user, mayDrop: drop });
    return { ...found, begun: () => this.take(minutes ?? null, user ?? null) };
  }

  repeat() {
    const { routine: id, minutes, for: user } = this.#ports.preferences();
    const routine = id === null ? undefined : this.#find(id);
    if (!routine) return { ok: false, why: answerWords.nothingBegun, mayDrop: false } as const;
    const found = fitRoutine({ routine, minutes: minutes ?? undefined, mayDrop: true });
    return { ...found, begun: () => this.take(minutes, user) };
  }

  /** What the next session is begun with, for the next time too. */
  take(minutes: number | null, user: User | null, fileId: string | null = null): void {
    this.#minutes = minutes;
    this.#user = user;
    this.#fileId = fileId;
  }

  /** Hands have begun to move: this is what to begin with again. Never what anyone answered. */
  async begun({ id }: Routine): Promise<void> {
    if (id !== this.#fileId && this.#known(id))
      await this.#ports.change({ routine: id, minutes: this.#minutes, for: this.#user });
  }

  /** For whoever asks while hands move, or many times a second: no file is read for it, and none of the library's others. */
  #known(id: string): Routine | undefined {
    return fromLibrary(id) ?? this.#ports.own.list().find(one => one.id === id);
  }

  /** As it stands in its file now. */
  #find(id: string): Routine | undefined {
    return fromLibrary(id) ?? this.#ports.own.find(id);
  }
}
