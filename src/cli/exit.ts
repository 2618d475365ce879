/**
 * How a command ends: sysexits codes, and one line that says what, where and what to do.
 */

export const exitCodes = {
  done: 0,
  usage: 64,
  content: 65,
  noInput: 66,
  noDevice: 69,
  fault: 70,
  cannotWrite: 73,
  busy: 75,
  notPermitted: 77,
} as const;

/** Ends the command. The message's first line stands for itself; further lines are details. */
export class Exit extends Error {
  readonly kind: keyof typeof exitCodes;
  readonly code: number;

  constructor(kind: keyof typeof exitCodes, message: string) {
    super(message);
    this.kind = kind;
    this.code = exitCodes[kind];
  }
}

/** Names from outside are shown without control characters, so that no file name can paint a terminal. */
export const shown = (name: string): string => name.replace(/\p{Cc}/gu, '?').slice(0, 300);
