/** What the system says of a file that cannot be used: told, and no reason to end a session. */

/** In a sentence that names the file; null where the error is about something else. */
export function fileFailure(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('path' in error) || !('code' in error))
    return null;
  const name = String(error.path).replace(/\p{C}/gu, '?').slice(0, 300);
  return `${name}: cannot be used (${String(error.code)})`;
}

/** Does it; a file that fails meanwhile is told, each such failure once. Anything else is thrown. */
export function spared<Values extends readonly unknown[]>(
  act: (...values: Values) => void,
  tell: (failure: string) => void,
): (...values: Values) => void {
  let told: string | null = null;
  return (...values) => {
    try {
      act(...values);
    } catch (error) {
      const failure = fileFailure(error);
      if (failure === null) throw error;
      if (failure !== told) tell(failure);
      told = failure;
    }
  };
}
