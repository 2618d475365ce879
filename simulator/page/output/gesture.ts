/**
 * What a browser gives only after somebody has pressed something: sound, speech, vibration. Whoever was refused asks
 * again at the next press, whatever is pressed.
 */

const presses = ['pointerdown', 'keydown'] as const;

/** Runs once at the next press; what comes back forgets it. */
export function atNextPress(run: () => void): () => void {
  const forget = (): void => {
    for (const press of presses) window.removeEventListener(press, pressed, true);
  };
  const pressed = (): void => {
    forget();
    run();
  };
  for (const press of presses) window.addEventListener(press, pressed, true);
  return forget;
}
