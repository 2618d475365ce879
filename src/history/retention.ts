/**
 * What is erased by its age, and when: at a session's end, or where a person asks for it; never because somebody looks.
 *
 * Nothing goes while it is in doubt for how long sessions are to be kept, or further than the clock is trusted. What
 * was last agreed to and what time was last seen stand by themselves beside the preferences, so that a
 * preference with a flipped bit erases nothing.
 */
import * as v from 'valibot';
import { fill } from '../../machines/text/text.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { codeOf } from '../storage/error-code.ts';
import type { KeptWords } from '../storage/kept-words.ts';
import { noticeSentence, type Say, unheard } from '../storage/notices.ts';
import type { StateFields, StateReading, StateVersion } from '../storage/state-fields.ts';
import { daysBetween } from '../time/calendar.ts';
import type { HistoryStore } from './store.ts';
import { judged, type SeenTime } from './trusted-time.ts';

const moment = v.pipe(v.string(), v.isoTimestamp());
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365));

export type RetentionPorts = Readonly<{
  store: Pick<HistoryStore, 'prune' | 'newestBegin'>;
  /** What time was last seen, and what was agreed to. */
  seen: StateFields;
  words: KeptWords;
  wallNow(): Ms;
  /** For how many days sessions are kept; null where that is in doubt. */
  keepDays(): number | null;
  say?: Say;
}>;

/** `held`: why nothing was erased, in a sentence. */
export type Erased = Readonly<{ count: number; held: string | null }>;

type Known = Readonly<{ seen: SeenTime | null; agreedDays: number | null; isDoubtful: boolean }>;

/** Version of what is seen, as it is written. */
export const seenVersion: StateVersion = ['v', 1];

export class Retention {
  readonly #ports: RetentionPorts;
  readonly #say: Say;

  constructor(ports: RetentionPorts) {
    this.#ports = ports;
    this.#say = ports.say ?? unheard;
  }

  /** A session is over. `but`: its id, which says nothing of the time before it. Never throws. */
  atEnd(but: string | null = null): Erased {
    return this.#erase(false, but);
  }

  /** A person has just said for how long. Never throws. */
  asked(): Erased {
    return this.#erase(true, null);
  }

  #erase(isAgreed: boolean, but: string | null): Erased {
    const { store, seen: file, words, wallNow, keepDays } = this.#ports;
    const wanted = keepDays();
    const now = wallNow();
    const known = this.#known(file.read());
    const { seen, is } = judged(known.seen ?? this.#seenInHistory(but, now), now);
    const before = known.agreedDays;
    const isShortened = !isAgreed && wanted !== null && before !== null && wanted < before;
    try {
      file.change(
        ({ fields }) =>
          new Map<string, unknown>([
            ...fields,
            ['v', 1],
            ['firmAt', new Date(seen.firmAt).toISOString()],
            ['leapAt', seen.leapAt === null ? null : new Date(seen.leapAt).toISOString()],
            ...(wanted === null || isShortened ? [] : ([['keepDays', wanted]] as const)),
          ]),
      );
    } catch (error) {
      // What cannot be remembered makes the next look no surer; this one is what it is.
      const what = fill(words.notWritten, { why: codeOf(error) || String(error) });
      return { count: 0, held: this.#held(what, words.todo.space) };
    }
    if (wanted === null) return { count: 0, held: this.#held(words.keepingDoubt, words.todo.keeping) };
    if (known.isDoubtful) return { count: 0, held: this.#held(words.broken, words.todo.clock) };
    if (isShortened)
      return {
        count: 0,
        held: this.#held(fill(words.daysShortened, { days: wanted, before }), words.todo.keeping),
      };
    const count = store.prune(wanted, Math.min(now, seen.firmAt));
    if (is === 'steady') return { count, held: null };
    const leapDays = daysBetween(seen.firmAt, now);
    const what = is === 'leap' ? fill(words.leap, { days: leapDays }) : words.clockBack;
    return { count, held: this.#held(what, words.todo.clock) };
  }

  #held(what: string, todo: string): string {
    const notice = { file: this.#ports.seen.path, what, todo };
    this.#say(notice);
    return noticeSentence(notice);
  }

  #known({ is, fields }: StateReading): Known {
    const firm = v.safeParse(moment, fields.get('firmAt'));
    const leap = v.safeParse(v.nullable(moment), fields.get('leapAt') ?? null);
    const agreed = v.safeParse(days, fields.get('keepDays'));
    const at = (text: string): Ms => Date.parse(text);
    const isRight = firm.success && leap.success && Number.isFinite(at(firm.output));
    return {
      seen: isRight
        ? { firmAt: at(firm.output), leapAt: leap.output === null ? null : at(leap.output) }
        : null,
      agreedDays: agreed.success ? agreed.output : null,
      // Where it was, and is broken now, another look decides.
      isDoubtful:
        is !== 'absent' && (is !== 'whole' || !isRight || (fields.has('keepDays') && !agreed.success)),
    };
  }

  /** Without anything seen: the newest session before this one was under a clock that is as good as any. */
  #seenInHistory(but: string | null, now: Ms): SeenTime {
    const newest = this.#ports.store.newestBegin(but);
    return { firmAt: newest === null || newest > now ? now : newest, leapAt: null };
  }
}
