/** What the demo's page and its worker say to each other: the wire's text, and what begins it. */

export type ToWorker =
  | Readonly<{ board: 'emulated'; seed: number }>
  | Readonly<{ board: 'serial' }>
  | Readonly<{ text: string }>
  /** From a serial port of the page's. */
  | Readonly<{ bytes: Uint8Array }>
  | Readonly<{ unplugged: true }>;

export type FromWorker =
  | Readonly<{ opened: true }>
  | Readonly<{ text: string }>
  | Readonly<{ bytes: Uint8Array }>
  | Readonly<{ failed: string }>;
