/**
 * What a session remembers, as numbers in text, for the compiled twin of a pure function to read and to print back.
 *
 * The order of the fields is that of `host/fields.h`, which the C++ side goes by. Only sessions that a board alone can be
 * in have a text: screened by the card, no place named, nobody's causes, no agreed end.
 */
import { readFileSync } from 'node:fs';
import { lists } from '../../../hardware/firmware/alone/names.ts';
import { dosageOf, type Pace, type Pass } from '../../../machines/routine/timeline.ts';
import { byTouch, byTouchWithCare, noCaution, strictest } from '../../../machines/screening.caps.ts';
import type { Caps } from '../../../machines/screening.questions.ts';
import type { SessionEvent } from '../../../machines/session.events.ts';
import { lighterPace } from '../../../machines/session.lighter.ts';
import { leavingOut } from '../../../machines/session.place.ts';
import type { Before, SessionContext } from '../../../machines/session.types.ts';
import { cueIds, type Side } from '../../../machines/vocabulary.ts';

/** A context without what it was before: both that of now and that of a press. */
type Kept = Omit<SessionContext, 'before'>;
type Field = Readonly<{ name: string; isOfSides: boolean }>;

export const none = -(2 ** 31);
const noPass = 255;
const noZone = 255;

const text = readFileSync(new URL('./host/fields.h', import.meta.url), 'utf8');

/** The fields of one list of `host/fields.h`, in order. */
function fieldsOf(list: string): readonly Field[] {
  const [, body] = new RegExp(`#define ${list}_FIELDS\\([^)]*\\) \\\\\\n((?:.*\\\\\\n)*.*)`).exec(text) ?? [];
  if (body === undefined) throw new Error(`host/fields.h has no ${list}_FIELDS`);
  return [...body.matchAll(/(ONE|TWO)\((\w+)\)/g)].map(([, kind, name = '']) => ({
    name,
    isOfSides: kind === 'TWO',
  }));
}

/** A word's place in its list. */
export function numberOf(list: string, word: string): number {
  const number = lists[list]?.indexOf(word) ?? -1;
  if (number < 0) throw new Error(`${word} is no ${list}`);
  return number;
}

const flag = (is: boolean): number => (is ? 1 : 0);
const bits = (list: string, words: readonly string[]): number =>
  words.reduce((all, word) => all | (1 << numberOf(list, word)), 0);

/** What screening by the card comes to. */
export const capsByCard = (withCare: boolean): Caps =>
  strictest(noCaution, withCare ? byTouchWithCare : byTouch);

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function capsNumber(caps: Caps | null): number {
  if (caps === null) return 0;
  for (const withCare of [false, true]) if (same(caps, capsByCard(withCare))) return withCare ? 2 : 1;
  throw new Error(`no card comes to ${JSON.stringify(caps)}`);
}

/** What of a pace a board keeps. */
const beatsOf = ({ strokeMs, returnMs, periodMs, ascent }: Pace): readonly number[] => [
  strokeMs,
  returnMs,
  periodMs,
  ascent?.pulls ?? 0,
  ascent?.returnMs ?? 0,
];

/** What of a pass depends on where it is worked. Turned to the side or not, it is the same place. */
const placeKey = ({ zone, position, direction, pace, otherPace }: Pass): string =>
  [
    zone,
    position === 'prone' ? 'sideLying' : position,
    direction,
    pace.technique,
    ...beatsOf(pace),
    ...(otherPace ? [otherPace.technique, ...beatsOf(otherPace)] : []),
  ].join(' ');

type Entry = Readonly<{ work: number; place: number }>;

/** Of each routine, what its passes' keys are: they are asked for at every case. */
const keysOf = new WeakMap<readonly Pass[], Readonly<{ own: readonly string[]; moved: readonly string[] }>>();

function keys(planned: readonly Pass[]) {
  const known = keysOf.get(planned);
  if (known) return known;
  const found = {
    own: planned.map(placeKey),
    moved: planned.map(pass => placeKey({ ...pass, otherPace: null })),
  };
  keysOf.set(planned, found);
  return found;
}

/** Where a pass that is worked elsewhere may come from: the first of the places that come to the same. */
function placeOf(planned: readonly Pass[], work: number, key: string): number {
  const { own, moved } = keys(planned);
  if (own[work] === key) return work;
  return moved.findIndex((one, index) => index !== work && one === key);
}

