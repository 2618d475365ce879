/** What is on a port, as far as the ids of its USB say it. */

/** USB vendor and product, four hex digits each, lower case; null for a port that is not on USB. */
export type UsbIds = Readonly<{ vendorId: string | null; productId: string | null }>;

/** What a board is, by its USB ids. */
export type BoardKind = 'uno' | 'nano' | 'unoR4' | 'clone' | 'mega' | 'leonardo' | 'other' | 'notUsb';

/** USB ids as the makers have registered them: 2341 and 2a03 Arduino, 1a86 WCH, 0403 FTDI, 10c4 Silicon Labs. */
const kinds: Readonly<Record<string, BoardKind>> = {
  '2341:0043': 'uno',
  '2341:0001': 'uno',
  '2341:0243': 'uno',
  '2a03:0043': 'uno',
  '0403:6001': 'nano',
  '2341:0058': 'other',
  '2341:0069': 'unoR4',
  '2341:0369': 'unoR4',
  '2341:006d': 'unoR4',
  '2341:1002': 'unoR4',
  '2341:0010': 'mega',
  '2341:0042': 'mega',
  '2a03:0010': 'mega',
  '2a03:0042': 'mega',
  '2341:8036': 'leonardo',
  '2341:8037': 'leonardo',
  '2a03:8036': 'leonardo',
};

/** USB bridges of clones, which say nothing of the board behind them. */
const cloneVendors = new Set(['1a86', '4348', '10c4']);

/** Those that certainly have no room to play sessions by themselves. Behind a bridge, even FTDI's, may be a Mega. */
const withoutRoom: ReadonlySet<BoardKind> = new Set(['uno', 'unoR4', 'leonardo']);
/** Whether opening its port, which resets most boards, might end a session that it plays by itself. */
export const mayPlayAlone = (kind: BoardKind): boolean => !withoutRoom.has(kind);

/** Makers of boards, and of the bridges on them. */
const boardVendors = new Set([...cloneVendors, ...Object.keys(kinds).map(ids => ids.slice(0, 4))]);
export const isBoardsVendor = (vendorId: string): boolean => boardVendors.has(vendorId);

/** What is probably behind a port. A clone's USB bridge says nothing of the board: `clone`. */
export function kindOf({ vendorId, productId }: UsbIds): BoardKind {
  if (vendorId === null) return 'notUsb';
  return kinds[`${vendorId}:${productId ?? ''}`] ?? (cloneVendors.has(vendorId) ? 'clone' : 'other');
}
