/** The motors' hum, by the motor model: A to the left, B to the right. Soft, and only where it was asked for. */
import { soundSource } from '../output/audio.ts';

const restHz = 70;
const fullHz = 175;
const fullGain = 0.05;
/** A change is followed within this; a motor does not jump either. */
const followS = 0.02;

type Voice = Readonly<{ oscillator: OscillatorNode; gain: GainNode }>;

export class Hum {
  #audio: AudioContext | null = null;
  readonly #blocked: () => void;

  /** `blocked` hears that nothing sounds before the next press. */
  constructor(blocked: () => void) {
    this.#blocked = blocked;
  }
  #voices: readonly Voice[] = [];

  /** Amplitudes of both motors; nothing sounds while `on` is false. */
  follow(on: boolean, left: number, right: number): void {
    if (!on) {
      this.end();
      return;
    }
    this.#begin();
    const now = this.#audio?.currentTime ?? 0;
    for (const [index, amplitude] of [left, right].entries()) {
      const voice = this.#voices[index];
      if (!voice) continue;
      voice.oscillator.frequency.setTargetAtTime(restHz + (fullHz - restHz) * amplitude, now, followS);
      voice.gain.gain.setTargetAtTime(fullGain * Math.min(1, amplitude), now, followS);
    }
  }

  end(): void {
    // The source itself is the whole page's.
    for (const { oscillator, gain } of this.#voices) {
      oscillator.stop();
      gain.disconnect();
    }
    this.#audio = null;
    this.#voices = [];
  }

  #begin(): void {
    if (this.#audio) return;
    const audio = soundSource(this.#blocked);
    this.#audio = audio;
    this.#voices = [-0.7, 0.7].map(pan => {
      const oscillator = new OscillatorNode(audio, { type: 'triangle', frequency: restHz });
      const gain = new GainNode(audio, { gain: 0 });
      oscillator.connect(gain).connect(new StereoPannerNode(audio, { pan })).connect(audio.destination);
      oscillator.start();
      return { oscillator, gain };
    });
  }
}
