/**
 * Runs in a page, before all else: a person without a screen, who holds the board by itself that is drawn there.
 *
 * The time of both is steered. The board's worker has a clock that goes on when it is told to, and no further than to the
 * next thing that can be seen (see steered-board.ts); then the person is told of what is drawn, and does what is due.
 */
import { type Button, motors } from '../../machines/vocabulary.ts';
import { VirtualClock } from '../../src/time/virtual-clock.ts';
import { PersonByTouch } from './person-by-touch.ts';

type Deeds = Pick<PersonByTouch, 'feel' | 'holdUntilLit' | 'press' | 'pressTogether' | 'react' | 'wait'>;

export type HeldInPage = Readonly<{
  /** Has the person do that, as time goes on. */
  does<Name extends keyof Deeds>(
    name: Name,
    given: Parameters<Deeds[Name]>,
  ): Promise<Readonly<{ result: Awaited<ReturnType<Deeds[Name]>>; lit: boolean }>>;
}>;

/** What a test has put in the page: moves a real finger. */
type Fingers = Readonly<{ moveFinger(button: Button, down: boolean): Promise<void> }>;

const clock = new VirtualClock();
/** One after the other, in the order in which fingers move. */
let moved: Promise<void> = Promise.resolve();
const person = new PersonByTouch(clock, (button, down) => {
  moved = moved.then(() => (globalThis as unknown as Fingers).moveFinger(button, down));
});

let board: Worker | null = null;
let reached: (now: number) => void = () => {};

globalThis.Worker = class extends Worker {
  constructor(address: string | URL, options?: WorkerOptions) {
    super(address, options);
    if (!String(address).includes('/board-worker-')) return;
    board = this;
    // Before the page itself listens: it knows of no such message.
    this.addEventListener('message', (event: MessageEvent<{ reached?: number }>) => {
      if (event.data.reached === undefined) return;
      event.stopImmediatePropagation();
      reached(event.data.reached);
    });
  }
};

/** Lets the board's time go on until then, or until something is seen of it; comes to where it is. */
const goOn = (until: number): Promise<number> =>
  new Promise(resolve => {
    reached = resolve;
    if (!board) throw new Error('no board has been started');
    board.postMessage({ until });
  });

let known = '';

/** Tells the person of what is drawn, where that is something else. The page draws in the task in which it hears of it. */
function show(atMs: number): void {
  const drawn = document
    .querySelector('tactus-page')
    ?.shadowRoot?.querySelector('alone-view')
    ?.shadowRoot?.querySelector('device-view')?.shadowRoot;
  if (!drawn) throw new Error('no board is drawn');
  const duty = motors.map(motor =>
    Number(drawn.querySelector(`[data-motor=${motor}]`)?.getAttribute('data-duty')),
  );
  person.lit = drawn.querySelector('.led.lit') !== null;
  const now = duty.join();
  if (now === known) return;
  known = now;
  for (const [index, motor] of motors.entries()) person.drives(motor, duty[index] ?? 0, atMs);
}

const { port1, port2 } = new MessageChannel();
let turned: () => void = () => {};
port2.onmessage = () => turned();
/** Whatever this moment has led to. */
const turn = (): Promise<void> =>
  new Promise(resolve => {
    turned = resolve;
    port1.postMessage(null);
  });

/** Of what comes to pass as time goes on. */
async function lived<T>(done: Promise<T>): Promise<T> {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  done.then(over, over);
  for (;;) {
    await turn();
    await moved;
    const next = clock.next();
    if (isOver || next === null) return await done;
    const now = await goOn(next);
    show(now);
    clock.runUntil(Math.max(clock.now(), now));
  }
}

const held: HeldInPage = {
  does: async (name, given) => {
    const deed = person[name] as (...args: typeof given) => ReturnType<Deeds[typeof name]>;
    const result = await lived(deed.apply(person, given) as Promise<Awaited<ReturnType<typeof deed>>>);
    return { result, lit: person.lit };
  },
};
Object.assign(globalThis, { held });
