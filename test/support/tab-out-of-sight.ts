/**
 * A tab that its browser may hide, slow down and freeze, as it does with people's. Playwright has every page of its own
 * believe that it is seen; this one it does not know.
 */
import { type CDPSession, chromium } from 'playwright-core';
import * as v from 'valibot';
import { chromiumSwitches, installedChromium, optimisingLate } from './chromium.ts';

const answerSchema = v.object({
  id: v.optional(v.number()),
  result: v.optional(
    v.object({
      result: v.optional(v.object({ value: v.optional(v.unknown()) })),
      exceptionDetails: v.optional(v.unknown()),
    }),
  ),
  error: v.optional(v.unknown()),
});

/** What Playwright would switch off, so that pages out of sight go on as fast as those in sight. */
const keepsAwake = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export type Tab = Readonly<{
  /** What an expression comes to there, once it has. */
  evaluate(expression: string): Promise<unknown>;
  /** Puts another tab in front of it. */
  hide(): Promise<void>;
  /** Once it is hidden: freezes it for so long, by the clock of the tab in front of it. */
  freezeFor(ms: number): Promise<void>;
  close(): Promise<void>;
}>;

/** Says something to one tab, and gives what that comes to. */
async function lineTo(whole: CDPSession, targetId: string) {
  const { sessionId } = await whole.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, (answer: v.InferOutput<typeof answerSchema>) => void>();
  whole.on('Target.receivedMessageFromTarget', ({ message, ...from }) => {
    const answer = v.parse(answerSchema, JSON.parse(message));
    if (from.sessionId === sessionId && answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let lastId = 0;
  return async (method: string, params: object): Promise<unknown> => {
    const id = ++lastId;
    const answered = new Promise<v.InferOutput<typeof answerSchema>>(resolve => {
      waiting.set(id, resolve);
    });
    const message = JSON.stringify({ id, method, params });
    await whole.send('Target.sendMessageToTarget', { sessionId, message });
    const { error, result } = await answered;
    waiting.delete(id);
    const wrong = error ?? result?.exceptionDetails;
    if (wrong) throw new Error(`${method}: ${JSON.stringify(wrong)}`);
    return result?.result?.value;
  };
}

const evaluated = (expression: string) => ({ expression, awaitPromise: true, returnByValue: true });
const passing = (ms: number): string => `new Promise(resolve => setTimeout(resolve, ${ms}))`;

export async function openTab(address: string): Promise<Tab> {
  const executablePath = installedChromium();
  if (!executablePath) throw new Error('no Chromium: npm test gets one');
  const browser = await chromium.launch({
    executablePath,
    args: [...chromiumSwitches, optimisingLate],
    ignoreDefaultArgs: keepsAwake,
  });
  const whole = await browser.newBrowserCDPSession();
  const { targetId } = await whole.send('Target.createTarget', { url: address, newWindow: true });
  const say = await lineTo(whole, targetId);
  let sayInFront: typeof say | null = null;
  return {
    evaluate: expression => say('Runtime.evaluate', evaluated(expression)),
    hide: async () => {
      // In the same window, where only the one in front is seen.
      const front = await whole.send('Target.createTarget', { url: 'about:blank', newWindow: false });
      await whole.send('Target.activateTarget', { targetId: front.targetId });
      sayInFront = await lineTo(whole, front.targetId);
    },
    freezeFor: async ms => {
      if (!sayInFront) throw new Error('a tab that is seen is never frozen: hide it first');
      await say('Page.setWebLifecycleState', { state: 'frozen' });
      await sayInFront('Runtime.evaluate', evaluated(passing(ms)));
      await say('Page.setWebLifecycleState', { state: 'active' });
    },
    close: () => browser.close(),
  };
}
