/** The page's line: lost, silent, looked at again. Sockets and time are the test's own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Channel, lineOf } from '../../../../simulator/page/link/channel.ts';

class Socket extends EventTarget {
  static readonly OPEN = 1;
  static readonly all: Socket[] = [];
  readyState = 0;
  readonly sent: string[] = [];
  closed = false;
  constructor() {
    super();
    Socket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
  open(): void {
    this.readyState = Socket.OPEN;
    this.dispatchEvent(new Event('open'));
  }
  says(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  lose(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
}

class Page extends EventTarget {
  visibilityState = 'visible';
}

let page: Page;
let view: EventTarget;
let heard: string[];
let line: Channel;

beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  view = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', view);
  Socket.all.length = 0;
  heard = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const connect = (mayOpen?: () => Promise<boolean>): Socket => {
  line = lineOf(
    () => new Socket(),
    mayOpen,
  )({
    opened: () => heard.push('opened'),
    heard: text => heard.push(text),
    closed: () => heard.push('closed'),
  });
  return last();
};
const last = (): Socket => {
  const socket = Socket.all.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
};
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** A beat each 400 ms, as the controller has it, for so long. */
async function beats(socket: Socket, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 400) {
    socket.says('beat');
    await pass(400);
  }
}
const turn = (state: 'visible' | 'hidden'): void => {
  page.visibilityState = state;
  page.dispatchEvent(new Event('visibilitychange'));
};

describe('a line that is lost', () => {
  test('is opened again, ever less often', async () => {
    connect();
    const waits: number[] = [];
    for (let count = 0; count < 6; count++) {
      const before = Socket.all.length;
      last().lose();
      let waited = 0;
      while (Socket.all.length === before) {
        await pass(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  });

  test.each([
    ['seen again', () => turn('visible')],
    ['shown from the browser’s memory', () => view.dispatchEvent(new Event('pageshow'))],
    ['back in reach', () => view.dispatchEvent(new Event('online'))],
  ])('is opened at once when the page is %s', async (_, back) => {
    for (let count = 0; count < 5; count++) {
      if (count === 0) connect();
      last().lose();
      if (count < 4) await pass(4000);
    }
    const before = Socket.all.length;
    back();
    await pass(0);
    expect(Socket.all.length).toBe(before + 1);
    await pass(10_000);
    expect(Socket.all.filter(({ closed }) => !closed).length).toBeGreaterThan(0);
  });

  test('is not opened while nobody looks any sooner', async () => {
    connect();
    for (let count = 0; count < 4; count++) {
      last().lose();
      await pass(4000);
    }
    last().lose();
    const before = Socket.all.length;
    turn('hidden');
    await pass(0);
    expect(Socket.all.length).toBe(before);
  });

  test('is opened only where it may be, and asked about again where nobody answers', async () => {
    const answers = [() => Promise.reject(new Error('no network')), () => Promise.resolve(true)];
    const first = connect(() => answers.shift()?.() ?? Promise.resolve(false));
    first.open();
    first.lose();
    await pass(250);
    expect(Socket.all.length).toBe(1);
    await pass(500);
    expect(Socket.all.length).toBe(2);
    last().lose();
    await pass(60_000);
    expect(Socket.all.length).toBe(2);
  });
});

describe('a line that is silent', () => {
  test('is left alone while it speaks, whoever comes and goes', async () => {
    const first = connect();
    first.open();
    await beats(first, 20_000);
    turn('hidden');
    await beats(first, 20_000);
    turn('visible');
    await pass(0);
    expect(Socket.all).toEqual([first]);
  });

  test('is opened anew when the page is seen again, and what the old one says is old', async () => {
    const first = connect();
    first.open();
    turn('hidden');
    await pass(1500);
    expect(Socket.all.length).toBe(1);
    turn('visible');
    await pass(0);
    expect([Socket.all.length, first.closed]).toEqual([2, true]);
    expect(line.send('stop')).toBe(false);
    first.says('old');
    first.lose();
    last().open();
    last().says('new');
    expect(heard).toEqual(['opened', 'closed', 'opened', 'new']);
    expect(line.send('stop')).toBe(true);
    expect(last().sent).toEqual(['stop']);
  });

  test('in sight for four seconds is opened anew, and not one after the other at once', async () => {
    connect().open();
    await pass(5_500);
    expect(Socket.all.length).toBe(2);
    await pass(30_000);
    expect(Socket.all.length).toBeLessThan(10);
  });

  test('unseen is left until somebody looks', async () => {
    connect().open();
    turn('hidden');
    await pass(60_000);
    expect(Socket.all.length).toBe(1);
  });
});
