/** What is said of things that are kept, wherever they are: a machine's files and a browser have each their own words. */
import type { terminalWords } from '../../machines/text/terminal.ts';

type Files = typeof terminalWords.files;

export type KeptWords = Readonly<
  Pick<
    Files,
    | 'broken'
    | 'otherVersion'
    | 'setAside'
    | 'notWritten'
    | 'unknownField'
    | 'wrongField'
    | 'keepingDoubt'
    | 'daysShortened'
    | 'session'
    | 'sessionPart'
    | 'sessionOther'
    | 'sessionUnread'
    | 'routine'
    | 'leap'
    | 'clockBack'
    | 'notErased'
  > & {
    todo: Readonly<
      Pick<
        Files['todo'],
        | 'broken'
        | 'otherVersion'
        | 'setAside'
        | 'unknownField'
        | 'wrongField'
        | 'keeping'
        | 'space'
        | 'session'
        | 'owner'
        | 'routine'
        | 'clock'
      >
    >;
  }
>;
