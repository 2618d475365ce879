/** The browser is asked once not to throw away what is kept, when something has been saved; whatever it answers. */
import { describe, expect, it } from 'vitest';
import { askToPersist, hasSaved, type Persisting } from '../../../../simulator/demo/kept/persisting.ts';

/** `navigator.storage` as a browser has it: what it promises, it promises for good. */
class Storage implements Persisting {
  asked = 0;
  promised = false;
  readonly #answer: () => Promise<boolean>;

  constructor(answer: () => Promise<boolean>) {
    this.#answer = answer;
  }
  async persisted(): Promise<boolean> {
    return this.promised;
  }
  async persist(): Promise<boolean> {
    this.asked += 1;
    this.promised = await this.#answer();
    return this.promised;
  }
}

describe('a browser', () => {
  it('that has promised is not asked again', async () => {
    const storage = new Storage(async () => true);
    for (let times = 0; times < 3; times++) await askToPersist(storage);
    expect([storage.asked, storage.promised]).toEqual([1, true]);
  });

  it('that refuses, or fails, is asked when something is saved again, and holds nothing up', async () => {
    const refusing = new Storage(async () => false);
    const failing = new Storage(() => Promise.reject(new TypeError('no')));
    for (const storage of [refusing, failing]) {
      await askToPersist(storage);
      await askToPersist(storage);
      expect(storage.asked).toBe(2);
    }
  });

  it('that asks a person meanwhile is not waited for', async () => {
    const storage = new Storage(() => new Promise(() => {}));
    await askToPersist(storage);
    expect(storage.asked).toBe(1);
  });

  it.each<readonly [string, Persisting | undefined]>([
    ['nothing of the kind', undefined],
    ['none of it', {}],
    ['only half of it', { persisted: async () => false }],
    ['it forbidden', { persisted: () => Promise.reject(new TypeError('no')), persist: async () => true }],
  ])('that has %s is left alone', async (_, storage) => {
    await expect(askToPersist(storage)).resolves.toBeUndefined();
  });
});

it('the moment to ask is when something was saved, what is kept of sessions among it', () => {
  expect(
    [
      ['PUT', 200],
      ['POST', 201],
      ['PUT', 507],
      ['GET', 200],
      ['DELETE', 200],
    ].map(([method, status]) => hasSaved(String(method), Number(status))),
  ).toEqual([true, true, false, false, false]);
});
