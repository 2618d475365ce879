/** What the page can say and sound: local voices, soft ticks, the phone's vibration. Silent unless asked. */
import { isWorking } from '../../../machines/session.states.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import type { Settings } from '../shell/settings.ts';
import { soundSource } from './audio.ts';
import { Speech } from './speech.ts';
import { vibrate } from './vibration.ts';

const tickHz = { begin: 330, end: 247 };
const tickGain = 0.07;
const tickS = 0.09;
/** A cue that was told later than this is over. */
const freshMs = 500;

const words = catalogue.page.notices;

export class Sound {
  #settings: Settings;
  readonly #tell: (sentence: string) => void;
  readonly #speech: Speech;
  #isVibrationTold = false;
  #spoken = '';
  #strokeAt = -1;
  #cueAt = -1;
  #timers: ReturnType<typeof setTimeout>[] = [];

  /** `tell` shows a sentence about what the browser does not give. */
  constructor(settings: Settings, tell: (sentence: string) => void) {
    this.#settings = settings;
    this.#tell = tell;
    this.#speech = new Speech(() => tell(words.speechWaits));
  }

  /** A change of mind is a gesture, and browsers let nothing sound before one. */
  set(settings: Settings): void {
    if (!settings.ticks) this.#cancelTicks();
    if (!settings.speech) this.#speech.silence();
    // Whoever asks for it while hands move hears what holds now.
    else if (!this.#settings.speech && this.#spoken !== '') this.#speech.say(this.#spoken);
    this.#settings = settings;
    if (settings.ticks) this.#source();
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
    this.#speech.silence();
    // What still holds when there is news again is said anew.
    this.#spoken = '';
  }

  /** Every cue but the one that a stroke begins with, which comes with the stroke itself and never late. */
  #feel({ cue }: View, now: number): void {
    if (!cue || cue.at === this.#cueAt) return;
    this.#cueAt = cue.at;
    if (this.#settings.vibration && cue.cue !== 'GLIDE' && Math.abs(now - cue.at) <= freshMs)
      this.#vibrate(cue.cue);
  }

  #speak({ session }: View): void {
    const words = session.now ? `${session.now.title}. ${session.now.instruction}` : '';
    const said = isWorking(session.state) ? words : session.sentence;
    if (said === this.#spoken) return;
    this.#spoken = said;
    if (!this.#settings.speech) return;
    this.#speech.say(said);
  }

  #source(): AudioContext {
    return soundSource(() => this.#tell(words.soundWaits));
  }

  /** A browser that has not been pressed yet, or was told never to, does not vibrate; that is said once. */
  #vibrate(cue: string): void {
    if (vibrate(cue) || this.#isVibrationTold) return;
    this.#isVibrationTold = true;
    this.#tell(words.vibrationBlocked);
  }

  #later(inMs: number, run: () => void): void {
    this.#timers.push(setTimeout(run, Math.max(0, inMs)));
  }

  #cancelTicks(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  #beat(which: 'begin' | 'end'): void {
    if (this.#settings.vibration && which === 'begin') this.#vibrate('GLIDE');
    if (!this.#settings.ticks) return;
    const audio = this.#source();
    // What could not sound in its moment is not made up for.
    if (audio.state !== 'running') return;
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
