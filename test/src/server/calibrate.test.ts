/** Calibration over the socket: who may, when, and what ends it. The board is a stand-in that does as it is told. */
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { uncalibratedBoard } from '../../../hardware/duty.ts';
import { leaseLimits, motorLimits } from '../../../machines/limits.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { type Motor, motors } from '../../../machines/vocabulary.ts';
import { type FromServer, fromServerSchema } from '../../../src/server/messages.ts';
import type { Offers } from '../../../src/server/offers.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { type Client, Viewers } from '../../../src/server/viewers.ts';
import { type BoardTuning, tunedForNow } from '../../../src/session/board-tuning.ts';
import { Calibrator } from '../../../src/session/calibrator.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const [routine, evening] = [fromLibrary('first-touch'), fromLibrary('evening-legs')];
if (!routine || !evening) throw new Error('the library has lost first-touch or evening-legs');
const words = catalogue.calibration;

class Page implements Client {
  readonly heard: FromServer[] = [];
  view: Partial<View> = {};
  send(text: string): void {
    const message = v.parse(fromServerSchema, JSON.parse(text));
    this.heard.push(message);
    if (message.type === 'view' || message.type === 'change') Object.assign(this.view, message.view);
  }
  waitingBytes(): number {
    return 0;
  }
  close(): void {}
  get calibration(): NonNullable<View['calibration']> {
    if (!this.view.calibration) throw new Error('nothing is known of a calibration');
    return this.view.calibration;
  }
  get walk() {
    return this.calibration.walk;
  }
  errors(): string[] {
    return this.heard.flatMap(message => (message.type === 'error' ? [message.message] : []));
  }
}

/** Nothing here is about what can be chosen, and each view would go through the whole library. */
const nothing = () => ({ ok: false, why: 'nothing', mayDrop: false }) as const;
const offers: Offers = { routines: () => [evening], again: () => null, choose: nothing, repeat: nothing };

let clock: VirtualClock;
let driver: StandInDriver;
let sessions: Sessions;
let tuning: BoardTuning;
let viewers: Viewers;
let page: Page;
let id = 0;
/** How long each motor has been driven. */
let onMs: Record<Motor, number>;

beforeEach(() => {
  clock = new VirtualClock();
  driver = new StandInDriver();
  onMs = { left: 0, right: 0 };
  sessions = new Sessions({ clock, driver, product: 'test' }, { routine });
  tuning = tunedForNow(uncalibratedBoard, () => 0);
  const calibrator = new Calibrator({ clock, sessions, driver, tuning });
  viewers = new Viewers({ sessions, now: () => clock.now(), calibrator, offers });
  page = join();
});

function join(): Page {
  const client = new Page();
  viewers.join(client);
  return client;
}
const say = (client: Client, message: object): void =>
  viewers.hear(client, JSON.stringify({ v: 1, id: ++id, ...message }));
const calibrate = (deed: string, client = page): void => say(client, { type: 'calibrate', deed });
const feel = (felt: string, client = page): void =>
  say(client, { type: 'felt', question: client.walk?.question ?? 0, felt });

/** Goes on, the board reporting what it drives as its firmware does: each 20 ms, or less often where nothing runs. */
function pass(ms: number, drives = true, everyMs = 20): void {
  const until = clock.now() + ms;
  while (clock.now() < until) {
    clock.runUntil(Math.min(until, clock.now() + everyMs));
    const { frame } = driver;
    const lease = frame && drives;
    const duty = {
      left: lease && frame.left > 0 ? 120 : 0,
      right: lease && frame.right > 0 ? 120 : 0,
    };
    for (const motor of motors) if (duty[motor] > 0) onMs[motor] += everyMs;
    driver.says({ state: frame ? 'leased' : 'disarmed', duty });
  }
  viewers.update();
}
/** Plays what is asked, and waits for its end. */
function play(): void {
  if (page.walk?.stage === 'asked') calibrate('play');
  for (let count = 0; count < 200 && page.walk?.stage === 'playing'; count++) pass(100);
}
const start = (client: Client): void => {
  say(client, { type: 'intent', intent: { intent: 'screen', complaint: false, others: 'no' } });
  say(client, { type: 'intent', intent: { intent: 'confirm', step: 'position' } });
  say(client, { type: 'intent', intent: { intent: 'baseline', local: 0, leg: 0 } });
  say(client, { type: 'intent', intent: { intent: 'start' } });
};
/** To the first pulse of motor A. */
function begin(): void {
  pass(100);
  calibrate('begin');
  feel('no');
  feel('no');
}

