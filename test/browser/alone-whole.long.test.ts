/**
 * A whole `first-touch` on the drawn board that plays by itself, by somebody who has the printed card, the cues in the
 * hand and the light, and nothing else: what they do follows from what is drawn of motors and light alone.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { cards } from '../../machines/screening.questions.ts';
import type { Button, CueId } from '../../machines/vocabulary.ts';
import { look, phoneOptions } from '../support/browser.ts';
import { serveDemo } from '../support/demo.ts';
import { boardIsUp, openPages } from '../support/opened.ts';
import { type SteeredPerson, steerBoard } from '../support/steered-board.ts';
import { middleOf, type Point, Touches } from '../support/touches.ts';

/** The routine lasts three and a half minutes. Its time is the test's, so that they take as long as they are work. */
const longestMs = 300_000;
/** Longer than between any two cues of a session: a stroke takes 6 s. */
const nextCueMs = 30_000;
/** Two steps without oil, and the beginning; GO sooner than a second after the last one is haste. */
const confirms = 3;
const betweenConfirmsMs = 1300;

const button = (name: Button): string => `alone-view [data-button=${name}]`;
const fingers: Readonly<Partial<Record<Button, number>>> = { go: 0, less: 1, stop: 2 };

let person: SteeredPerson;

/** Fingers that lie on the drawn buttons, and move as they are told to. */
function fingersOn(page: Page): (name: Button, down: boolean) => Promise<void> {
  let touches: Touches | null = null;
  const at = new Map<Button, Point>();
  return async (name, down) => {
    const finger = fingers[name];
    if (finger === undefined || name === 'receiver') throw new Error(`no ${name} on this board`);
    if (!touches) await page.locator(button('stop')).scrollIntoViewIfNeeded();
    touches ??= await Touches.on(page);
    const point = at.get(name) ?? (await middleOf(page, button(name)));
    at.set(name, point);
    await (down ? touches.down(finger, point) : touches.up(finger));
  };
}

beforeAll(async () => {
  const [opened, demo] = await Promise.all([openPages(), serveDemo()]);
  const page = await opened.newPage(phoneOptions);
  person = await steerBoard(page, fingersOn(page));
  await page.goto(demo.address);
  await boardIsUp(page);
  await look(page, 'alone');
  await page.locator('alone-view device-view[live]').waitFor({ timeout: 20_000 });
  // It blinks when its power comes.
  await person.wait(2500);
  return async () => {
    demo.close();
    await opened.close();
  };
});

async function felt(cue: CueId): Promise<void> {
  const seen: CueId[] = [];
  for (let cues = 0; cues < 12 && seen.at(-1) !== cue; cues++) {
    const next = await person.feel(nextCueMs);
    if (!next) throw new Error(`${cue} was not felt, but ${seen.join(', ') || 'nothing'}`);
    seen.push(next.cue);
  }
  expect(seen.at(-1)).toBe(cue);
}

test(
  'is completed by the card, with a less, a pause, a stop that was a slip, and a question on the way',
  async () => {
    const done: string[] = [];
    for (let card = 0; card < cards.length; card++) await person.holdUntilLit(['go', 'less'], 20_000);
    for (let step = 0; step < confirms; step++) {
      await person.press('go');
      await person.wait(betweenConfirmsMs);
    }
    await felt('GLIDE');
    await person.react();
    await person.press('less');
    await felt('EASE');
    done.push('less');

    await felt('GLIDE');
    await person.react();
    await person.press('go');
    // Whatever was under way is answered; then nothing moves.
    while (await person.feel(8000));
    done.push('pause');
    await person.press('go');
    await felt('GLIDE');

    await person.press('stop');
    while (await person.feel(8000));
    done.push('stop');
    await person.pressTogether(['go', 'less'], 3400);
    await person.wait(1000);
    await person.press('go');
    await felt('GLIDE');
    done.push('slip');

    let nexts = 0;
    while (nexts < 3) {
      const cue = await person.feel(nextCueMs);
      if (!cue) throw new Error(`nothing is felt after ${done.join(', ')}`);
      nexts = cue.cue === 'NEXT' ? nexts + 1 : 0;
      if (cue.cue !== 'ASK') continue;
      await person.react();
      await person.press('go');
      done.push(`ASK on ${cue.from}`);
    }
    // The end is told three times; GO says that it was felt.
    await person.react();
    await person.press('go');
    while (await person.feel(8000));
    expect(done.slice(0, 4)).toEqual(['less', 'pause', 'stop', 'slip']);
    expect(done).toContain('ASK on left');
    expect(done).toContain('ASK on right');

    // It is over, neither paused nor stopped: both for three seconds are another session, which asks from the first card on.
    await person.pressTogether(['go', 'less'], 3400);
    await person.wait(1000);
    for (let card = 0; card < cards.length; card++) {
      expect(person.lit).toBe(false);
      await person.holdUntilLit(['go', 'less'], 20_000);
    }
    expect(person.lit).toBe(true);
  },
  longestMs,
);
