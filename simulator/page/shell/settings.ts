/** What a person chose for this browser: looks and sounds. Nothing about a body is ever kept here. */

export type Settings = Readonly<{
  scheme: 'auto' | 'dark' | 'light';
  /** Instructions spoken by one of the browser's own local voices. */
  speech: boolean;
  /** A soft tick where a stroke begins and where it ends. */
  ticks: boolean;
  /** The motors' hum, by the motor model. */
  hum: boolean;
  /** The phone's own vibration, with each cue. */
  vibration: boolean;
  /** No drawn movement, whatever the system prefers (WCAG 2.2.2). */
  still: boolean;
  /** Single letters as keys; off for whoever speaks to the computer (WCAG 2.1.4). */
  keys: boolean;
}>;

/** All sound is off until somebody asks for it. */
const usual: Settings = {
  scheme: 'auto',
  speech: false,
  ticks: false,
  hum: false,
  vibration: false,
  still: false,
  keys: true,
};
const place = 'tactus.settings';

export function readSettings(): Settings {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return usual;
    const { scheme, speech, ticks, hum, vibration, still, keys } = { ...usual, ...kept } as Record<
      string,
      unknown
    >;
    return {
      scheme: scheme === 'dark' || scheme === 'light' ? scheme : 'auto',
      speech: speech === true,
      ticks: ticks === true,
      hum: hum === true,
      vibration: vibration === true,
      still: still === true,
      keys: keys !== false,
    };
  } catch {
    // Storage may be forbidden or hold anything; then a visit begins as the first did.
    return usual;
  }
}

/** False where the browser keeps nothing, forbidden or full: then it holds for this visit. */
export function keepSettings(settings: Settings): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(settings));
    return true;
  } catch {
    return false;
  }
}

export function applyScheme({ scheme }: Settings): void {
  if (scheme === 'auto') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = scheme;
}
