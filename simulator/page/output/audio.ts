/** The page's one source of sound. A browser lets nothing sound before somebody has pressed something: it waits for that. */
import { atNextPress } from './gesture.ts';

let audio: AudioContext | null = null;
let waits = false;

/** `blocked` hears once that nothing can sound before the next press, from which on it does. */
export function soundSource(blocked: () => void): AudioContext {
  audio ??= new AudioContext();
  if (audio.state === 'running' || waits) return audio;
  const source = audio;
  waits = true;
  const wake = (): void => {
    waits = false;
    // Refused again: the next sound asks again.
    source.resume().catch(() => {});
  };
  const forget = atNextPress(wake);
  // Within a press it may sound at once.
  source.resume().then(
    () => {
      forget();
      waits = false;
    },
    () => {},
  );
  if (!navigator.userActivation?.hasBeenActive) blocked();
  return source;
}
