/**
 * Every place × every gesture, and around every limit: what the README and the table in `machines/touch/` promise, written
 * here as sentences about what is pressed, held against what the machines do.
 */
import { type PlaceName, places } from '../../machines/touch/places.ts';
import { type Move, Play, type TouchPlace } from '../../machines/touch/play.ts';
import { answerOf, deedInTable, settledMs } from '../../machines/touch/table.ts';
import type { Button, Ms } from '../../machines/vocabulary.ts';

export const press = (button: Button, fromMs: Ms, forMs: Ms): readonly Move[] => [
  { afterMs: fromMs, button, down: true },
  { afterMs: fromMs + forMs, button, down: false },
];

/** A press whose contact bounces for so long at a time, on its way down and on its way up. */
export const chatter = (button: Button, ms: Ms): readonly Move[] =>
  [0, 140].flatMap((from, release) =>
    Array.from({ length: 9 }, (_, index) => ({
      afterMs: from + index * ms,
      button,
      down: (index % 2 === 0) !== (release === 1),
    })),
  );

/** GO and LESS with this gap, held for `forMs` together; the first lets go first, or last. */
const chord = (first: 'go' | 'less', gapMs: Ms, forMs: Ms, isFirstToGo: boolean): readonly Move[] => {
  const other = first === 'go' ? 'less' : 'go';
  const endMs = gapMs + forMs;
  return [
    ...press(first, 0, isFirstToGo ? endMs : endMs + 200),
    ...press(other, gapMs, isFirstToGo ? forMs + 200 : forMs),
  ];
};

type Kind =
  | `${'go' | 'less' | 'stop' | 'receiver'} ${'press' | 'double' | 'hold' | 'triple'}`
  | 'less long'
  | 'chord short'
  | 'chord long'
  | 'with stop';
type Gesture = Readonly<{
  name: string;
  kind: Kind;
  moves: readonly Move[];
  gapMs?: Ms;
  first?: 'go' | 'less';
}>;

const reached = new Map<PlaceName, TouchPlace>();
export function placeOf(name: PlaceName): TouchPlace {
  const place = reached.get(name) ?? places[name]().place;
  reached.set(name, place);
  return place;
}

const gaps: readonly Ms[] = [0, 20, 100, 280, 300, 400];
const single: readonly Gesture[] = (['go', 'less', 'stop', 'receiver'] as const).flatMap(button => [
  { name: `${button} pressed`, kind: `${button} press` as const, moves: press(button, 0, 140) },
  {
    name: `${button} twice`,
    kind: `${button} double` as const,
    moves: [...press(button, 0, 140), ...press(button, 300, 140)],
  },
  {
    name: `${button} held`,
    kind: `${button} hold` as const,
    moves: press(button, 0, button === 'receiver' ? 820 : 1020),
  },
  {
    name: `${button} three times`,
    kind: `${button} triple` as const,
    moves: [...press(button, 0, 140), ...press(button, 900, 140), ...press(button, 1800, 140)],
  },
  ...[2, 5, 10].map(ms => ({
    name: `${button} pressed, bouncing ${ms} ms`,
    kind: `${button} press` as const,
    moves: chatter(button, ms),
  })),
]);
const together: readonly Gesture[] = (['go', 'less'] as const).flatMap(first =>
  gaps.flatMap(gapMs =>
    [true, false].flatMap(isFirstToGo =>
      (
        [
          ['short', 600],
          ['long', 3000],
        ] as const
      ).map(([length, forMs]) => ({
        name: `${first} then the other after ${gapMs} ms, ${length}, ${isFirstToGo ? 'first' : 'last'} to leave`,
        kind: `chord ${length}` as const,
        moves: chord(first, gapMs, forMs, isFirstToGo),
        gapMs,
        first,
      })),
    ),
  ),
);
export const sweptGestures: readonly Gesture[] = [
  ...single,
  { name: 'less held 3 s', kind: 'less long', moves: press('less', 0, 3100) },
  ...together,
  {
    name: 'all three',
    kind: 'with stop',
    moves: [...press('go', 0, 4000), ...press('less', 100, 3900), ...press('stop', 200, 3800)],
  },
  {
    name: 'stop held, the other two beside it',
    kind: 'with stop',
    moves: [...press('stop', 0, 4500), ...press('go', 100, 3900), ...press('less', 200, 3800)],
  },
];

/** What somebody who knows those pages expects, as the beginning of a deed, and whether anything answers. */
type Expected = Readonly<{ deed: RegExp; isAnswered: boolean }>;

const isOver = (name: PlaceName): boolean => ['completed', 'declined', 'stopped, it is over'].includes(name);
const family = (name: PlaceName): string => name.replace(/,.*| at .*| for .*| in .*/, '');
const moving = new Set(['warmUp', 'strokes', 'pressureRamp', 'eased', 'cooldown']);
const resting = new Set(['pausing', 'halting', 'paused']);
const isNew = (name: PlaceName): boolean => /just/.test(name);
const isLightest = (name: PlaceName): boolean => /at pressure 1|firmer\?|cramp|eased/.test(name);

