/** From caution answers to caps: each makes the session stricter, and the strictest of all holds. */
import { routineLimits } from './limits.ts';
import type { Answers, Caps, QuestionId } from './screening.questions.ts';

export const noCaution: Caps = {
  pressureMax: routineLimits.layPressureMax,
  bath: 'warm',
  oil: 'any',
  light: 'blinking',
  cues: 'full',
  places: 'any',
  position: 'any',
};

/**
 * What each caution changes. Reduced feeling (K1) cannot judge heat (NHS MPFT [L]) nor pressure; sesame is a major
 * allergen (Dalal 2012 [L]), whichever of the two has the allergy; light may set off seizures (WCAG 2.3.1 [L]);
 * alcohol and sedatives (K5) make every answer unreliable [D]; heat and blood pressure (K6) end in dizziness [D];
 * a numb hand (K7) is spared vibration [D]. Broken skin (K2) takes no heat (NHS MPFT [L]) and no nutmeg (Tisserand and
 * Young 2014 [L]). With pain below the knee (K8) the Dutch guideline of 2021 advises against any massage (KNGF [L]),
 * NICE NG59 1.2.7 allows it in a package alone [L]: what remains is light, and leaves buttock and sacrum [D].
 */
const adjustments: Readonly<Partial<Record<QuestionId, Partial<Caps>>>> = {
  K1: { pressureMax: 2, bath: 'none', oil: 'plainUnwarmed' },
  K2: { bath: 'none', oil: 'plain' },
  K3: { oil: 'plain' },
  giverK3: { oil: 'plain' },
  K4: { light: 'steady' },
  K5: { pressureMax: 2, bath: 'none' },
  K6: { pressureMax: 3, bath: 'cool' },
  K7: { cues: 'gentle' },
  K8: { pressureMax: 1, places: 'noButtock' },
  K9: { position: 'notProne' },
};

/** Asked by touch from the printed card: nobody has seen the answers, so 2 at most. [D] */
export const byTouch: Partial<Caps> = { pressureMax: 2 };
/** ... and where some caution was answered yes, whichever: no heat either, and the strictest of what it may mean. [D] */
export const byTouchWithCare: Partial<Caps> = {
  pressureMax: 1,
  bath: 'none',
  oil: 'plainUnwarmed',
  light: 'steady',
  cues: 'gentle',
  places: 'noButtock',
  position: 'notProne',
};

/** Every cap's values from the freest to the strictest. */
const order: Readonly<{ [K in keyof Caps]: readonly Caps[K][] }> = {
  pressureMax: [4, 3, 2, 1],
  bath: ['warm', 'cool', 'none'],
  oil: ['any', 'plain', 'plainUnwarmed'],
  light: ['blinking', 'steady'],
  cues: ['full', 'gentle'],
  places: ['any', 'noDeep', 'noButtock'],
  position: ['any', 'notProne'],
};

const stricter = <K extends keyof Caps>(key: K, one: Caps[K], other: Caps[K] | undefined): Caps[K] =>
  other !== undefined && order[key].indexOf(other) > order[key].indexOf(one) ? other : one;

export const strictest = (one: Caps, other: Partial<Caps>): Caps => ({
  pressureMax: stricter('pressureMax', one.pressureMax, other.pressureMax),
  bath: stricter('bath', one.bath, other.bath),
  oil: stricter('oil', one.oil, other.oil),
  light: stricter('light', one.light, other.light),
  cues: stricter('cues', one.cues, other.cues),
  places: stricter('places', one.places, other.places),
  position: stricter('position', one.position, other.position),
});

export const capsOf = (answers: Answers): Caps =>
  Object.entries(answers).reduce(
    (caps, [id, answer]) => (answer === 'no' ? caps : strictest(caps, adjustments[id as QuestionId] ?? {})),
    noCaution,
  );

/**
 * What does not feel (K1), broken skin, bruises and veins (K2) are places as well: they are to be named before anything
 * begins. [D]
 */
const withPlaces: ReadonlySet<QuestionId> = new Set<QuestionId>(['K1', 'K2']);

export const asksPlaces = (cautions: readonly QuestionId[]): boolean =>
  cautions.some(id => withPlaces.has(id));

/** The caution questions answered other than "no": their advice is shown in preparation. */
export const cautionsOf = (answers: Answers): readonly QuestionId[] =>
  (Object.keys(answers) as QuestionId[]).filter(
    id => answers[id] !== 'no' && (id.startsWith('K') || id === 'giverK3'),
  );
