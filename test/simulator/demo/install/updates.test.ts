import { describe, expect, it } from 'vitest';
import { Updates } from '../../../../simulator/demo/install/updates.ts';

/** The locks of one browser, as its tabs share them: many may share one, or one has it alone. */
class SharedLocks {
  readonly #held = new Map<string, { mode: string }[]>();

  async request(
    name: string,
    { mode, ifAvailable }: Readonly<{ mode: 'shared' | 'exclusive'; ifAvailable?: boolean }>,
    granted: (lock: unknown) => Promise<void>,
  ): Promise<void> {
    const held = this.#held.get(name) ?? [];
    this.#held.set(name, held);
    const isFree = held.length === 0 || (mode === 'shared' && held.every(one => one.mode === 'shared'));
    if (!isFree && !ifAvailable) throw new Error('whoever waits is not played here');
    if (!isFree) {
      await granted(null);
      return;
    }
    const lock = { mode };
    held.push(lock);
    await granted(lock);
    held.splice(held.indexOf(lock), 1);
  }
}

/** A browser in which versions of the page come and are taken, and the tabs of it. */
class Browser {
  readonly locks = new SharedLocks();
  hasActive = false;
  asked = 0;
  fails = false;
  #waiting: { postMessage(message: unknown): void } | null = null;
  #installing: { addEventListener(type: 'statechange', listener: () => void): void } | null = null;
  readonly #found: (() => void)[] = [];
  readonly #installed: (() => void)[] = [];
  readonly #controlled: (() => void)[] = [];

  tab(scope = 'https://host/tactus/') {
    const tab = { reloads: 0, now: 0, timers: [] as (() => void)[] };
    const browser = this;
    const kept = {
      get waiting() {
        return browser.#waiting;
      },
      get installing() {
        return browser.#installing;
      },
      addEventListener: (_: string, listener: () => void) => void this.#found.push(listener),
      update: async () => {
        this.asked += 1;
        if (this.fails) throw new TypeError('no network');
      },
    };
    const updates = new Updates({
      register: async () => {
        if (this.fails) throw new TypeError('refused');
        return kept;
      },
      isControlled: () => this.hasActive,
      onControlled: listener => void this.#controlled.push(listener),
      locks: this.locks,
      scope,
      now: () => tab.now,
      after: (_, run) => void tab.timers.push(run),
      reload: () => {
        tab.reloads += 1;
      },
    });
    return Object.assign(tab, { updates });
  }

  /** A version has been fetched whole. The first one answers for the tabs at once, a later one waits. */
  arrives({ answers = true } = {}): void {
    this.#installing = { addEventListener: (_, listener) => void this.#installed.push(listener) };
    for (const tell of this.#found) tell();
    this.#installing = null;
    if (this.hasActive)
      this.#waiting = {
        postMessage: message => {
          expect(message).toBe('take');
          if (answers) this.#takeOver();
        },
      };
    for (const tell of this.#installed.splice(0)) tell();
    if (!this.hasActive) this.#takeOver();
  }

  #takeOver(): void {
    this.#waiting = null;
    this.hasActive = true;
    for (const tell of this.#controlled) tell();
  }
}

/** A browser that keeps the page already, and two tabs of it. */
async function twoTabs() {
  const browser = new Browser();
  browser.hasActive = true;
  const tabs = [browser.tab(), browser.tab()] as const;
  for (const { updates } of tabs) await updates.begin();
  return { browser, one: tabs[0], other: tabs[1] };
}

describe('the first visit', () => {
  it('tells of no new version when the first one has come, and loads nothing anew', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    await tab.updates.begin();
    expect(tab.updates.isKept).toBe(false);
    browser.arrives();
    expect([tab.updates.isKept, tab.updates.state, tab.reloads]).toEqual([true, 'none', 0]);
  });

  it('tells of the second version, while that page is still open', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    await tab.updates.begin();
    browser.arrives();
    browser.arrives();
    expect(tab.updates.state).toBe('waiting');
    await Promise.race([tab.updates.take(), Promise.resolve()]);
    expect(tab.reloads).toBe(1);
  });

  it('goes on without being kept where the browser refuses', async () => {
    const browser = new Browser();
    browser.fails = true;
    const tab = browser.tab();
    await tab.updates.begin();
    await tab.updates.take();
    expect([tab.updates.isKept, tab.updates.state, tab.reloads]).toEqual([false, 'none', 0]);
  });
});

describe('a new version', () => {
  it('waits, and is taken by whoever takes it; the other tab goes on, is told, and loads anew when it is told to', async () => {
    const { browser, one, other } = await twoTabs();
    browser.arrives();
    expect([one.updates.state, other.updates.state, one.reloads]).toEqual(['waiting', 'waiting', 0]);
    void one.updates.take();
    await Promise.resolve();
    expect([one.reloads, other.reloads, other.updates.state]).toEqual([1, 0, 'replaced']);
    await other.updates.take();
    expect(other.reloads).toBe(1);
  });

  it('that waited before this tab was opened is told too', async () => {
    const { browser } = await twoTabs();
    browser.arrives();
    const late = browser.tab();
    await late.updates.begin();
    expect(late.updates.state).toBe('waiting');
  });

  it('is not taken while a session is under way in another tab, which is said; afterwards it is', async () => {
    const { browser, one, other } = await twoTabs();
    other.updates.follow(true);
    browser.arrives();
    await one.updates.take();
    expect([one.updates.state, one.reloads, other.reloads]).toEqual(['elsewhere', 0, 0]);
    other.updates.follow(false);
    await Promise.resolve();
    void one.updates.take();
    await Promise.resolve();
    expect(one.reloads).toBe(1);
  });

  it('is not taken in a tab whose own session is under way', async () => {
    const { browser, one } = await twoTabs();
    browser.arrives();
    one.updates.follow(true);
    await one.updates.take();
    expect([one.updates.state, one.reloads]).toEqual(['waiting', 0]);
  });

  it('is taken although another page of the same host has a session', async () => {
    const { browser, one } = await twoTabs();
    browser.tab('https://host/other/').updates.follow(true);
    browser.arrives();
    void one.updates.take();
    await Promise.resolve();
    expect(one.reloads).toBe(1);
  });

  it('that never answers is offered again', async () => {
    const { browser, one } = await twoTabs();
    browser.arrives({ answers: false });
    const taking = one.updates.take();
    expect(one.updates.state).toBe('taking');
    for (const run of one.timers) run();
    await taking;
    expect([one.updates.state, one.reloads]).toEqual(['waiting', 0]);
  });
});

describe('a page that stays open', () => {
  const hourMs = 3_600_000;

  it('asks for a new version when it is looked at, once an hour at most, never in a session', async () => {
    const { browser, one } = await twoTabs();
    await one.updates.seen();
    expect(browser.asked).toBe(0);
    one.now = hourMs;
    one.updates.follow(true);
    await one.updates.seen();
    expect(browser.asked).toBe(0);
    one.updates.follow(false);
    await one.updates.seen();
    await one.updates.seen();
    expect(browser.asked).toBe(1);
  });

  it('minds no missing network', async () => {
    const { browser, one } = await twoTabs();
    browser.fails = true;
    one.now = hourMs;
    await one.updates.seen();
    expect([browser.asked, one.updates.state]).toEqual([1, 'none']);
  });
});