describe('who may', () => {
  test('the one in control; the others watch, and are told what goes on', () => {
    const other = join();
    pass(100);
    calibrate('begin', other);
    expect(other.errors()).toEqual(['someone else is in control; STOP works for everyone']);
    calibrate('begin');
    expect(page.walk).toMatchObject({ step: 'implant', place: 1, answers: ['no', 'yes', 'unsure'] });
    expect(other.walk).toMatchObject({ step: 'implant' });
    feel('no', other);
    expect(page.walk?.step).toBe('implant');
  });

  test('control does not pass meanwhile', () => {
    const other = join();
    begin();
    say(other, { type: 'claim' });
    expect(other.errors()).toEqual([words.watching]);
    expect(other.view.people?.role).toBe('viewer');
  });

  test('nobody while a session is under way, and again after its end', () => {
    start(page);
    pass(100);
    calibrate('begin');
    expect(page.errors().at(-1)).toBe(words.hindrances.session);
    expect(page.calibration.hindrance).toBe(words.hindrances.session);
    say(page, { type: 'intent', intent: { intent: 'stop' } });
    pass(400);
    say(page, { type: 'intent', intent: { intent: 'afterStop', why: 'pain' } });
    pass(100);
    calibrate('begin');
    expect(page.walk?.step).toBe('implant');
  });

  test('nobody while a button is down, or the board is away or locked', () => {
    pass(100);
    driver.says({ pressed: ['go'] });
    calibrate('begin');
    expect(page.errors().at(-1)).toBe(words.hindrances.pressed);
    driver.says({ pressed: [], state: 'locked' });
    calibrate('begin');
    expect(page.errors().at(-1)).toBe(words.hindrances.locked);
    driver.listener?.lost('unplugged');
    calibrate('begin');
    expect(page.errors().at(-1)).toBe(words.hindrances.board);
    expect(page.walk).toBeNull();
  });

  test('where nothing can be kept nothing is offered', () => {
    const plain = new Viewers({ sessions, now: () => clock.now() });
    const client = new Page();
    plain.join(client);
    expect(client.view.calibration).toBeNull();
    plain.hear(client, JSON.stringify({ v: 1, id: 1, type: 'calibrate', deed: 'begin' }));
    expect(client.errors()).toEqual([words.refused.none]);
  });
});

