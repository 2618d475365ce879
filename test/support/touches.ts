/** Fingers on a page, as many as one likes, each where it lies: what Playwright's one tap cannot do. */
import type { CDPSession, Page } from 'playwright-core';

export type Point = Readonly<{ x: number; y: number }>;

/** Steps of a slide: as many as a screen would tell of in a sixth of a second. */
const slideSteps = 10;

export class Touches {
  readonly #tools: CDPSession;
  readonly #down = new Map<number, Point>();

  private constructor(tools: CDPSession) {
    this.#tools = tools;
  }

  static async on(page: Page): Promise<Touches> {
    return new Touches(await page.context().newCDPSession(page));
  }

  async down(id: number, point: Point): Promise<void> {
    this.#down.set(id, point);
    await this.#tell('touchStart');
  }

  async slide(id: number, dx: number, dy: number): Promise<void> {
    const from = this.#down.get(id);
    if (!from) throw new Error(`finger ${id} is not down`);
    for (let step = 1; step <= slideSteps; step++) {
      this.#down.set(id, { x: from.x + (dx * step) / slideSteps, y: from.y + (dy * step) / slideSteps });
      await this.#tell('touchMove');
    }
  }

  async up(id: number): Promise<void> {
    this.#down.delete(id);
    // The end of a touch is the end of all; one finger less is told by those that stay.
    await this.#tell(this.#down.size === 0 ? 'touchEnd' : 'touchMove');
  }

  /** All lift, or the system takes them: a call comes in, a palm is told from a finger. */
  async allUp(how: 'touchEnd' | 'touchCancel' = 'touchEnd'): Promise<void> {
    if (this.#down.size === 0) return;
    this.#down.clear();
    await this.#tell(how);
  }

  async #tell(type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel'): Promise<void> {
    const touchPoints = [...this.#down].map(([id, { x, y }]) => ({ id, x, y }));
    await this.#tools.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

/** The middle of what is found there, in px of the page. Throws where nothing is. */
export async function middleOf(page: Page, selector: string): Promise<Point> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`no ${selector}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
