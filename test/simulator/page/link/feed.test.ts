/** What the page says to its controller: a stop is said until it can have been heard. The line and time are the test's own. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { catalogue } from '../../../../machines/text/text.ts';
import type { ChannelListener } from '../../../../simulator/page/link/channel.ts';
import { Feed } from '../../../../simulator/page/link/feed.ts';

let feed: Feed;
let listener: ChannelListener;
let isOpen: boolean;
let said: { type: string; intent?: { intent: string } }[];

const beat = (): void =>
  listener.heard(JSON.stringify({ v: 1, type: 'view', seq: 1, view: { time: { at: 0, rate: 1 } } }));
const stops = (): number => said.filter(({ intent }) => intent?.intent === 'stop').length;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** A beat each 400 ms, as the controller has it. */
async function beats(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 400) {
    beat();
    await pass(400);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  said = [];
  isOpen = true;
  feed = new Feed(given => {
    listener = given;
    return {
      send: text => {
        if (isOpen) said.push(JSON.parse(text));
        return isOpen;
      },
    };
  });
  listener.opened();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a stop', () => {
  test('is said once where the line is live', async () => {
    await beats(2000);
    feed.stop();
    await beats(3000);
    listener.closed();
    listener.opened();
    await beats(3000);
    expect(stops()).toBe(1);
    expect(feed.notice).toBeNull();
  });

  test('where there is no line is said as soon as there is one, and that is told', async () => {
    await beats(2000);
    isOpen = false;
    listener.closed();
    feed.stop();
    expect(feed.notice?.text).toContain(catalogue.page.stop.noLine);
    await pass(3000);
    isOpen = true;
    listener.opened();
    expect(stops()).toBe(1);
  });

  test('into a line that has long been silent is said again on the next one, and that is told', async () => {
    await beats(2000);
    // The other end has gone without a word: what is said from here on goes nowhere.
    await pass(2000);
    feed.stop();
    expect(feed.notice?.text).toContain(catalogue.page.stop.noLine);
    await pass(2000);
    said = [];
    listener.closed();
    listener.opened();
    expect(stops()).toBe(1);
  });

  test('after which nothing more was heard is said again on the next line', async () => {
    await beats(2000);
    feed.stop();
    await pass(4000);
    said = [];
    listener.closed();
    listener.opened();
    expect(stops()).toBe(1);
  });

  test('is old after ten seconds: somebody has found another way', async () => {
    isOpen = false;
    listener.closed();
    feed.stop();
    await pass(10_001);
    isOpen = true;
    listener.opened();
    expect(stops()).toBe(0);
  });
});

describe('sentences that are told', () => {
  const texts = (): readonly string[] => feed.notices.map(({ text }) => text);

  test('at one moment stand there together, each for as long as if it were alone', async () => {
    feed.tell('The screen could go dark.');
    feed.tell('The phone did not vibrate.');
    expect(texts()).toEqual(['The screen could go dark.', 'The phone did not vibrate.']);
    await pass(4000);
    feed.tell('Already the lightest.');
    expect(feed.notice?.text).toBe('Already the lightest.');
    await pass(3990);
    expect(texts()).toHaveLength(3);
    await pass(20);
    expect(texts()).toEqual(['Already the lightest.']);
    // A screen reader would say again what comes to stand in another line.
    expect(feed.lines.map(line => line?.text)).toEqual([undefined, undefined, 'Already the lightest.']);
    await pass(4000);
    expect(texts()).toEqual([]);
  });

  test('again stand there once, from then on', async () => {
    feed.tell('Not now.');
    feed.tell('Already the lightest.');
    await pass(5000);
    feed.tell('Not now.');
    expect(texts()).toEqual(['Already the lightest.', 'Not now.']);
    await pass(5000);
    expect(texts()).toEqual(['Not now.']);
  });

  test('without end are never more than three, the newest', () => {
    for (let count = 1; count <= 100; count++) {
      feed.tell(`Sentence ${count}.`);
      vi.advanceTimersByTime(1);
    }
    expect(texts()).toEqual(['Sentence 98.', 'Sentence 99.', 'Sentence 100.']);
  });
});
