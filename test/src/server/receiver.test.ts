/** The page of the person being massaged, and what may be remembered of a screening, over the socket. */

import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Guest } from '../../../src/server/lan/pairing.ts';
import { type FromServer, fromServerSchema } from '../../../src/server/messages.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { type Client, Viewers } from '../../../src/server/viewers.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { ScreeningMemory } from '../../../src/storage/screening-memory.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const firstTouch = fromLibrary('first-touch');
if (!firstTouch) throw new Error('the library has lost first-touch');
// At 2, so that less has something to take away.
const routine = {
  ...firstTouch,
  phases: firstTouch.phases.map(phase => ({ ...phase, pressureStart: 2, pressureMax: 2 })),
};

class Page implements Client {
  view: Partial<View> = {};
  readonly errors: string[] = [];
  readonly refusals: string[] = [];
  readonly guest?: Guest;
  constructor(guest?: Guest) {
    if (guest) this.guest = guest;
  }
  send(text: string): void {
    const message: FromServer = v.parse(fromServerSchema, JSON.parse(text));
    if (message.type === 'view' || message.type === 'change')
      this.view = { ...this.view, ...message.view } as View;
    if (message.type === 'refusal') this.refusals.push(message.asked);
    if (message.type === 'error') this.errors.push(message.code);
  }
  waitingBytes(): number {
    return 0;
  }
  close(): void {}
}

let clock: VirtualClock;
let sessions: Sessions;
let viewers: Viewers;
let kept: string | null;
let id = 0;

const memory = (): ScreeningMemory =>
  new ScreeningMemory({
    store: {
      read: () => kept,
      write: text => {
        kept = text;
      },
      erase: () => {
        kept = null;
      },
    },
    screeningVersion: '2',
    now: () => Date.UTC(2026, 0, 10),
  });

beforeEach(() => {
  clock = new VirtualClock();
  kept = null;
  const own = memory();
  sessions = new Sessions(
    { clock, driver: new StandInDriver(), product: 'test', isRemembered: () => own.isKept },
    { routine },
  );
  viewers = new Viewers({ sessions, now: () => clock.now(), memory: own });
});

const say = (client: Client, message: object): void =>
  viewers.hear(client, JSON.stringify({ v: 1, id: ++id, ...message }));
const intend = (client: Client, intent: object): void => {
  say(client, { type: 'intent', intent });
  viewers.update();
};
const join = (): Page => {
  const page = new Page();
  viewers.join(page);
  return page;
};
const joinAsReceiver = (): Page => {
  const page = join();
  say(page, { type: 'role', role: 'receiver' });
  return page;
};
const screened = (page: Page, answers: object = {}): void => {
  intend(page, { intent: 'screen', complaint: false, answers, others: 'no' });
};
const prepared = (page: Page): void => {
  intend(page, { intent: 'confirm', step: 'position' });
  intend(page, { intent: 'baseline', local: 0, leg: 0 });
};