/** Of each pass of a session: it is asked for at every case. */
const entries = new WeakMap<Pass, Entry>();

function entryOf(planned: readonly Pass[], pass: Pass): Entry {
  const known = entries.get(pass);
  if (known) return known;
  const work = planned.findIndex(({ phase, side }) => phase === pass.phase && side === pass.side);
  const place = placeOf(planned, work, placeKey(pass));
  if (work < 0 || place < 0) throw new Error(`${pass.phase} ${pass.side} is no planned pass`);
  const found = { work, place };
  entries.set(pass, found);
  return found;
}

/** Passes as a board keeps them: whose work, at which place, how long. */
const entriesOf = (planned: readonly Pass[], passes: readonly Pass[]): readonly number[] => [
  passes.length,
  ...passes.flatMap(pass => {
    const { work, place } = entryOf(planned, pass);
    return [work, place, pass.durationMs];
  }),
];

const contextNumbers: Readonly<Record<string, (context: Kept) => number | readonly [number, number]>> = {
  leftOut: ({ leftOut }) => bits('Zone', leftOut),
  passIndex: ({ passIndex }) => passIndex,
  steps: ({ steps }) => bits('Step', steps),
  caps: ({ caps }) => capsNumber(caps),
  boardReady: ({ boardReady }) => flag(boardReady),
  stopHeld: ({ stopHeld }) => flag(stopHeld),
  askThem: ({ askThem }) => flag(askThem),
  startedAt: ({ startedAt }) => startedAt ?? none,
  movedMs: ({ movedMs }) => movedMs,
  movingSince: ({ movingSince }) => movingSince ?? none,
  stillSince: ({ stillSince }) => stillSince,
  beginsLightly: ({ beginsLightly }) => flag(beginsLightly),
  passBeganMoved: ({ passBeganMoved }) => passBeganMoved,
  passEndsMoved: ({ passEndsMoved }) => passEndsMoved,
  settledPass: ({ settledPass }) => (settledPass < 0 ? noPass : settledPass),
  handsAreOn: ({ handsOn }) => flag(handsOn !== null),
  handsSide: ({ handsOn }) => (handsOn ? numberOf('Side', handsOn.side) : 0),
  handsPosition: ({ handsOn }) => (handsOn ? numberOf('Position', handsOn.position) : 0),
  turnMs: ({ turnMs }) => turnMs,
  gridAt: ({ gridAt }) => gridAt,
  stroke: ({ stroke }) => stroke,
  strokesInPass: ({ strokesInPass }) => strokesInPass,
  usesOtherTechnique: ({ usesOtherTechnique }) => flag(usesOtherTechnique),
  easesHere: ({ easesHere }) => easesHere,
  lighterOfferedAt: ({ lighterOfferedAt }) => lighterOfferedAt ?? none,
  announcedPass: ({ announcedPass }) => (announcedPass < 0 ? noPass : announcedPass),
  wantsWithoutZone: ({ wanted }) => flag(wanted === 'withoutZone'),
  pressure: ({ pressure }) => [pressure.left ?? 0, pressure.right ?? 0],
  ceiling: ({ ceiling }) => [ceiling.left, ceiling.right],
  dwellFromMoved: ({ dwellFromMoved }) => [dwellFromMoved.left, dwellFromMoved.right],
  zoneOf: ({ zoneOf }) => [
    zoneOf.left === null ? noZone : numberOf('Zone', zoneOf.left),
    zoneOf.right === null ? noZone : numberOf('Zone', zoneOf.right),
  ],
  easedUntilMoved: ({ easedUntilMoved }) => easedUntilMoved ?? none,
  checkInDueMoved: ({ checkInDueMoved }) => checkInDueMoved,
  askFromMoved: ({ askFromMoved }) => askFromMoved,
  answeredMoved: ({ answeredMoved }) => answeredMoved,
  isAsked: ({ isAsked }) => flag(isAsked),
  askedMoved: ({ askedMoved }) => askedMoved,
  openForMs: ({ openForMs }) => openForMs,
  question: ({ question }) => numberOf('Question', question),
  questionAt: ({ questionAt }) => questionAt,
  askedAt: ({ askedAt }) => askedAt,
  asks: ({ asks }) => asks,
  unfelt: ({ unfelt }) => unfelt ?? 0,
  missed: ({ missed }) => missed,
  engagedAt: ({ engagedAt }) => engagedAt,
  enteredAt: ({ enteredAt }) => enteredAt,
  hasFault: ({ fault }) => flag(fault !== null),
  fault: ({ fault }) => (fault === null ? 0 : numberOf('Fault', fault)),
  hasReason: ({ reason }) => flag(reason !== null),
  reason: ({ reason }) => (reason === null ? 0 : numberOf('Reason', reason)),
};

