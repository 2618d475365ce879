/** What an earlier version of this page kept as one text; it is taken over once, and goes when it is. */
const place = 'tactus.kept';

export function keptBefore(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    // Forbidden: then there was nothing either.
    return null;
  }
}

export function forgetBefore(): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // It stays, and is taken over again: what is here already is left as it is.
  }
}
