import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { noCaution } from '../../machines/screening.caps.ts';
import { type SessionEvent, sessionEventSchema } from '../../machines/session.events.ts';

const at = 1000;
/** One of each event that says more than that it has happened. */
const said: readonly SessionEvent[] = [
  { at, type: 'screening.cleared', caps: noCaution, by: 'full', asksPlaces: true },
  { at, type: 'screening.declined', weight: 'urgent' },
  { at, type: 'session.confirm', step: 'oil', tooMuch: true },
  { at, type: 'session.spare', caps: { pressureMax: 2, position: 'notProne' }, gentle: ['calf'] },
  { at, type: 'session.leaveOut', zones: ['calf'] },
  { at, type: 'session.bringBack', zones: ['calf'] },
  { at, type: 'session.lie', onSide: true },
  { at, type: 'session.go', felt: true },
  { at, type: 'session.meaningless', what: 'together' },
  { at, type: 'session.takeBack', button: 'go', pressedAt: 900 },
  { at, type: 'session.undo', byReceiver: true },
  { at, type: 'session.pause', why: 'cramp' },
  { at, type: 'session.less', byReceiver: true },
  { at, type: 'session.checkIn', here: 'fine', leg: 'same', firmer: false },
  { at, type: 'session.unfelt', question: 'leg' },
  { at, type: 'session.symptom', id: 'numbness' },
  { at, type: 'session.stop', byReceiver: true },
  { at, type: 'session.afterStop', why: 'slip' },
  { at, type: 'session.end', reason: 'left' },
  { at, type: 'session.fault', fault: 'linkLost', since: 900 },
];
const isEvent = (value: unknown): boolean => v.is(sessionEventSchema, value);

describe('an event of a session', () => {
  it('has an example here, wherever it says more than that it has happened', () => {
    const speaking = sessionEventSchema.options.filter(option => Object.keys(option.entries).length > 2);
    expect(said.map(({ type }) => type).toSorted()).toEqual(
      speaking.map(option => option.entries.type.literal).toSorted(),
    );
    expect(said.filter(event => !isEvent(event))).toEqual([]);
  });

  it.each(said)('$type is none with a word that is not in its list, or with one too many', event => {
    const believed: string[] = [];
    for (const field of Object.keys(event))
      for (const wrong of ['nonsense', null, -0.5, { some: 1 }, ['nonsense']])
        if (isEvent({ ...event, [field]: wrong })) believed.push(`${field}: ${JSON.stringify(wrong)}`);
    expect(believed).toEqual([]);
    expect(isEvent({ ...event, more: 1 })).toBe(false);
  });

  it.each(sessionEventSchema.options.map(option => option.entries.type.literal))('%s needs a time', type => {
    const { at: _, ...timeless } = said.find(event => event.type === type) ?? { at, type };
    expect(isEvent(timeless)).toBe(false);
    expect(isEvent({ ...timeless, at: 5.5 })).toBe(false);
    expect(isEvent({ ...timeless, at: 5 })).toBe(true);
  });

  it('of a journal from before it was asked how one can lie is read as one that may lie any way', () => {
    const { position: _, ...older } = noCaution;
    expect(v.parse(sessionEventSchema, { at, type: 'screening.cleared', caps: older })).toEqual({
      at,
      type: 'screening.cleared',
      caps: noCaution,
    });
  });
});