const nothing = /^$/;
const lighter = (name: PlaceName, then = ''): RegExp =>
  isLightest(name) ? new RegExp(`^${then}$`) : new RegExp(`^(→ (eased|paused), )?1 lighter${then}$`);

/** The deed of two buttons that mean nothing: none at all, or what the first did and may keep. */
function first(name: PlaceName, gesture: Gesture): RegExp {
  const isTaken = (gesture.gapMs ?? 0) < 300;
  // A rest that was just beginning has begun meanwhile; an offer lasts 4 s.
  if (resting.has(family(name)) && family(name) !== 'paused') {
    if (isTaken) return /^(→ paused)?$/;
    return gesture.first === 'go' ? /^→ (warmUp|strokes)$/ : /^(→ paused, )?1 lighter$/;
  }
  if (/firmer\?/.test(name)) {
    if (isTaken || isNew(name)) return /^(→ strokes)?$/;
    return gesture.first === 'go' ? /^→ strokes, 1 firmer$/ : /^→ eased$/;
  }
  if ((gesture.gapMs ?? 0) < 300) return nothing;
  return expected(name, { ...gesture, kind: `${gesture.first ?? 'go'} press` }).deed;
}

function go(name: PlaceName, kind: Kind): RegExp {
  const at = family(name);
  const isDouble = kind === 'go double';
  const isHold = kind === 'go hold';
  if (at === 'preparation')
    return /all confirmed/.test(name) ? /^→ warmUp/ : /still to try/.test(name) ? nothing : /^confirms oil$/;
  if (moving.has(at)) {
    if (kind === 'go triple') return /^→ paused$/;
    if (isHold) return /^(→ \w+, )?next phase$/;
    // What has no later phase to borrow from, or the other side's time behind it, is refused.
    if (isDouble) return /^(\+1 min)?$/;
    return /^→ paused$/;
  }
  if (at === 'transition') return isHold ? /^next phase$/ : kind === 'go triple' ? /./ : /^→ pressureRamp/;
  if (resting.has(at)) {
    if (/to be asked/.test(name)) return /^(\+1 min)?$/;
    if (isHold) return /^→ \w+, next phase$/;
    if (isDouble) return /^→ (warmUp|strokes), \+1 min$/;
    return /^→ (warmUp|strokes)$/;
  }
  if (at.endsWith('.checkIn')) {
    // The third of three presses 0.9 s apart may come when there is something to answer.
    if (kind === 'go triple')
      return /^(answers, then (leg|firmer)|→ (strokes|pressureRamp|paused)(, 1 firmer)?)$/;
    if (isNew(name)) return nothing;
    if (/firmer/.test(name)) return /^→ strokes, 1 firmer$/;
    if (/the leg/.test(name)) return /^(→ (strokes|pressureRamp)|answers, then firmer)$/;
    return /^answers, then leg$/;
  }
  if (at === 'faulted') return /not ack/.test(name) ? /^acknowledges$/ : /^→ warmUp$/;
  if (at === 'stopped') return /offered/.test(name) ? /^→ cooldown, next phase$/ : nothing;
  return at === 'finishing' ? /^→ completed, over$/ : nothing;
}

function less(name: PlaceName, kind: Kind): RegExp {
  const at = family(name);
  const isHeld = kind === 'less hold' || kind === 'less long';
  const isTwice = kind === 'less double' || kind === 'less triple';
  if (at === 'screening') {
    if (kind === 'less long') return /^some caution$/;
    return /card answered/.test(name) || kind === 'less hold'
      ? nothing
      : /^next favourite(, next favourite)*$/;
  }
  if (isHeld && (moving.has(at) || resting.has(at) || at === 'transition' || at === 'faulted' || isNew(name)))
    return /leaves the place$/;
  if (isHeld && at.endsWith('.checkIn')) return /^→ stopped, over/;
  // LESS once more takes what is offered; of three presses 0.9 s apart the third comes when that can have been felt.
  if (/technique just offered/.test(name))
    return kind.endsWith('triple') ? /^the lighter technique$/ : nothing;
  if (/technique offered/.test(name)) return /^the lighter technique$/;
  if (moving.has(at) || resting.has(at) || at === 'transition' || at === 'faulted') return lighter(name);
  if (at.endsWith('.checkIn')) {
    if (/just offered/.test(name)) return isTwice ? /^(→ eased)?$/ : nothing;
    if (/firmer/.test(name)) return /^→ eased$/;
    return /^→ eased, 1 lighter$/;
  }
  if (at === 'finishing') return /^→ completed, over$/;
  return nothing;
}

