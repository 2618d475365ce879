/** The browser's storage of what was saved in the demo. */

const place = 'tactus.kept';

export function readKept(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    // Forbidden: a visit begins as the first did.
    return null;
  }
}

/** False where the browser keeps nothing. */
export function writeKept(text: string): boolean {
  try {
    localStorage.setItem(place, text);
    return true;
  } catch {
    return false;
  }
}