describe('a pulse', () => {
  test('is played on a person’s word alone, armed first, under the lease, and ends off', () => {
    begin();
    expect(driver.orders).not.toContain('arm');
    calibrate('play');
    expect(page.walk?.stage).toBe('playing');
    pass(20);
    expect(driver.orders.filter(order => order !== 'hush').slice(0, 2)).toEqual(['arm', 'apply']);
    pass(300);
    expect(driver.frame).toEqual({ left: 1, right: 0 });
    expect(driver.calibration?.left).toEqual({ startDuty: 153, ratedDuty: 153, kickDuty: 153 });
    pass(400);
    expect(driver.frame).toBeNull();
    expect(driver.orders.at(-1)).toBe('hush');
    expect(page.walk?.stage).toBe('felt');
    expect(onMs.left).toBeGreaterThanOrEqual(460);
    expect(onMs.left).toBeLessThanOrEqual(540);
    expect(onMs.right).toBe(0);
  });

  test('can be answered only once it is over, and only the question that was shown', () => {
    begin();
    feel('yes');
    expect(page.errors().at(-1)).toBe(words.refused.notFelt);
    play();
    say(page, { type: 'felt', question: (page.walk?.question ?? 0) - 1, felt: 'yes' });
    expect(page.errors().at(-1)).toBe(words.refused.other);
    feel('moving');
    expect(page.errors().at(-1)).toBe(words.refused.other);
    expect(page.walk?.step).toBe('left');
  });

  test('that the board did not let run is no answer: it says so and is played once more', () => {
    begin();
    calibrate('play');
    pass(800, false);
    expect(page.walk).toMatchObject({ stage: 'asked', problem: words.problems.notDriven });
    feel('no');
    expect(page.errors().at(-1)).toBe(words.refused.notFelt);
  });

  test('that the board cut short by its own limits is no answer either', () => {
    begin();
    calibrate('play');
    pass(300);
    driver.says({ state: 'leased', duty: { left: 0, right: 0 }, notes: ['clippedShare'] });
    pass(600);
    expect(page.walk).toMatchObject({ stage: 'asked', problem: words.problems.notDriven });
  });

  test('that a standstill cut short is not taken for one that was played', () => {
    begin();
    calibrate('play');
    pass(300);
    expect(driver.frame).not.toBeNull();
    // Longer than a lease lasts, shorter than a board may be silent.
    clock.pass(clock.now() + leaseLimits.leaseMs + 50);
    pass(40);
    expect(driver.frame).toBeNull();
    expect(page.walk).toMatchObject({ stage: 'asked', problem: words.problems.stalled });
  });

  test('waits where a motor would run more than its share of any ten seconds', () => {
    begin();
    const ons: { from: number; until: number }[] = [];
    let was = false;
    for (let at = 0; at < 30_000; at += 20) {
      pass(20);
      const { stage } = page.walk ?? {};
      if (stage === 'asked' || stage === 'felt') calibrate('play');
      const is = (driver.frame?.left ?? 0) > 0;
      if (is && !was) ons.push({ from: clock.now(), until: clock.now() });
      const last = ons.at(-1);
      if (is && last) last.until = clock.now();
      was = is;
    }
    expect(ons.length).toBeGreaterThan(9);
    for (const { until } of ons) {
      const since = until - motorLimits.shareWindowMs;
      const sum = ons.reduce(
        (all, one) => all + Math.max(0, Math.min(until, one.until) - Math.max(since, one.from)),
        0,
      );
      expect(sum).toBeLessThanOrEqual(motorLimits.cueShare * motorLimits.shareWindowMs);
    }
  });

  test('is never taken by the session for a motor that runs unasked', () => {
    begin();
    for (let count = 0; count < 4; count++) {
      play();
      feel(count === 0 ? 'yes' : 'no');
      pass(100);
    }
    expect(sessions.run.outcome).toBeNull();
    expect(sessions.run.state).toBe('screening');
  });
});