describe('the receiver’s page', () => {
  test('is tried before the start, then has less and stop only', () => {
    const giver = join();
    const receiver = joinAsReceiver();
    expect(receiver.view.people).toEqual({ role: 'receiver', viewers: 2 });
    screened(giver);
    prepared(giver);
    intend(giver, { intent: 'start' });
    expect(giver.view.session?.state).toBe('preparation');
    intend(receiver, { intent: 'less' });
    expect(receiver.view.receiver).toEqual({ means: 'page', tried: true });
    intend(giver, { intent: 'start' });
    expect(giver.view.session?.state).toBe('warmUp');
    for (const intent of [
      { intent: 'next' },
      { intent: 'pause' },
      { intent: 'extend' },
      { intent: 'checkIn', local: 0, leg: 0, firmer: true },
      { intent: 'end' },
    ])
      intend(receiver, intent);
    say(receiver, { type: 'claim' });
    say(receiver, { type: 'choose', routine: 'evening-legs' });
    say(receiver, { type: 'button', button: 'go', down: true });
    expect(receiver.errors).toEqual(Array.from({ length: 8 }, () => 'forbidden'));
    expect(giver.view.session?.state).toBe('warmUp');
    intend(receiver, { intent: 'less' });
    expect(giver.view.session?.state).toBe('eased');
    intend(receiver, { intent: 'stop' });
    expect(giver.view.session?.state).toBe('stopped');
  });

  test('takes back its own less within 5 s, and nobody else’s', () => {
    const giver = join();
    const receiver = joinAsReceiver();
    screened(giver);
    prepared(giver);
    intend(receiver, { intent: 'less' });
    intend(giver, { intent: 'start' });
    intend(giver, { intent: 'less' });
    expect(giver.view.undo).toMatchObject({ byReceiver: false });
    intend(receiver, { intent: 'undo' });
    expect([giver.view.session?.pressure, receiver.refusals]).toEqual([1, ['undo']]);
    intend(giver, { intent: 'undo' });
    expect([giver.view.session?.pressure, giver.view.undo]).toEqual([2, null]);
    intend(receiver, { intent: 'less' });
    expect(receiver.view.undo).toMatchObject({ byReceiver: true });
    intend(giver, { intent: 'undo' });
    expect(giver.view.session?.pressure).toBe(1);
    intend(receiver, { intent: 'undo' });
    expect([giver.view.session?.pressure, receiver.errors]).toEqual([2, []]);
  });

  test('never is in control, though it came first', () => {
    const receiver = join();
    say(receiver, { type: 'role', role: 'receiver' });
    const giver = join();
    viewers.update();
    expect(giver.view.people?.role).toBe('controller');
    expect(receiver.view.people?.role).toBe('receiver');
    viewers.leave(giver);
    viewers.update();
    expect(receiver.view.people?.role).toBe('receiver');
  });

  test('that goes before it was tried is asked for no more', () => {
    const giver = join();
    const receiver = joinAsReceiver();
    screened(giver);
    viewers.leave(receiver);
    prepared(giver);
    intend(giver, { intent: 'start' });
    expect(giver.view.session?.state).toBe('warmUp');
  });

  test('is asked for again in the next session', () => {
    const giver = join();
    joinAsReceiver();
    say(giver, { type: 'choose', routine: 'first-touch' });
    screened(giver);
    expect(giver.view.preparation?.steps.map(({ step }) => step)).toContain('receiver');
  });
});

describe('what brings a complaint on, said from a phone', () => {
  test('is not even a word in the record of the network: only who has a complaint is asked it', () => {
    const told: string[] = [];
    viewers = new Viewers({
      sessions,
      now: () => clock.now(),
      audit: (_, what, result) => told.push(`${what} ${result}`),
    });
    const phone = new Page({ id: 1, role: 'remote', name: '', from: '' });
    viewers.join(phone);
    intend(phone, { intent: 'screen', complaint: true, others: 'no' });
    intend(phone, { intent: 'causes', bringsOn: ['longSitting'], worsens: [] });
    expect([phone.view.preparation?.causes, told]).toEqual(['said', ['screen done', 'screen done']]);
  });
});

describe('what may be remembered', () => {
  test('is offered where all was clear, kept only on a word, and asked in short the next time', () => {
    const page = join();
    screened(page);
    expect(page.view.screening).toMatchObject({ memory: 'offered', by: 'full', scope: 'all' });
    expect(kept).toBeNull();
    say(page, { type: 'remember', agreed: true });
    expect(page.view.screening).toMatchObject({ memory: 'kept', memoryUntil: '2026-01-24' });
    say(page, { type: 'choose', routine: 'first-touch' });
    viewers.update();
    expect(page.view.screening).toMatchObject({ scope: 'returning', anythingNew: null });
    say(page, { type: 'remember', agreed: false });
    expect([kept, page.view.screening?.memory]).toEqual([null, 'none']);
  });

  test('is nothing where something asked for caution', () => {
    const page = join();
    screened(page, { K6: 'yes' });
    expect(page.view.screening?.memory).toBe('none');
    say(page, { type: 'remember', agreed: true });
    expect([page.errors, kept]).toEqual([['notNow'], null]);
  });

  test('is nothing before the questions were asked', () => {
    const page = join();
    say(page, { type: 'remember', agreed: true });
    expect([page.errors, kept]).toEqual([['notNow'], null]);
  });
});
