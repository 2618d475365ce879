/** The worker that leads a dialogue with a board, as the page sees it. It has the port, and nobody else does meanwhile. */
import { setupWords } from '../../../machines/text/setup.ts';
import { fill } from '../../../machines/text/text.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import type { BoardTalk, TalkOver, TalkView } from '../../page/board/board-talk.ts';
import { type BrowserKeeps, keepHere } from '../kept/page-keeps.ts';
import type { FromWorker, TalkBegin, ToWorker } from '../messages.ts';
import { newWorker } from '../workers.ts';
import type { SerialPipe } from './serial.ts';

/** The board's own word that it is silent is waited for at most 300 ms; whatever takes longer than this hangs. */
const endWithinMs: Ms = 3000;

const unshown: TalkView = { step: null, said: [], asked: null, progress: null, over: null };

export function startTalk(
  begin: TalkBegin,
  pipe: SerialPipe,
  keeps: BrowserKeeps,
  show: (view: TalkView) => void,
): BoardTalk {
  const worker = newWorker('controller');
  const post = (message: ToWorker): void => worker.postMessage(message);
  let last = unshown;
  let finish: (over: TalkOver) => void = () => {};
  const over = new Promise<TalkOver>(resolve => {
    finish = how => {
      finish = () => {};
      worker.terminate();
      // Whoever begins anew finds the port free.
      void pipe.close().then(() => {
        last = { ...last, asked: null, progress: null, over: how };
        show(last);
        resolve(how);
      });
    };
  });
  const fail = (why: string): void =>
    finish({ how: 'ended', what: [fill(setupWords.ended.failed, { why })], todo: null, file: null });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if ('talk' in data) {
      last = data.talk;
      if (last.over) finish(last.over);
      else show(last);
    } else if ('bytes' in data) pipe.write(data.bytes);
    else if ('pageAsk' in data) {
      const { ask, what } = data.pageAsk;
      void keepHere(begin.known.id, what, keeps).then(answer => post({ pageAnswer: { ask, answer } }));
    } else if ('failed' in data) fail(data.failed);
  };
  worker.onerror = event => fail(event.message);
  pipe.listen(
    bytes => post({ bytes }),
    () => post({ unplugged: true }),
  );
  post({ talk: begin });
  return {
    answer: (question, key) => post({ replied: { question, key } }),
    end: why => {
      post({ ends: why });
      setTimeout(
        () => finish({ how: 'ended', what: [setupWords.ended[why]], todo: null, file: null }),
        endWithinMs,
      );
    },
    over,
  };
}
