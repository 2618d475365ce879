/**
 * What a page asks for beside the live session, over HTTP under the same names as the page itself: routines, what is
 * remembered, the history.
 *
 *   GET    /routines                     what there is: the library and one's own
 *   GET    /routines/ID                  one of them, whole
 *   PUT    /routines                     keeps a routine of one's own (JSON, at most 256 KB); 422 with every fault
 *   DELETE /routines/ID                  one's own only
 *   GET    /preferences · PUT            what is remembered; PUT takes any of its fields
 *   GET    /sessions                     the history, the newest first
 *   GET    /sessions/place               where it stands, and what has to be said of files that are kept
 *   GET    /sessions/ID                  what it comes to; ID may be "latest"
 *   GET    /sessions/ID/chart.svg        the way it went, drawn
 *   GET    /sessions/ID/report.html      and .csv, .json; /sessions/trends.html and so on
 *   GET    /sessions/ID/note             the note to paste, as text
 *   POST   /sessions/ID/note             adds to it: {"text": "…"}
 *   DELETE /sessions/ID · /sessions      erases one, or all
 *
 * Whoever asks for a change has to come from our own page (Origin) and say JSON: another page's form or image can do
 * neither. Nothing here moves a motor or reaches a session under way.
 */
import { routineLimits } from '../../machines/limits.ts';
import { answerWords } from '../../machines/text/answers.ts';
import { json, type MadeAnswer, pathParts, refused } from './answer.ts';
import type { KeptHistory, KnownRoutines } from './history-api.ts';
import type { HistoryPlace } from './history-messages.ts';
import { answerRoom, answerRoutines, type KeptRoutines, type LikesPorts } from './routines-api.ts';

export type ApiPorts = LikesPorts &
  Readonly<{
    own: KeptRoutines & KnownRoutines;
    history: Pick<KeptHistory, 'answer' | 'routines' | 'folder'>;
    /** What has to be said of files that are kept, each in a sentence. */
    notices?(): readonly string[];
  }>;

/** The longest body of a request; a routine's file is the largest there is. */
export const bodyBytes = routineLimits.fileBytes;

export class Api {
  readonly #ports: ApiPorts;

  constructor(ports: ApiPorts) {
    this.#ports = ports;
  }

  /** Whether a path is one of ours. */
  knows(path: string): boolean {
    return /^\/(routines|preferences|sessions)(\/|$)/.test(path);
  }

  /** Answers a request that has passed the checks of who may ask. Throws, or rejects, only where we are at fault. */
  answer(method: string, path: string, body: string): MadeAnswer | Promise<MadeAnswer> {
    const { history, own, notices } = this.#ports;
    const parts = pathParts(path);
    const [room, id, leaf, ...more] = parts;
    // Files, and what is sent, may be long and wrong in many places: reading them is none of this loop's work.
    if (room === 'routines' && leaf === undefined) {
      const made = history.routines({ method, id, leaf, body }, own);
      if (method !== 'GET' || id !== undefined || !(made instanceof Promise)) return made;
      // Where that has its hands full, the list is the one that was known last.
      return made.then(answer => (answer.status === 503 ? answerRoutines(own, method, id, body) : answer));
    }
    const found = answerRoom(this.#ports, method, parts, body);
    if (found) return found;
    if (room !== 'sessions' || more.length > 0) return refused(404, answerWords.noThing);
    if (id !== 'place' || leaf !== undefined || method !== 'GET')
      return history.answer({ method, id, leaf, body });
    const said = notices?.() ?? [];
    return json({ folder: history.folder, ...(said.length > 0 && { notices: said }) } satisfies HistoryPlace);
  }
}
