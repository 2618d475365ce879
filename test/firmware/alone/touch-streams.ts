/** Edges by hands of chance, as a debounced board tells them, and what the machines make of each stream. */
import { boardEvents } from '../../../hardware/firmware/alone/names.ts';
import { gestureKinds } from '../../../machines/gesture.ts';
import { hereBands, legBands } from '../../../machines/response.ts';
import { questions } from '../../../machines/session.lists.ts';
import { isCheckIn, stateNames } from '../../../machines/session.states.ts';
import type { Word } from '../../../machines/touch/hands.ts';
import { type Deed, deedsOf, nothingYet, type Situation } from '../../../machines/touch/meaning.ts';
import { gestureNames, gestures } from '../../../machines/touch/table.ts';
import { type Button, buttons, type Ms } from '../../../machines/vocabulary.ts';
import { Input } from '../../../src/session/input.ts';
import { Touch } from '../../../src/session/touch.ts';

type Random = () => number;
type SeenEdge = Readonly<{ button: Button; down: boolean; at: Ms }>;
/** At `at` the session comes to another place by itself. */
type Jump = Readonly<{ place: number; at: Ms }>;
export type Stream = Readonly<{ places: readonly Situation[]; happenings: readonly (SeenEdge | Jump)[] }>;

const below = (random: Random, most: number): number => Math.floor(random() * most);
function oneOf<T>(random: Random, among: readonly T[]): T {
  const one = among[below(random, among.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

/** Three samples of a tick of 1.024 ms: sooner than this no button is told to have changed again. */
const debouncedMs: Ms = 3;
/** Every limit there is, and some lengths between. */
const limitsMs: readonly Ms[] = [
  20, 40, 60, 140, 260, 300, 400, 500, 800, 1000, 1400, 2600, 3000, 5100, 7000,
];

/** Exactly at a limit, a ms or a step of the grid beside it, or anywhere. */
function lengthMs(random: Random): Ms {
  const limit = oneOf(random, limitsMs);
  const beside = oneOf(random, [0, 0, -1, 1, -20, 20, -19, 19, -40, 40]);
  const length = random() < 0.75 ? limit + beside : below(random, oneOf(random, limitsMs) + 1);
  return Math.max(debouncedMs, length);
}

const beginMs = (random: Random, most: Ms): Ms =>
  random() < 0.5 ? 20 * below(random, most / 20) + oneOf(random, [0, 0, 1, 19]) : below(random, most);

/** One button by itself, with contacts that bounce now and then. */
function pressesOf(button: Button, random: Random, from: Ms): SeenEdge[] {
  const edges: SeenEdge[] = [];
  let at = from;
  let down = false;
  const change = (): void => {
    down = !down;
    edges.push({ button, down, at });
  };
  for (let presses = 1 + below(random, 4); presses > 0; presses--) {
    for (const _ of ['down', 'up']) {
      change();
      if (random() < 0.2)
        for (let bounces = 2 * (1 + below(random, 3)); bounces > 0; bounces--) {
          at += debouncedMs + below(random, random() < 0.5 ? 4 : 45);
          change();
        }
      at += lengthMs(random);
    }
  }
  return edges;
}

/** A contact that changes as fast as can be told, and its neighbours with it. */
const rattling = (random: Random, from: Ms): SeenEdge[] =>
  buttons
    .filter(() => random() < 0.8)
    .flatMap(button =>
      Array.from({ length: 1 + below(random, 40) }, (_, index) => ({
        button,
        down: index % 2 === 0,
        at: from + index * debouncedMs,
      })),
    );

/** Presses that begin at a limit from each other, or from the first of them. */
function seriesOf(random: Random, from: Ms): SeenEdge[] {
  const button = oneOf(random, buttons);
  const between = lengthMs(random);
  const begins = [0, between, random() < 0.5 ? lengthMs(random) : between + lengthMs(random)];
  const downMs = begins.toSorted((one, other) => one - other);
  return downMs.flatMap((afterMs, index) => {
    const roomMs = (downMs[index + 1] ?? afterMs + 2000) - afterMs;
    // Too near each other to be two presses.
    if (roomMs < 2 * debouncedMs) return [];
    const forMs = debouncedMs + below(random, Math.min(roomMs - 2 * debouncedMs, 900) + 1);
    return [
      { button, down: true, at: from + afterMs },
      { button, down: false, at: from + afterMs + forMs },
    ];
  });
}

function humanEdges(random: Random, from: Ms): SeenEdge[] {
  const stretch = oneOf(random, [1, 1, 0.7, 1.3]);
  return gestures[oneOf(random, gestureNames)].map(({ afterMs, button, down }) => ({
    button,
    down,
    at: from + Math.round(afterMs * stretch),
  }));
}

function edgesOf(random: Random): SeenEdge[] {
  const kind = random();
  if (kind < 0.03) return rattling(random, beginMs(random, 200));
  if (kind < 0.13) return seriesOf(random, beginMs(random, 200));
  if (kind < 0.35) {
    let from = beginMs(random, 400);
    return Array.from({ length: 1 + below(random, 3) }, () => {
      const edges = humanEdges(random, from);
      from = Math.max(...edges.map(({ at }) => at)) + lengthMs(random);
      return edges;
    }).flat();
  }
  const isPair = kind < 0.6;
  const many: readonly Button[] = isPair ? ['go', 'less'] : buttons.filter(() => random() < 0.6);
  const from = beginMs(random, 3000);
  const stop: readonly Button[] = isPair && random() < 0.3 ? ['stop'] : [];
  return [...many, ...stop].flatMap(button =>
    pressesOf(button, random, isPair && random() < 0.7 ? from + below(random, 320) : beginMs(random, 3000)),
  );
}

/** States in which the most depends on where hands met the session come more often. */
const oftenStates = ['screening', 'preparation', 'strokes', 'strokes.checkIn', 'paused', 'stopped'] as const;

function anyPlace(random: Random): Situation {
  const state = random() < 0.5 ? oneOf(random, oftenStates) : oneOf(random, stateNames);
  const isOpen = isCheckIn(state);
  return {
    state,
    question: isOpen ? oneOf(random, questions) : null,
    isFelt: isOpen && random() < 0.6,
    isOver: random() < 0.1,
    isUntouched: random() < 0.7,
  };
}

/** Places one after another; many differ from the one before by little. */
function placesOf(random: Random, count: number): readonly Situation[] {
  const places: Situation[] = [];
  for (let before = anyPlace(random); places.length < count; ) {
    const { isOver, isUntouched } = before;
    if (random() < 0.6) before = anyPlace(random);
    else if (random() < 0.5) before = { ...before, isOver: !isOver };
    else before = { ...before, isUntouched: !isUntouched };
    places.push(before);
  }
  return places;
}

/** In their order; of those at one moment any may come first, but each button's stay in theirs. */
const inTime = <T extends Readonly<{ at: Ms }>>(all: readonly T[]): readonly T[] =>
  all.toSorted((one, other) => one.at - other.at);

export function streamOf(random: Random): Stream {
  const edges = inTime(edgesOf(random));
  const last = edges.at(-1)?.at ?? 0;
  const isSteady = random() < 0.3;
  const places = placesOf(random, isSteady ? 1 : 1 + below(random, 12));
  const jumps = Array.from({ length: isSteady ? 0 : below(random, 6) }, () => ({
    place: below(random, places.length),
    at: below(random, last + 1000),
  }));
  return { places, happenings: inTime<SeenEdge | Jump>([...edges, ...jumps]) };
}

const packed = ({ state, question, isFelt, isOver, isUntouched }: Situation): number =>
  stateNames.indexOf(state) |
  ((question === null ? 3 : questions.indexOf(question)) << 5) |
  (Number(isFelt) << 7) |
  (Number(isOver) << 8) |
  (Number(isUntouched) << 9);

const wordNames = [...gestureKinds, 'together', 'lessLong', 'joined', 'takeBack', 'underStop'];

function told(word: Word): string {
  const by = (name: string, button: Button, at: Ms): string =>
    ` w${wordNames.indexOf(name)},${buttons.indexOf(button)},${at}`;
  switch (word.type) {
    case 'gesture':
      return by(word.kind, word.button, word.at);
    case 'chord':
      return by(word.kind, word.kind === 'together' ? 'go' : 'less', word.at);
    case 'joined':
      return by('joined', word.first, word.at);
    case 'takeBack':
      return by('takeBack', word.button, word.pressedAt);
    case 'underStop':
      return by('underStop', word.button, word.at);
  }
}

const events: readonly string[] = boardEvents;
const besides = ['event', 'card.none', 'card.caution', 'favourite.next', 'session.again'];
const asNumber = (is: boolean | undefined): number => Number(is === true);

function done(deed: Deed): string {
  const beside = besides.indexOf(deed.type);
  if (beside >= 0) return ` b${beside}`;
  const index = events.indexOf(deed.type);
  if (index < 0) throw new Error(`a board alone is not told of ${deed.type}`);
  return [` e${index}`, ...fieldsOf(deed)].join(',');
}

function fieldsOf(deed: Deed): readonly number[] {
  switch (deed.type) {
    case 'session.go':
      return [asNumber(deed.felt)];
    case 'session.less':
    case 'session.stop':
      return [asNumber(deed.byReceiver)];
    case 'session.meaningless':
      return [asNumber(deed.what === 'underStop')];
    case 'session.takeBack':
      return [buttons.indexOf(deed.button), deed.pressedAt];
    case 'session.checkIn':
      return [hereBands.indexOf(deed.here), legBands.indexOf(deed.leg), asNumber(deed.firmer)];
    default:
      return [];
  }
}

/** What a stream is told line by line, and what the machines answer to each line. */
export type Asked = Readonly<{ lines: readonly string[]; answers: readonly string[] }>;

/** What of the answers is compared beside times and deeds: words cannot be heard where the light is asked. */
export type Compared = 'words' | 'light';

/** Who takes edges, and tells what hands said and what that asks for. */
type Hands = Readonly<{
  edge(button: Button, down: boolean, at: Ms): void;
  due(at: Ms): void;
  next(): Ms | null;
  /** Whether STOP is down, and what the light answers. */
  seen(): string;
}>;

type Ports = Readonly<{
  now(): Ms;
  situation(): Situation;
  deed(deed: Deed): void;
  word(text: string): void;
}>;

/** As a run has them. */
function touching(ports: Ports): Hands {
  const touch = new Touch(ports);
  let stopIs = false;
  const answer = (light: boolean | null): number => (light === null ? 0 : light ? 2 : 1);
  return {
    edge: (button, down) => touch.edge(button, down),
    due: () => {
      stopIs = touch.due();
    },
    next: () => touch.next(),
    seen: () => ` a${answer(touch.lightAnswer())} s${asNumber(stopIs)}`,
  };
}

/** The same, word by word. */
function speaking({ situation, deed, word }: Ports): Hands {
  let memory = nothingYet;
  const input = new Input(said => {
    word(told(said));
    const [deeds, after] = deedsOf(said, situation(), memory);
    memory = after;
    for (const one of deeds) deed(one);
  });
  return {
    edge: (button, down, at) => input.edge(button, down, at),
    due: at => input.due(at),
    next: () => input.next(),
    seen: () => ` s${asNumber(input.isDown('stop'))}`,
  };
}

const when = (at: Ms | null): string => ` n${at ?? -1}`;
/** How long it is waited after the last edge: until then everything that was held has been told. */
const restMs: Ms = 4000;

export function askedOf({ places, happenings }: Stream, compared: Compared): Asked {
  const lines: string[] = [`o ${places.length} ${places.map(packed).join(' ')}`];
  const answers: string[] = ['o'];
  let place = 0;
  let at = 0;
  let said = '';
  const ports: Ports = {
    now: () => at,
    situation: () => {
      const here = places[place];
      if (!here) throw new Error('no such place');
      return here;
    },
    deed: deed => {
      said += done(deed);
      place = (place + 1) % places.length;
    },
    word: text => {
      said += text;
    },
  };
  const hands = compared === 'light' ? touching(ports) : speaking(ports);
  const until = (moment: Ms): void => {
    for (let due = hands.next(); due !== null && due <= moment; due = hands.next()) {
      at = Math.max(at, due);
      said = '';
      hands.due(at);
      lines.push(`d ${at}`);
      answers.push(`d${said}${when(hands.next())}${hands.seen()}`);
    }
    at = Math.max(at, moment);
  };
  for (const one of happenings) {
    until(one.at);
    if ('place' in one) {
      place = one.place;
      lines.push(`p ${place}`);
      answers.push('p');
    } else {
      hands.edge(one.button, one.down, at);
      lines.push(`e ${buttons.indexOf(one.button)} ${Number(one.down)} ${at}`);
      answers.push(`e${when(hands.next())}`);
    }
  }
  until(at + restMs);
  return { lines, answers };
}

/** The board's own answer without what is not compared. */
export const without = (compared: Compared, answer: string): string =>
  answer.replace(compared === 'light' ? / w\d[\d,]*/g : / a\d/g, '');
