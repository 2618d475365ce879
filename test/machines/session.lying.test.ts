/** On the side instead of face down: because the screening says so, or because somebody chose it. */
import { describe, expect, it } from 'vitest';
import { mayLieOnSide } from '../../machines/session.place.ts';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { inputOf, noCaps, TestSession } from '../support/session.ts';

const sideLying = { instruction: 'From behind.' };
const otherTechnique = {
  technique: 'kneading',
  strokeCm: 20,
  speedCmPerS: 5,
  returnMs: 1000,
  instruction: 'Knead.',
};
const lying = routine([
  warmUp({ position: 'prone', zone: 'lowerBack', sideLying }),
  phaseFields({ id: 'calf', zone: 'calf', position: 'prone', otherTechnique, sideLying }),
  phaseFields({ id: 'thigh', zone: 'thighBack', position: 'prone' }),
  phaseFields({ id: 'front', zone: 'thighFront', position: 'supine' }),
  cooldown({ position: 'supine' }),
]);

const screened = (caps: Partial<typeof noCaps> = {}, of = lying): TestSession => {
  const session = new TestSession(inputOf(of));
  session.send({ type: 'screening.cleared', caps: { ...noCaps, ...caps } });
  return session;
};
const told = ({ context }: TestSession): readonly string[] =>
  context.passes.map(({ position, pace }) => `${position}: ${pace.instruction}`);

const faceDown = ['prone: Slide.', 'prone: Slide.', 'prone: Slide.', 'supine: Slide.', 'supine: Slide.'];
const onSide = [
  'sideLying: From behind.',
  'sideLying: From behind.',
  // A phase without words of its own for it keeps those that it has.
  'sideLying: Slide.',
  'supine: Slide.',
  'supine: Slide.',
];

describe('lying on the side', () => {
  it('comes with the words that the routine has for it, where the screening says so', () => {
    expect(told(screened())).toEqual(faceDown);
    expect(told(screened({ position: 'notProne' }))).toEqual(onSide);
  });

  it('can be chosen, and taken back, while nothing has begun', () => {
    const session = screened();
    session.send({ type: 'session.lie', onSide: true });
    expect(told(session)).toEqual(onSide);
    session.send({ type: 'session.lie', onSide: false });
    expect(told(session)).toEqual(faceDown);
  });

  it('is confirmed anew once it has changed, and nothing else is', () => {
    const session = screened();
    session.send({ type: 'session.confirm', step: 'position' });
    session.send({ type: 'session.lie', onSide: false });
    expect(session.context.steps).toEqual(['baseline']);
    session.send({ type: 'session.lie', onSide: true });
    expect(session.context.steps).toEqual(['position', 'baseline']);
  });

  it('stays chosen where places are left out, and where the questions are asked again', () => {
    const session = screened();
    session.send({ type: 'session.lie', onSide: true });
    session.send({ type: 'session.leaveOut', zones: ['calf'] });
    expect(told(session)).toEqual(onSide.filter((_, index) => index !== 1));
    session.send({ type: 'screening.reopened' });
    session.send({ type: 'screening.cleared', caps: noCaps });
    expect(told(session)).toEqual(onSide.filter((_, index) => index !== 1));
  });

  it('keeps its own words where another place takes that of one left out', () => {
    const session = screened({ position: 'notProne' });
    session.send({ type: 'session.leaveOut', zones: ['lowerBack'] });
    expect(session.context.passes[0]).toMatchObject({ stage: 'warmUp', zone: 'calf', position: 'sideLying' });
    expect(told(session)[0]).toBe('sideLying: From behind.');
  });

  it('is nobody’s choice where the screening has made it, or where the routine has no words for it', () => {
    expect(mayLieOnSide(screened().context)).toBe(true);
    expect(mayLieOnSide(screened({ position: 'notProne' }).context)).toBe(false);
    const plain = screened({}, routine([warmUp({ position: 'prone' }), phaseFields(), cooldown()]));
    expect(mayLieOnSide(plain.context)).toBe(false);
    plain.send({ type: 'session.lie', onSide: true });
    expect(plain.context.passes[0]?.position).toBe('prone');
  });

  it('cannot be chosen once hands are at work', () => {
    const session = new TestSession(inputOf(lying)).start();
    session.send({ type: 'session.lie', onSide: true });
    expect(told(session)).toEqual(faceDown);
  });
});
