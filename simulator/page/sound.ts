/** What the page can say and sound: local voices, soft ticks, the phone's vibration. Silent unless asked. */
import { catalogue } from '../../machines/text/text.ts';
import type { View } from '../../src/wire/messages.ts';
import type { Settings } from './settings.ts';
import { vibrate } from './vibration.ts';

const tickHz = { begin: 330, end: 247 };
const tickGain = 0.07;
const tickS = 0.09;
/** A cue that was told later than this is over. */
const freshMs = 500;
/** Spoken a little slower than people talk: hands are busy. */
const speechRate = 0.95;

/** A voice that needs no network, in the page's language. */
function localVoice(): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in globalThis)) return undefined;
  return speechSynthesis
    .getVoices()
    .find(voice => voice.localService && voice.lang.startsWith(catalogue.language.tag));
}

export const canSpeak = (): boolean => localVoice() !== undefined;

export class Sound {
  #settings: Settings;
  #audio: AudioContext | null = null;
  #spoken = '';
  #strokeAt = -1;
  #cueAt = -1;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** A change of mind is a gesture, and browsers let nothing sound before one. */
  set(settings: Settings): void {
    this.#settings = settings;
    if (!settings.ticks) this.#cancelTicks();
    if (!settings.speech && 'speechSynthesis' in globalThis) speechSynthesis.cancel();
    if (settings.ticks) this.#audio ??= new AudioContext();
  }

  /** Follows the session; `now` is session time. */
  follow(view: View, now: number): void {
    this.#speak(view);
    this.#feel(view, now);
    const { stroke } = view;
    if (!stroke) this.#cancelTicks();
    if (!stroke || stroke.at === this.#strokeAt) return;
    this.#strokeAt = stroke.at;
    this.#cancelTicks();
    if (view.time.rate !== 1) return;
    const inMs = stroke.at - now;
    // One that began long ago, before this page was here, is not told as if it began now.
    if (inMs > -stroke.strokeMs / 4) this.#later(inMs, () => this.#beat('begin'));
    this.#later(inMs + stroke.strokeMs, () => this.#beat('end'));
  }

  silence(): void {
    this.#cancelTicks();
    if ('speechSynthesis' in globalThis) speechSynthesis.cancel();
  }

  /** Every cue but the one that a stroke begins with, which comes with the stroke itself and never late. */
  #feel({ cue }: View, now: number): void {
    if (!cue || cue.at === this.#cueAt) return;
    this.#cueAt = cue.at;
    if (this.#settings.vibration && cue.cue !== 'GLIDE' && Math.abs(now - cue.at) <= freshMs)
      vibrate(cue.cue);
  }

  #speak({ session }: View): void {
    const words = session.now ? `${session.now.title}. ${session.now.instruction}` : '';
    const said = ['warmUp', 'strokes', 'pressureRamp', 'cooldown'].includes(session.state)
      ? words
      : session.sentence;
    if (said === this.#spoken) return;
    this.#spoken = said;
    if (!this.#settings.speech) return;
    const voice = localVoice();
    if (!voice) return;
    const utterance = new SpeechSynthesisUtterance(said);
    utterance.voice = voice;
    utterance.rate = speechRate;
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  #later(inMs: number, run: () => void): void {
    this.#timers.push(setTimeout(run, Math.max(0, inMs)));
  }

  #cancelTicks(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  #beat(which: 'begin' | 'end'): void {
    if (this.#settings.vibration && which === 'begin') vibrate('GLIDE');
    if (!this.#settings.ticks) return;
    const audio = this.#audio ?? new AudioContext();
    this.#audio = audio;
    const oscillator = new OscillatorNode(audio, { frequency: tickHz[which] });
    const gain = new GainNode(audio, { gain: 0 });
    const now = audio.currentTime;
    gain.gain.linearRampToValueAtTime(tickGain, now + 0.008);
    gain.gain.exponentialRampToValueAtTime(0.0005, now + tickS);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(now);
    oscillator.stop(now + tickS + 0.02);
  }
}
