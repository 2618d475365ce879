/** Read back by readers of our own, written from each format's description: no decoder of others was at hand. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { expand } from '../../../../machines/cues/expand.ts';
import {
  exported,
  type FormatName,
  formatNames,
  scoreOfCue,
} from '../../../../machines/cues/formats/formats.ts';
import { FramePulses } from '../../../../machines/cues/formats/frames.ts';
import { type Segment, segmentsOf, segmentsOfMotor } from '../../../../machines/cues/formats/score.ts';
import { frameAt } from '../../../../machines/cues/frame.ts';
import { cues } from '../../../../machines/cues/library.ts';
import type { Cue } from '../../../../machines/cues/schema.ts';
import { cueIds, type Motor, motors, type Pulse } from '../../../../machines/vocabulary.ts';
import { patternOf } from '../../../../simulator/page/output/vibration.ts';
import { anyPulses, scoreWith } from './any-score.ts';

const date = '2026-01-31';
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));

const hjifSchema = v.strictObject({
  version: v.pipe(v.string(), v.regex(/^20(2[3-9]|[3-9]\d)(-[1-9])?$/)),
  profile: v.literal('Simple Parametric'),
  level: v.picklist([1, 2]),
  date: v.pipe(v.string(), v.isoDate()),
  description: v.string(),
  timescale: v.literal(1000),
  avatars: v.tuple([]),
  syncs: v.tuple([]),
  perceptions: v.tuple([
    v.strictObject({
      id: whole,
      avatar_id: v.literal(0),
      description: v.string(),
      perception_modality: v.literal('Vibrotactile'),
      effect_library: v.tuple([]),
      reference_devices: v.array(
        v.strictObject({
          id: whole,
          name: v.string(),
          type: v.literal('ERM'),
          minimum_frequency: v.number(),
          maximum_frequency: v.number(),
          resonance_frequency: v.number(),
        }),
      ),
      channels: v.pipe(
        v.array(
          v.strictObject({
            id: whole,
            description: v.string(),
            reference_device_id: whole,
            gain: v.literal(1),
            mixing_coefficient: v.literal(1),
            body_part_mask: whole,
            bands: v.tuple([
              v.strictObject({
                band_type: v.literal('VectorialWave'),
                lower_frequency_limit: whole,
                upper_frequency_limit: whole,
                effects: v.array(
                  v.strictObject({
                    effect_type: v.literal('Basis'),
                    position: whole,
                    phase: v.literal(0),
                    base_signal: v.literal('Sine'),
                    keyframes: v.array(
                      v.strictObject({
                        relative_position: whole,
                        amplitude_modulation: share,
                        frequency_modulation: whole,
                      }),
                    ),
                  }),
                ),
              }),
            ]),
          }),
        ),
        v.maxLength(128),
      ),
    }),
  ]),
});

function fromHjif(text: string): Readonly<Record<Motor, readonly Segment[]>> {
  const { channels } = v.parse(hjifSchema, JSON.parse(text)).perceptions[0];
  const of = (name: string): Segment[] =>
    channels
      .filter(({ description }) => description === `motor ${name}`)
      .flatMap(({ bands }) => bands[0].effects)
      .map(({ position, keyframes }) => {
        const [first, last] = [keyframes[0], keyframes.at(-1)];
        if (!first || !last) throw new Error('an effect without keyframes');
        expect(first.amplitude_modulation).toBe(last.amplitude_modulation);
        return {
          from: position + first.relative_position,
          until: position + last.relative_position,
          intensity: first.amplitude_modulation,
        };
      });
  return { left: of('A'), right: of('B') };
}

const ahapSchema = v.strictObject({
  Version: v.literal(1),
  Metadata: v.strictObject({ Project: v.string(), Description: v.string() }),
  Pattern: v.array(
    v.strictObject({
      Event: v.strictObject({
        Time: v.pipe(v.number(), v.minValue(0)),
        EventType: v.literal('HapticContinuous'),
        EventDuration: v.pipe(v.number(), v.maxValue(30)),
        EventParameters: v.tuple([
          v.strictObject({ ParameterID: v.literal('HapticIntensity'), ParameterValue: share }),
          v.strictObject({ ParameterID: v.literal('HapticSharpness'), ParameterValue: share }),
        ]),
      }),
    }),
  ),
});

/** What follows at once at the same intensity is one segment, cut for the format's sake. */
const joined = (segments: readonly Segment[]): readonly Segment[] =>
  segmentsOf(segments.map(segment => ({ motor: 'left' as const, ...segment })));

