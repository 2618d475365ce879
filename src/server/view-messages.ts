/** What a page is shown of a session: one schema for both sides. Sections change apart from each other. */
import * as v from 'valibot';
import { positions, users, zones } from '../../machines/routine/names.ts';
import { endReasons, preparationSteps } from '../../machines/session.lists.ts';
import { stateNames } from '../../machines/session.states.ts';
import { outcomes, sides } from '../../machines/vocabulary.ts';
import { calibrationSchema } from '../session/calibration-view.ts';
import { benchFaults } from './bench-messages.ts';

const ms = v.number();
const passSchema = v.strictObject({
  phase: v.string(),
  title: v.string(),
  stage: v.string(),
  zone: v.picklist(zones),
  side: v.picklist(sides),
  position: v.picklist(positions),
  direction: v.string(),
  technique: v.string(),
  instruction: v.string(),
  durationMs: ms,
});

/** All that a client is shown of a session, as a valibot schema. Times in ms. */
export const viewSchema = v.strictObject({
  /** What can be chosen, and what is. */
  library: v.strictObject({
    chosen: v.string(),
    routines: v.array(
      v.strictObject({
        id: v.string(),
        title: v.string(),
        summary: v.string(),
        minutes: v.number(),
        for: v.array(v.picklist(users)),
      }),
    ),
    /** What "again" would begin; null where nothing has been begun yet. */
    again: v.nullable(
      v.strictObject({ routine: v.string(), title: v.string(), minutes: v.nullable(v.number()) }),
    ),
  }),
  session: v.strictObject({
    state: v.picklist(stateNames),
    /** After a stop that was "enough": whether GO begins the cooldown. */
    offersCooldown: v.boolean(),
    /** One plain sentence for this state. */
    sentence: v.string(),
    /** The stage the session is in or was left in. */
    stage: v.string(),
    stages: v.array(v.strictObject({ stage: v.string(), minutes: v.number() })),
    /** The routine's phases, in their order. */
    phases: v.array(
      v.strictObject({ phase: v.string(), title: v.string(), zone: v.string(), side: v.string() }),
    ),
    /** The whole session as it is planned by now, one side at a time: what the hands have done, do and will do. */
    passes: v.array(
      v.strictObject({
        phase: v.string(),
        title: v.string(),
        stage: v.string(),
        zone: v.picklist(zones),
        side: v.picklist(sides),
        durationMs: ms,
      }),
    ),
    /** Which of them is under way, or was left; their count once all are over. */
    passIndex: v.number(),
    now: v.nullable(passSchema),
    next: v.nullable(passSchema),
    pressure: v.nullable(v.number()),
    pressureMax: v.nullable(v.number()),
    hasOtherTechnique: v.boolean(),
    /** A lighter technique is offered (`tryLighter`), and what to say about it; null where none is. */
    lighter: v.nullable(v.string()),
    /** Hands are light in this place today, and what to say about it; null where they are as planned. */
    gentle: v.nullable(v.string()),
    /** A session that broke off can be gone on with; what to say about it. */
    offer: v.nullable(v.string()),
    /** What is wrong beside the session itself. */
    warning: v.nullable(v.string()),
  }),
  /** Counts down while `runs`, from `at` on the controller's session clock. */
  time: v.strictObject({
    at: ms,
    runs: v.boolean(),
    passMs: ms,
    routineMs: ms,
    startedAt: v.nullable(ms),
    /** Session time against real time: 1, but where time can be steered. */
    rate: v.number(),
    /** How fast it goes again once what is asked is answered; null where it was not slowed for that. */
    resumesRate: v.nullable(v.number()),
    steerable: v.boolean(),
  }),
  /** The stroke under way: it began at `at`. */
  stroke: v.nullable(
    v.strictObject({
      at: ms,
      strokeMs: ms,
      returnMs: ms,
      number: v.number(),
      /** Which pull of which ascent it is, where hands inch up in small pulls. */
      climb: v.exactOptional(v.strictObject({ pull: v.number(), pulls: v.number(), ascent: v.number() })),
    }),
  ),
  screening: v.strictObject({
    complaint: v.nullable(v.boolean()),
    open: v.array(v.string()),
    cautions: v.array(v.string()),
    scope: v.picklist(['all', 'urgent', 'returning']),
    /** What whoever returns has said to "anything new?"; null while it is open. */
    anythingNew: v.nullable(v.string()),
    /** How it was asked, once it has cleared. */
    by: v.nullable(v.string()),
    /** `offered`: all was clear, and may be remembered. Until when it is. */
    memory: v.picklist(['none', 'offered', 'kept']),
    memoryUntil: v.nullable(v.string()),
  }),
  preparation: v.strictObject({
    steps: v.array(
      v.strictObject({
        step: v.picklist(preparationSteps),
        sentence: v.string(),
        fact: v.string(),
        open: v.boolean(),
      }),
    ),
    ready: v.boolean(),
    /** Whether it is asked what brings a complaint on. What was said to it is nowhere. */
    causes: v.nullable(v.picklist(['open', 'said'])),
    /** Where hands are light today, in a sentence. */
    gentle: v.nullable(v.string()),
    /** What to bear in mind before any step. */
    notes: v.array(v.string()),
    /**
     * Places that hands would meet in this routine: whether no hand goes there today, and whether somebody named it
     * itself, not one that it touches.
     */
    places: v.array(
      v.strictObject({ zone: v.picklist(zones), isLeftOut: v.boolean(), isNamed: v.boolean() }),
    ),
    /** Whether they lie on the side instead of face down; null where that is not theirs to choose. */
    liesOnSide: v.nullable(v.boolean()),
  }),
  /** The hands rest: what for, since when, and what going on will mean by now. */
  interruption: v.nullable(
    v.strictObject({
      why: v.nullable(v.string()),
      since: ms,
      asksAnythingNew: v.boolean(),
      askThem: v.boolean(),
    }),
  ),
  /** The last cue in words, for whoever cannot feel it. */
  cue: v.nullable(v.strictObject({ cue: v.string(), at: ms, sentence: v.string() })),
  /** After the end: what of resting the outcome's advice has not said, how it is now, the next morning. */
  ending: v.nullable(
    v.strictObject({ rest: v.string(), answer: v.nullable(v.string()), nextMorning: v.string() }),
  ),
  /** Which of the check-in's questions is asked, and whether a rise is possible. */
  checkIn: v.nullable(v.strictObject({ question: v.string(), mayRise: v.boolean(), until: ms })),
  /** The board, as its firmware last reported itself; null where that is unknown. */
  device: v.strictObject({
    link: v.string(),
    state: v.nullable(v.string()),
    duty: v.nullable(v.strictObject({ left: v.number(), right: v.number() })),
    pressed: v.array(v.string()),
    lit: v.boolean(),
    /** Whether the firmware has confirmed the last stop. */
    silence: v.picklist(['none', 'asked', 'confirmed', 'escalated']),
    /** Where the page's own buttons are the board's: the board is emulated. */
    emulated: v.boolean(),
    firmware: v.nullable(v.string()),
    /** What can be done to it from the bench. */
    faults: v.array(v.picklist(benchFaults)),
  }),
  /** The last less can be taken back until then, by whoever said it: on the receiver's page, or where control is. */
  undo: v.nullable(v.strictObject({ until: ms, byReceiver: v.boolean() })),
  calibration: calibrationSchema,
  /** Of a receiver's page `reason` is empty where it would tell of the screening. */
  outcome: v.nullable(
    v.strictObject({
      outcome: v.picklist(outcomes),
      reason: v.picklist([...endReasons, '']),
      advice: v.string(),
    }),
  ),
  /** Counted up whenever somebody has changed what is kept, so that every page asks for it anew. */
  kept: v.strictObject({ routines: v.number(), sessions: v.number() }),
  /** Who is there. `role` is this client's own. */
  people: v.strictObject({
    role: v.picklist(['controller', 'viewer', 'receiver']),
    viewers: v.number(),
  }),
  /** What the person being massaged can stop with, and whether it has been tried. */
  receiver: v.strictObject({ means: v.nullable(v.string()), tried: v.boolean() }),
});
/** All that a client is shown of a session. */
export type View = Readonly<v.InferOutput<typeof viewSchema>>;
export type PassView = Readonly<v.InferOutput<typeof passSchema>>;