const contextFields = fieldsOf('CONTEXT');
const lessFields = fieldsOf('BEFORE_LESS');

/** The numbers of some fields. What a record says nothing of is a name that one of the two sides does not know. */
const numbersOf = (fields: readonly Field[], context: Kept): readonly number[] =>
  fields.flatMap(({ name, isOfSides }) => {
    const numbers = contextNumbers[name]?.(context);
    if (numbers === undefined || isOfSides === (typeof numbers === 'number'))
      throw new Error(`nobody has said how ${name} is written`);
    return numbers;
  });

const contextLine = (context: Kept): readonly number[] => [
  ...entriesOf(context.planned, context.passes),
  ...numbersOf(contextFields, context),
];

const beforeGo = (before: Before | null): readonly number[] =>
  before === null ? [none] : [before.at, numberOf('Origin', before.from), ...contextLine(before.context)];

const beforeLess = (before: Before | null): readonly number[] =>
  before === null
    ? [none]
    : [
        before.at,
        numberOf('Origin', before.from),
        flag(before.byReceiver),
        ...numbersOf(lessFields, before.context),
      ];

/** A session's memory as text, one line: what `text::read(Memory&)` reads and `text::write(const Memory&)` prints. */
export const memoryText = (context: SessionContext): string =>
  [...contextLine(context), ...beforeGo(context.before.go), ...beforeLess(context.before.less)].join(' ');

/** Numbers of a pass that is only planned, by the names of `PASS_FIELDS`. */
function plannedNumbers(context: Kept, index: number): Readonly<Record<string, number>> {
  const { planned } = context;
  const pass = planned[index];
  if (!pass) throw new Error(`no pass ${index}`);
  const phases = [...new Set(planned.map(({ phase }) => phase))];
  const isLighter = (usesOtherTechnique: boolean): boolean =>
    lighterPace({ ...context, passes: planned, passIndex: index, usesOtherTechnique }) !== null;
  const dosage = dosageOf(pass.zone, pass.pace, pass.otherPace);
  return {
    phase: phases.indexOf(pass.phase),
    stage: numberOf('Stage', pass.stage),
    zone: numberOf('Zone', pass.zone),
    side: numberOf('Side', pass.side),
    position: numberOf('Position', pass.position),
    direction: numberOf('Direction', pass.direction),
    durationMs: pass.durationMs,
    leastMs: pass.leastMs,
    mostMs: pass.mostMs,
    pressureStart: pass.pressureStart,
    pressureMax: pass.pressureMax,
    hasOther: flag(pass.otherPace !== null),
    otherIsLighter: flag(isLighter(false)),
    ownIsLighter: flag(isLighter(true)),
    dosage: dosage === null ? 0 : ['', 'piriformis', 'vibration'].indexOf(dosage.name),
    isLong: flag(pass.pace.technique === 'effleurage'),
  };
}

const named = (list: string, numbers: Readonly<Record<string, number>>): readonly number[] =>
  fieldsOf(list).map(({ name }) => {
    const number = numbers[name];
    if (number === undefined) throw new Error(`nobody has said how ${name} is written`);
    return number;
  });

/** The routine of a session as text, one line: what `text::readPlan` reads. */
export function planText(context: SessionContext): string {
  const { planned, rules, routineSteps, receiver } = context;
  const screened = (withCare: boolean): readonly Pass[] =>
    leavingOut({ ...context, caps: capsByCard(withCare), leftOut: [] }, []).passes;
  return [
    ...named('RULES', {
      checkInEveryMs: rules.checkInEveryMs,
      checkInTimeoutMs: rules.checkInTimeoutMs,
      riseDwellMs: rules.riseDwellMs,
      capMs: rules.capMs,
      strokeCues: flag(rules.strokeCues),
      hasBath: flag(routineSteps.bath),
      hasOil: flag(routineSteps.oil),
      hasReceiver: flag(receiver !== null),
      receiver: receiver === null ? 0 : numberOf('Receiver', receiver),
    }),
    ...cueIds.map(id => rules.cueMs[id]),
    planned.length,
    ...planned.flatMap((pass, index) => [
      ...named('PASS', plannedNumbers(context, index)),
      ...beatsOf(pass.pace),
      ...(pass.otherPace ? beatsOf(pass.otherPace) : [0, 0, 0, 0, 0]),
    ]),
    ...entriesOf(planned, screened(false)),
    ...entriesOf(planned, screened(true)),
  ].join(' ');
}