const fromAhap = (text: string): readonly Segment[] =>
  joined(
    v.parse(ahapSchema, JSON.parse(text)).Pattern.map(({ Event }) => {
      const from = Math.round(Event.Time * 1000);
      const until = from + Math.round(Event.EventDuration * 1000);
      return { from, until, intensity: Event.EventParameters[0].ParameterValue };
    }),
  );

const waveformEntries = {
  timings: v.array(v.pipe(whole, v.minValue(1))),
  amplitudes: v.array(v.pipe(whole, v.maxValue(255))),
  repeat: v.literal(-1),
};
const androidSchema = v.strictObject({
  title: v.string(),
  means: v.string(),
  effect: v.strictObject(waveformEntries),
  vibrators: v.tuple([
    v.strictObject({ motor: v.literal('A'), ...waveformEntries }),
    v.strictObject({ motor: v.literal('B'), ...waveformEntries }),
  ]),
});

function fromWaveform({ timings, amplitudes }: { timings: number[]; amplitudes: number[] }): Segment[] {
  expect(timings).toHaveLength(amplitudes.length);
  let at = 0;
  return timings.flatMap((timing, index) => {
    const from = at;
    at += timing;
    const amplitude = amplitudes[index] ?? 0;
    return amplitude === 0 ? [] : [{ from, until: at, intensity: amplitude }];
  });
}

const webSchema = v.strictObject({
  title: v.string(),
  means: v.string(),
  patterns: v.array(
    v.strictObject({
      atMs: whole,
      pattern: v.pipe(
        v.array(v.pipe(whole, v.minValue(1), v.maxValue(10_000))),
        v.maxLength(99),
        // A trailing pause is dropped by browsers: none is told.
        v.check(pattern => pattern.length % 2 === 1),
      ),
    }),
  ),
});

const fromWeb = (text: string): readonly Segment[] =>
  joined(
    v.parse(webSchema, JSON.parse(text)).patterns.flatMap(({ atMs, pattern }) => {
      let at = atMs;
      return pattern.flatMap((lasts, index) => {
        const from = at;
        at += lasts;
        return index % 2 === 0 ? [{ from, until: at, intensity: 1 }] : [];
      });
    }),
  );

const asAmplitude = ({ from, until, intensity }: Segment): Segment => ({
  from,
  until,
  intensity: Math.max(1, Math.round(intensity * 255)),
});
const asOn = ({ from, until }: Segment): Segment => ({ from, until, intensity: 1 });

const inFormat = (pulses: readonly Pulse[], format: FormatName): string =>
  exported(scoreWith(pulses), format, date);

describe('any score, exported and read back,', () => {
  test('is in HJIF what each motor does, to the millisecond', () => {
    fc.assert(
      fc.property(anyPulses, pulses => {
        const read = fromHjif(inFormat(pulses, 'hjif'));
        for (const motor of motors) expect(read[motor]).toEqual(segmentsOfMotor(pulses, motor));
      }),
    );
  });

  test('is in AHAP what both motors do as one, in events of 30 s at most', () => {
    fc.assert(
      fc.property(anyPulses, pulses => {
        expect(fromAhap(inFormat(pulses, 'ahap'))).toEqual(segmentsOf(pulses));
      }),
    );
  });

  test('is on Android what each motor does, and both as one, in 255 steps', () => {
    fc.assert(
      fc.property(anyPulses, pulses => {
        const { effect, vibrators } = v.parse(androidSchema, JSON.parse(inFormat(pulses, 'android')));
        expect(fromWaveform(effect)).toEqual(segmentsOf(pulses).map(asAmplitude));
        for (const [index, motor] of motors.entries())
          expect(fromWaveform(vibrators[index === 0 ? 0 : 1])).toEqual(
            segmentsOfMotor(pulses, motor).map(asAmplitude),
          );
      }),
    );
  });

  test('is on the web when it is felt at all, in patterns that no browser cuts', () => {
    fc.assert(
      fc.property(anyPulses, pulses => {
        expect(fromWeb(inFormat(pulses, 'web'))).toEqual(joined(segmentsOf(pulses).map(asOn)));
      }),
    );
  });
});