function receiver(name: PlaceName, kind: Kind): RegExp {
  const at = family(name);
  const stops = kind === 'receiver hold' || kind === 'receiver triple';
  if (at === 'finishing') return /^→ completed, over$/;
  if (stops && at !== 'stopped') return /^→ stopped/;
  if (/still to try/.test(name)) return /^confirms receiver$/;
  if (/to be asked/.test(name)) return /^(their yes|1 lighter, their yes)$/;
  if (at === 'preparation' || at === 'stopped' || at === 'screening') return nothing;
  return less(name, kind.replace('receiver', 'less') as Kind);
}

function expected(name: PlaceName, gesture: Gesture): Expected {
  const { kind } = gesture;
  const at = family(name);
  const deed = ((): RegExp => {
    if (isOver(name)) return kind === 'chord long' ? /^another session$/ : nothing;
    if (kind.startsWith('stop') || kind === 'with stop')
      return at === 'stopped' ? nothing : /^→ (stopped|completed, over)/;
    if (kind === 'chord short' || kind === 'chord long') {
      const isLong = kind === 'chord long';
      if (at === 'screening') return isLong ? /^none of this card$/ : nothing;
      if (at === 'finishing') return /^→ completed, over$/;
      const late = (gesture.gapMs ?? 0) >= 300 && gesture.first === 'go';
      if (at === 'stopped')
        return late && /offered/.test(name)
          ? /^→ cooldown/
          : isLong
            ? /^→ (paused|preparation|screening)$/
            : nothing;
      if (at === 'preparation' && isLong)
        return late || !/all confirmed/.test(name) ? /^(→ warmUp|confirms oil|)$/ : /^→ warmUp$/;
      return first(name, gesture);
    }
    if (kind.startsWith('go')) return go(name, kind);
    if (kind.startsWith('less')) return less(name, kind);
    return receiver(name, kind);
  })();
  return { deed, isAnswered: !isOver(name) && at !== 'finishing' && at !== 'screening' };
}

const played = (place: TouchPlace, moves: readonly Move[]) => {
  const play = new Play(place).move(moves, settledMs);
  return { deed: deedInTable(place, play), answer: answerOf(place, play), play };
};

/** What is wrong with these gestures in this place, each in a line. */
export function wrongGestures(name: PlaceName, gestures: readonly Gesture[]): readonly string[] {
  const place = placeOf(name);
  const wrong: string[] = [];
  for (const gesture of gestures) {
    const { deed, answer } = played(place, gesture.moves);
    const wanted = expected(name, gesture);
    if (!wanted.deed.test(deed)) wrong.push(`${gesture.name}: ${deed}, not ${wanted.deed}`);
    if (wanted.isAnswered && answer === '' && !gesture.kind.startsWith('stop'))
      wrong.push(`${gesture.name}: ${deed}: no answer`);
  }
  return wrong;
}

/** Limits that they name, and the place in which each is counted from when that was entered. */
export const sweptLimits: readonly Ms[] = [
  400, 800, 1000, 3000, 4000, 30_000, 60_000, 120_000, 300_000, 600_000,
];

/** What is pressed around a limit: one of each kind. */
const atLimits = (['go press', 'less press', 'less hold', 'stop press', 'chord short'] as const).map(kind => {
  const found = sweptGestures.find(gesture => gesture.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
});

/** What one gesture does wrong around a limit, whatever it means there. */
function wrongThere(play: Play, gesture: Gesture): readonly string[] {
  const { place: here } = play;
  const { context } = here.session;
  const { deed, answer, play: after } = played(here, gesture.moves);
  const wrong: string[] = [];
  const mayRaise =
    play.state.endsWith('.checkIn') && gesture.kind === 'go press' && play.situation.question === 'firmer';
  if (/\d firmer$/.test(deed) && !mayRaise) wrong.push('raised');
  const isAlive = here.session.status === 'active' && !['screening', 'finishing'].includes(play.state);
  if (!isAlive) return wrong.map(what => `${deed} ${what}`);
  if (gesture.kind === 'stop press') {
    if (after.state !== 'stopped') wrong.push('no stop');
  } else if (answer === '' && after.place.session.status === 'active') wrong.push('unanswered');
  const isAtWork = context.passes[context.passIndex] !== undefined;
  if (gesture.kind === 'chord short' && play.state === 'paused' && deed !== '' && isAtWork)
    wrong.push('is a chord');
  return wrong.map(what => `${deed} ${what}`);
}

/** What goes wrong in this place 20 ms before each of these limits, at it and 20 ms after it. */
export function wrongAround(name: PlaceName, limits: readonly Ms[]): readonly string[] {
  const place = placeOf(name);
  const wrong: string[] = [];
  // What is over is over, however long.
  for (const limit of isOver(name) ? limits.slice(-1) : limits) {
    const play = new Play(place).until(place.at + limit - 20);
    for (const late of [-20, 0, 20]) {
      play.until(place.at + limit + late);
      for (const gesture of atLimits)
        for (const what of wrongThere(play, gesture))
          wrong.push(`${limit + late} ms, ${gesture.name} in ${play.state}: ${what}`);
    }
  }
  return wrong;
}
