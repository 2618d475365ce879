/** The worker with the controller in it, as the page sees it: a channel. */
import type { Asking } from '../../page/link/ask.ts';
import type { ChannelListener } from '../../page/link/channel.ts';
import type { SerialPipe } from '../board/serial.ts';
import { browserKeeps } from '../kept/browser-keeps.ts';
import { keepHere } from '../kept/page-keeps.ts';
import { keptByBrowser } from '../kept/start-keeping.ts';
import type { FromWorker, ToWorker } from '../messages.ts';
import { newWorker } from '../workers.ts';

export type DemoWorker = Readonly<{ send(text: string): boolean; ask: Asking; end(): Promise<void> }>;

type Answer = Extract<FromWorker, { answer: unknown }>['answer'];

/** A worker that is busy with a board at a thousand times real time still answers within this. */
const answerWithinMs = 10_000;

/** Starts it. With `port` the board is the one on that serial port. */
export function startDemoWorker(first: ToWorker, listener: ChannelListener, port?: SerialPipe): DemoWorker {
  const worker = newWorker('controller');
  const post = (message: ToWorker): void => worker.postMessage(message);
  let isOpen = false;
  let asks = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  const asked = ({ ask, what }: Extract<FromWorker, { pageAsk: unknown }>['pageAsk']): void => {
    const board = 'board' in first && first.board === 'serial' ? first.known.id : '';
    void keepHere(board, what, browserKeeps).then(answer => post({ pageAnswer: { ask, answer } }));
  };
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if ('opened' in data) {
      isOpen = true;
      listener.opened();
    } else if ('text' in data) listener.heard(data.text);
    else if ('bytes' in data) port?.write(data.bytes);
    else if ('answer' in data) waiting.get(data.answer.id)?.(data.answer);
    else if ('pageAsk' in data) asked(data.pageAsk);
    else if ('failed' in data) {
      isOpen = false;
      listener.closed();
      listener.failed?.(data.failed);
    }
  };
  worker.onerror = event => {
    isOpen = false;
    listener.closed();
    listener.failed?.(event.message);
  };
  port?.listen(
    bytes => post({ bytes }),
    () => post({ unplugged: true }),
  );
  // What is kept and the records of sessions go past this page: its loop has no part in either.
  const { port1, port2 } = new MessageChannel();
  keptByBrowser().line(port1);
  worker.postMessage(first, [port2]);
  return {
    send: text => {
      if (isOpen) post({ text });
      return isOpen;
    },
    ask: async (method, path, body) => {
      // What was merely begun is known to the worker that paces, and to nobody else.
      if (method !== 'GET' || path !== '/preferences') return await keptByBrowser().ask(method, path, body);
      const id = asks++;
      const answer = await new Promise<Answer>((resolve, reject) => {
        waiting.set(id, resolve);
        setTimeout(() => reject(new Error('no answer')), answerWithinMs);
        post({ ask: { id, method, path, body } });
      }).finally(() => waiting.delete(id));
      return answer;
    },
    end: async () => {
      worker.terminate();
      await port?.close();
    },
  };
}
