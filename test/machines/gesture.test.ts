import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { type Gesture, gestureLimits, gestureMachine, nextGestureDue } from '../../machines/gesture.ts';
import { type Button, buttons, type Ms } from '../../machines/vocabulary.ts';

/** A button in a finger's hand: edges at their times, the hold whenever it falls due. */
class Finger {
  readonly gestures: string[] = [];
  readonly heard: Gesture[] = [];
  readonly #actor;
  #at: Ms = 0;

  constructor(button: Button = 'go') {
    this.#actor = createActor(gestureMachine, { input: { button } });
    this.#actor.on('gesture', gesture => {
      this.heard.push(gesture);
      this.gestures.push(`${gesture.kind} ${gesture.at}`);
    });
    this.#actor.start();
  }
  get due(): Ms | null {
    return nextGestureDue(this.#actor.getSnapshot());
  }
  until(at: Ms): this {
    const { due } = this;
    if (due !== null && due <= at) this.#actor.send({ type: 'due', at: due });
    this.#at = at;
    return this;
  }
  down(at: Ms): this {
    this.until(at);
    this.#actor.send({ type: 'edge.down', at });
    return this;
  }
  up(at: Ms): this {
    this.until(at);
    this.#actor.send({ type: 'edge.up', at });
    return this;
  }
  /** Told of a moment at which nothing is due. */
  nudge(): this {
    this.#actor.send({ type: 'due', at: this.#at });
    return this;
  }
}

describe('a button', () => {
  it('acts on the press, not on the release', () => {
    expect(new Finger().down(100).gestures).toEqual(['press 100']);
  });

  it.each([
    ['399 ms', 399, 'double'],
    ['400 ms', 400, 'double'],
    ['401 ms', 401, 'press'],
  ])('makes of a second press after %s a %s', (_, later, kind) => {
    expect(
      new Finger()
        .down(1000)
        .up(1050)
        .down(1000 + later).gestures,
    ).toEqual(['press 1000', `${kind} ${1000 + later}`]);
  });

  it('is held exactly one second after it went down, told by the scheduled time', () => {
    const finger = new Finger().down(2000);
    expect(finger.due).toBe(3000);
    expect(finger.until(2999).nudge().gestures).toEqual(['press 2000']);
    expect(finger.until(3500).gestures).toEqual(['press 2000', 'hold 3000']);
    expect(finger.due).toBeNull();
  });

  it('is not held when it is let go in time', () => {
    const finger = new Finger().down(0).up(999);
    expect(finger.due).toBeNull();
    expect(finger.until(5000).nudge().gestures).toEqual(['press 0']);
  });

  it('is held once, however long', () => {
    expect(new Finger().down(0).until(1000).until(60_000).nudge().gestures).toEqual(['press 0', 'hold 1000']);
  });

  it('does not make a third quick press a second double', () => {
    const { gestures } = new Finger().down(0).up(100).down(200).up(300).down(400);
    expect(gestures).toEqual(['press 0', 'double 200', 'press 400', 'triple 400']);
  });

  it('does not make a held second press a hold', () => {
    const finger = new Finger().down(0).up(100).down(200);
    expect(finger.due).toBeNull();
    expect(finger.until(5000).nudge().gestures).toEqual(['press 0', 'double 200']);
  });

  it.each([
    ['within 3 s', 3000, true],
    ['a millisecond later', 3001, false],
  ])('tells the third press %s of the first as a triple: %s', (_, third, triple) => {
    const { gestures } = new Finger().down(0).up(50).down(1500).up(1550).down(third);
    expect(gestures.includes(`triple ${third}`)).toBe(triple);
  });

  it('takes a repeated edge for the same press', () => {
    expect(new Finger().down(0).down(100).up(200).up(300).gestures).toEqual(['press 0']);
  });
});

it('tells the third press as a triple also where it is a double of the second', () => {
  expect(new Finger('receiver').down(0).up(100).down(1000).up(1100).down(1300).gestures).toEqual([
    'press 0',
    'press 1000',
    'double 1300',
    'triple 1300',
  ]);
});

describe("the receiver's squeeze", () => {
  it('is a hold after 0.8 s', () => {
    expect(new Finger('receiver').down(0).until(800).gestures).toEqual(['press 0', 'hold 800']);
    expect(new Finger('receiver').down(0).until(799).nudge().gestures).toEqual(['press 0']);
  });

  it('is a hold also where it follows a first squeeze at once', () => {
    const finger = new Finger('receiver').down(0).up(100).down(300);
    expect(finger.until(1100).gestures).toEqual(['press 0', 'double 300', 'hold 1100']);
  });
});

it('never tells more than one hold a press, nor anything at another time than its own', () => {
  const pressing = fc.array(
    fc.tuple(fc.integer({ min: gestureLimits.chatterMs, max: 1500 }), fc.integer({ min: 1, max: 1500 })),
    {
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(fc.constantFrom(...buttons), pressing, (button, presses) => {
      const finger = new Finger(button);
      const downs: Ms[] = [];
      let at = 0;
      for (const [wait, hold] of presses) {
        at += wait;
        downs.push(at);
        finger.down(at);
        at += hold;
        finger.up(at);
      }
      const holdMs = button === 'receiver' ? gestureLimits.receiverHoldMs : gestureLimits.holdMs;
      const begun = finger.heard.filter(({ kind }) => kind === 'press' || kind === 'double');
      expect(begun.map(gesture => gesture.at)).toEqual(downs);
      for (const { kind, at: told } of finger.heard)
        if (kind === 'hold') expect(downs).toContain(told - holdMs);
      expect(finger.heard.filter(({ kind }) => kind === 'hold').length).toBeLessThanOrEqual(downs.length);
    }),
  );
});