describe('at once off, and nothing kept, where', () => {
  /** In the middle of a pulse. */
  beforeEach(() => {
    begin();
    calibrate('play');
    pass(300);
    expect(driver.frame).toEqual({ left: 1, right: 0 });
  });

  const isOver = (sentence: string, shown = page): void => {
    expect(driver.frame).toBeNull();
    expect(driver.orders.at(-1)).toBe('hush');
    expect(driver.calibration).toEqual(uncalibratedBoard);
    viewers.update();
    expect(shown.calibration).toMatchObject({ walk: null, known: null, ended: sentence });
    // Whatever was still to come does not.
    const orders = driver.orders.length;
    pass(3000);
    expect(driver.orders.slice(orders).filter(order => order !== 'hush')).toEqual([]);
  };

  test('its own page stops', () => {
    say(page, { type: 'intent', intent: { intent: 'stop' } });
    isOver(words.ended.stopped);
  });

  test('anybody else’s page stops', () => {
    const other = join();
    say(other, { type: 'intent', intent: { intent: 'stop' } });
    isOver(words.ended.stopped);
  });

  test('the receiver’s page stops', () => {
    const receiver = join();
    say(receiver, { type: 'role', role: 'receiver' });
    say(receiver, { type: 'intent', intent: { intent: 'stop' } });
    isOver(words.ended.stopped);
  });

  test.each(['stop', 'receiver'] as const)('the board’s button %s is pressed', button => {
    driver.listener?.edge(button, true);
    isOver(words.ended.stopped);
  });

  test('the page leaves it', () => {
    calibrate('leave');
    isOver(words.ended.left);
  });

  test('its socket is lost, others being there', () => {
    const other = join();
    viewers.leave(page);
    isOver(words.ended.gone, other);
  });

  test('its page becomes the receiver’s', () => {
    const other = join();
    say(page, { type: 'role', role: 'receiver' });
    isOver(words.ended.left, other);
  });

  test('the board goes away', () => {
    driver.listener?.lost('unplugged');
    isOver(words.ended.boardLost);
  });

  test('the board falls silent', () => {
    clock.runUntil(clock.now() + 2000);
    expect(driver.frame).toBeNull();
    viewers.update();
    expect(page.calibration).toMatchObject({ walk: null, ended: words.ended.boardLost });
  });

  test('somebody else watching goes away: that ends nothing', () => {
    const other = join();
    viewers.leave(other);
    pass(20);
    expect(driver.frame).not.toBeNull();
    expect(page.walk?.stage).toBe('playing');
  });
});

describe('meanwhile the session stands aside', () => {
  beforeEach(() => {
    say(page, { type: 'intent', intent: { intent: 'screen', complaint: false, others: 'no' } });
    say(page, { type: 'intent', intent: { intent: 'confirm', step: 'position' } });
    say(page, { type: 'intent', intent: { intent: 'baseline', local: 0, leg: 0 } });
    begin();
  });

  test('nothing begins, by the page or by GO: GO plays, and answers', () => {
    expect(sessions.run.state).toBe('preparation');
    say(page, { type: 'intent', intent: { intent: 'start' } });
    expect(page.errors().at(-1)).toBe(words.refused.underWay);
    sessions.run.intend({ intent: 'start' });
    expect(sessions.run.state).toBe('preparation');
    driver.listener?.edge('go', true);
    pass(100);
    driver.listener?.edge('go', false);
    expect(page.walk?.stage).toBe('playing');
    for (let count = 0; count < 20 && page.walk?.stage === 'playing'; count++) pass(100);
    const { question = 0 } = page.walk ?? {};
    driver.listener?.edge('go', true);
    pass(20);
    driver.listener?.edge('go', false);
    expect(page.walk?.question).toBe(question + 1);
    expect(sessions.run.state).toBe('preparation');
  });

  test('a button that is still down at the end does not count for the session either', () => {
    driver.listener?.edge('go', true);
    pass(20);
    calibrate('leave');
    pass(200);
    driver.listener?.edge('go', false);
    pass(200);
    expect(sessions.run.state).toBe('preparation');
    driver.listener?.edge('go', true);
    pass(60);
    driver.listener?.edge('go', false);
    pass(60);
    expect(sessions.run.state).toBe('warmUp');
  });

  test('no routine is chosen and none begun again', () => {
    for (const message of [{ type: 'choose', routine: 'evening-legs' }, { type: 'again' }]) {
      say(page, message);
      expect(page.errors().at(-1)).toBe(words.refused.underWay);
    }
    expect(sessions.begin(routine)).toBe(false);
  });

  test('left alone for ten minutes it is left', () => {
    for (let minute = 0; minute < 10; minute++) pass(60_000, true, 500);
    expect(page.calibration).toMatchObject({ walk: null, ended: words.ended.idle });
    say(page, { type: 'intent', intent: { intent: 'start' } });
    expect(sessions.run.state).toBe('warmUp');
  }, 30_000);
});

