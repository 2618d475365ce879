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

const full = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG']);

/** What the system says of a disk that takes nothing, or of a file that is somebody else's, as the end of a command. */
export function exitOf(error: unknown): Exit | null {
  if (error instanceof Exit) return error;
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  const code = String(error.code);
  const where = 'path' in error ? `${shown(String(error.path))}: ` : '';
  if (full.has(code))
    return new Exit(
      'cannotWrite',
      `${where}cannot be written (${code}): free some space, or set TACTUS_STATE`,
    );
  if (code === 'EBUSY') return new Exit('busy', `${where}another process is changing it; try again`);
  return code === 'EACCES' || code === 'EPERM'
    ? new Exit('notPermitted', `${where}is not yours to use (${code}); set TACTUS_STATE to a folder that is`)
    : null;
}

/** Names from outside are shown without what paints a terminal, or turns round what is read in it. */
export const shown = (name: string): string => name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '?').slice(0, 300);
