/**
 * The browser's own voices. They come late: the list is empty at first and filled a moment later, and before somebody
 * has pressed something nothing may be said. What is still true then is said then.
 */
import { catalogue } from '../../../machines/text/text.ts';
import { atNextPress } from './gesture.ts';

/** Spoken a little slower than people talk: hands are busy. */
const speechRate = 0.95;

const synthesis = (): SpeechSynthesis | undefined =>
  'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined;

/** A voice that needs no network, in the page's language. */
const localVoice = (): SpeechSynthesisVoice | undefined =>
  synthesis()
    ?.getVoices()
    .find(voice => voice.localService && voice.lang.startsWith(catalogue.language.tag));

export const canSpeak = (): boolean => localVoice() !== undefined;

/** Tells when the list of voices has changed; what comes back ends that. */
export function hearVoices(changed: () => void): () => void {
  const voices = synthesis();
  voices?.addEventListener('voiceschanged', changed);
  return () => voices?.removeEventListener('voiceschanged', changed);
}

export class Speech {
  /** What is to be said as soon as it can be. */
  #owed: string | null = null;
  readonly #blocked: () => void;
  #forgetPress = (): void => {};

  /** `blocked` hears that the browser says nothing before the next press. */
  constructor(blocked: () => void) {
    this.#blocked = blocked;
    hearVoices(() => {
      if (this.#owed !== null) this.say(this.#owed);
    });
  }

  /** Instead of whatever is being said. */
  say(sentence: string): void {
    const voices = synthesis();
    const voice = localVoice();
    this.silence();
    if (!voices || !voice) {
      this.#owed = sentence;
      return;
    }
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.rate = speechRate;
    utterance.addEventListener('error', ({ error }) => {
      if (error !== 'not-allowed' || this.#owed !== null) return;
      this.#owed = sentence;
      this.#forgetPress = atNextPress(() => {
        if (this.#owed !== null) this.say(this.#owed);
      });
      this.#blocked();
    });
    voices.speak(utterance);
  }

  silence(): void {
    this.#owed = null;
    this.#forgetPress();
    synthesis()?.cancel();
  }
}