test('meanwhile GO confirms no step of the preparation, and does again afterwards', () => {
  say(page, { type: 'intent', intent: { intent: 'screen', complaint: false, others: 'no' } });
  begin();
  const go = (): void => {
    driver.listener?.edge('go', true);
    pass(100);
    driver.listener?.edge('go', false);
    pass(100);
  };
  go();
  expect(sessions.run.snapshot.context.steps).toContain('position');
  calibrate('leave');
  go();
  expect(sessions.run.snapshot.context.steps).not.toContain('position');
});

describe('to its end', () => {
  /** Answers as a hand whose motors turn at these duties. */
  function walkThrough(turnsAt: Readonly<Record<Motor, number>>): void {
    for (let count = 0; count < 60 && page.walk; count++) {
      const { step, answers } = page.walk;
      play();
      const motor = step === 'left' || step === 'right' ? step : null;
      if (motor) feel((driver.calibration?.[motor].startDuty ?? 0) >= turnsAt[motor] ? 'yes' : 'no');
      else if (step === 'match') feel(tuningRound++ === 0 ? 'first' : 'same');
      else if (step === 'glide') feel(glideRound++ === 0 ? 'two' : 'moving');
      else feel(answers.includes('same') ? 'same' : 'first');
    }
  }
  let tuningRound = 0;
  let glideRound = 0;

  test('what was found is kept, drives the motors from then on, and can be undone', () => {
    begin();
    walkThrough({ left: 95, right: 120 });
    const { known, ended } = page.calibration;
    expect(ended).toBe(words.ended['kept.run']);
    expect(known?.left.startDuty).toBeGreaterThanOrEqual(95);
    expect(known?.left.startDuty).toBeLessThanOrEqual(107);
    expect(known?.right.startDuty).toBeGreaterThanOrEqual(120);
    expect(known).toMatchObject({ left: { ratedDuty: 138 }, glideMs: 103, swapped: false });
    expect(driver.calibration?.left.ratedDuty).toBe(138);
    expect(driver.frame).toBeNull();
    start(page);
    expect(sessions.run.state).toBe('warmUp');
    expect(driver.calibration?.left.ratedDuty).toBe(138);
    calibrate('undo');
    expect(page.errors().at(-1)).toBe(words.hindrances.session);
    say(page, { type: 'intent', intent: { intent: 'stop' } });
    say(page, { type: 'intent', intent: { intent: 'afterStop', why: 'pain' } });
    pass(400);
    calibrate('undo');
    expect(page.calibration).toMatchObject({ known: null, ended: words.ended.undone });
    expect(driver.calibration).toEqual(uncalibratedBoard);
  });

  test('a mistake can be taken back, question by question', () => {
    begin();
    play();
    feel('yes');
    const { question = 0 } = page.walk ?? {};
    calibrate('back');
    expect(page.walk).toMatchObject({ step: 'left', stage: 'asked' });
    expect(page.walk?.question).toBeGreaterThan(question);
    calibrate('play');
    pass(300);
    expect(driver.calibration?.left.startDuty).toBe(153);
    calibrate('back');
    expect(driver.frame).toBeNull();
    expect(page.walk?.step).toBe('hands');
  });

  test('where it cannot be kept it says why, and what was known holds', () => {
    tuning.keep = () => {
      throw new Error('boards.json: cannot be written (EROFS)');
    };
    begin();
    walkThrough({ left: 95, right: 120 });
    expect(page.calibration).toMatchObject({
      walk: null,
      known: null,
      ended: 'boards.json: cannot be written (EROFS)',
    });
    expect(driver.calibration).toEqual(uncalibratedBoard);
  });

  test('an implant in whoever holds it ends it before any motor has run', () => {
    pass(100);
    calibrate('begin');
    feel('unsure');
    expect(page.calibration).toMatchObject({ walk: null, ended: words.ended.implant });
    expect(driver.orders).not.toContain('arm');
  });
});