test('a session of many pulses is on the web in patterns of 99 entries at most, all of it', () => {
  const pulses = Array.from({ length: 130 }, (_, index): Pulse => {
    const from = index * 300 + (index > 70 ? 20_000 : 0);
    return { motor: 'left', from, until: from + 100, intensity: 0.8 };
  });
  const text = inFormat(pulses, 'web');
  expect(fromWeb(text)).toEqual(pulses.map(asOn));
  expect(v.parse(webSchema, JSON.parse(text)).patterns.map(({ pattern }) => pattern.length)).toEqual([
    99, 41, 99, 17,
  ]);
});

test('segments say at each moment what the stronger motor is asked to do', () => {
  fc.assert(
    fc.property(anyPulses, fc.integer({ min: 0, max: 110_000 }), (pulses, at) => {
      const { left, right } = frameAt(pulses, at);
      const segment = segmentsOf(pulses).find(({ from, until }) => from <= at && at < until);
      expect(segment?.intensity ?? 0).toBe(Math.max(left, right));
    }),
  );
});

test('pulses found in frames say at each moment what the frames said', () => {
  const anyFrames = fc.array(
    fc.record({
      forMs: fc.integer({ min: 0, max: 3 }),
      frame: fc.option(
        fc.record({ left: fc.constantFrom(0, 0.5, 0.8, 1), right: fc.constantFrom(0, 0.5, 0.8, 1) }),
      ),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(anyFrames, fc.integer({ min: 0, max: 100 }), (frames, at) => {
      const played = new FramePulses();
      let now = 0;
      let holds = { left: 0, right: 0 };
      for (const { forMs, frame } of frames) {
        played.frame(now, frame);
        if (now <= at) holds = frame ?? { left: 0, right: 0 };
        now += forMs;
      }
      played.frame(now, null);
      if (now <= at) holds = { left: 0, right: 0 };
      expect(frameAt(played.pulses, at)).toEqual(holds);
    }),
  );
});

describe('the six cues', () => {
  it.each(formatNames)('are told apart in %s, but for GLIDE, whose way one motor cannot tell', format => {
    const texts = cueIds.map(id => exported({ ...scoreOfCue(cues[id]), title: '', means: '' }, format, date));
    expect(new Set(texts).size).toBe(cueIds.length);
  });

  it('keep the way of a GLIDE where two motors are told apart', () => {
    const way = (first: Motor, format: FormatName): string => inFormat(expand(cues.GLIDE, 0, first), format);
    expect(way('left', 'hjif')).not.toBe(way('right', 'hjif'));
    expect(way('left', 'android')).not.toBe(way('right', 'android'));
    expect(way('left', 'ahap')).toBe(way('right', 'ahap'));
    expect(way('left', 'web')).toBe(way('right', 'web'));
  });

  it('are on the web as the page has a phone give them', () => {
    const onWeb = (cue: Cue) =>
      v.parse(webSchema, JSON.parse(exported(scoreOfCue(cue), 'web', date))).patterns;
    expect(onWeb(cues.EASE)).toEqual([{ atMs: 0, pattern: [500, 200, 150] }]);
    for (const id of cueIds) expect(onWeb(cues[id])[0]?.pattern).toEqual(patternOf(cues[id].pulses));
  });
});
