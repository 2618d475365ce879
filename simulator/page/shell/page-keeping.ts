/** What is told of the page as something that the browser keeps: of the page without a server, and of no other. */
import type { PageContext } from './page-context.ts';

export type PageKeeping = Readonly<{
  /** Stands above every look, where there is something to tell. */
  above(context: PageContext): unknown;
  /** Stands on the sheet of looks and sounds. */
  panel(): unknown;
}>;

let offered: PageKeeping | null = null;

export function offerKeeping(keeping: PageKeeping): void {
  offered = keeping;
}

export const offeredKeeping = (): PageKeeping | null => offered;