const eventNumbers: Readonly<Record<string, (event: SessionEvent) => number>> = {
  type: ({ type }) => numberOf('EventType', type),
  at: ({ at }) => at,
  felt: event => flag(event.type === 'session.go' && event.felt),
  byReceiver: event =>
    flag((event.type === 'session.less' || event.type === 'session.stop') && event.byReceiver === true),
  withCare: event => flag(event.type === 'screening.cleared' && same(event.caps, capsByCard(true))),
  underStop: event => flag(event.type === 'session.meaningless' && event.what === 'underStop'),
  button: event => (event.type === 'session.takeBack' ? numberOf('Button', event.button) : 0),
  pressedAt: event => (event.type === 'session.takeBack' ? event.pressedAt : 0),
  here: event => (event.type === 'session.checkIn' ? numberOf('HereBand', event.here) : 0),
  leg: event => (event.type === 'session.checkIn' ? numberOf('LegBand', event.leg) : 0),
  firmer: event => flag(event.type === 'session.checkIn' && event.firmer),
  question: event => (event.type === 'session.unfelt' ? numberOf('Question', event.question) : 0),
  fault: event => (event.type === 'session.fault' ? numberOf('Fault', event.fault) : 0),
  since: event => (event.type === 'session.fault' ? (event.since ?? none) : none),
};

const eventFields = fieldsOf('EVENT');

/** An event as text, one line: what `text::read(Event&)` reads. */
export const eventText = (event: SessionEvent): string =>
  eventFields
    .map(({ name }) => {
      const number = eventNumbers[name]?.(event);
      if (number === undefined) throw new Error(`nobody has said how ${name} is written`);
      return number;
    })
    .join(' ');

/** Names of the numbers of a memory's text, as far as it goes, with places that come to the same made one. */
function readBack(planned: readonly Pass[], line: string): ReadonlyMap<string, number> {
  const numbers = line.trim().split(/\s+/).map(Number);
  const found = new Map<string, number>();
  let next = 0;
  const take = (name: string): number => {
    const number = numbers[next] ?? Number.NaN;
    next += 1;
    found.set(name, number);
    return number;
  };
  const takeAll = (before: string, fields: readonly Field[]): void => {
    for (const { name, isOfSides } of fields)
      if (isOfSides) for (const side of ['left', 'right'] satisfies Side[]) take(`${before}${name} ${side}`);
      else take(`${before}${name}`);
  };
  const takeContext = (before: string): void => {
    const count = take(`${before}passCount`);
    for (let index = 0; index < count; index++) {
      const work = take(`${before}pass ${index} work`);
      const place = take(`${before}pass ${index} place`);
      const { own, moved } = keys(planned);
      const key = place === work ? own[work] : moved[place];
      found.set(`${before}pass ${index} place`, key === undefined ? place : placeOf(planned, work, key));
      take(`${before}pass ${index} durationMs`);
    }
    takeAll(before, contextFields);
  };
  takeContext('');
  if (take('go at') !== none) {
    take('go from');
    takeContext('go ');
  }
  if (take('less at') !== none) {
    take('less from');
    take('less byReceiver');
    takeAll('less ', lessFields);
  }
  if (next !== numbers.length) found.set('numbers in all', numbers.length);
  return found;
}

/** Where what C++ has printed is not this context, a line for each field; none where it is. */
export function memoryDifferences(context: SessionContext, printed: string): readonly string[] {
  const expected = memoryText(context);
  if (expected === printed.trim()) return [];
  const wanted = readBack(context.planned, expected);
  const got = readBack(context.planned, printed);
  return [...new Set([...wanted.keys(), ...got.keys()])].flatMap(name =>
    wanted.get(name) === got.get(name)
      ? []
      : [`${name}: ${got.get(name) ?? 'nothing'} instead of ${wanted.get(name) ?? 'nothing'}`],
  );
}
