/**
 * Every bound, once. A routine can tighten a bound, never loosen it.
 *
 * Marks say what a number rests on: [D] our own decision, [L] read in a source's abstract, [M] from memory.
 */

/** Bounds of the motors. The firmware holds the first group by itself, whatever a host sends. */
export const motorLimits = {
  /** Highest duty while running: 3.0 V rated of a 5 V supply, round(255 × 3.0 / 5). [D] */
  runningDuty: 153,
  /** Highest duty for a short kick at an onset: 3.6 V of 5 V, round(255 × 3.6 / 5). [D] */
  kickDuty: 184,
  /** The firmware lets a kick last this long after an onset. [D] */
  kickMaxMs: 60,
  /** The driver asks for a kick this long. */
  kickMs: 40,
  /** Longest time a motor runs without a break. [D] */
  continuousMaxMs: 2500,
  /** On-time share of any 10 s that the firmware holds to, and the tighter one that the conductor plans in. */
  shareWindowMs: 10_000,
  firmwareShare: 0.4,
  cueShare: 0.2,
  /** Two motors never start closer than this: 2 × 85 mA start current on USB. [L] */
  staggerMs: 60,
  /** A motor that is felt later than the other by more than this is not matched: it would run into the stagger. [D] */
  leadMs: 40,
} as const;

/**
 * From one onset of a GLIDE to the other. Two pulses of 200 to 240 ms are felt as one that moves where their onsets lie
 * 90 to 127 ms apart (Israr and Poupyrev 2011, as fitted and as tried with motors of this kind). [L]
 */
export const glideLimits = { min: 90, usual: 111, max: 127 } as const;

/** The lease under which a frame stays valid. */
export const leaseLimits = {
  /** Longest lease the firmware takes. Silence of the host ends in silence of the motors after this. */
  leaseMs: 250,
  /** The conductor renews on this absolute grid. */
  beatMs: 100,
  /** A machine engages at most this far ahead. */
  engageAheadMs: 1000,
  /** ... and renews this often. */
  engageRenewMs: 500,
  /** A lease echoing an older STATUS than this is refused: it waited in a buffer. */
  staleStatusMs: 400,
  /** An ARM without a lease lapses. */
  armLapseMs: 1000,
} as const;

/** Presses become edges on this absolute grid, so that a run with and without a board agrees to the millisecond. */
export const inputGridMs = 20;

/** Bounds of what a routine file may say, and of the rules that hold whatever it says. */
export const routineLimits = {
  fileBytes: 256 * 1024,
  /** Languages beside its own that a title may be given in. */
  titles: 12,
  nesting: 16,
  /** More of the shortest fill more than the longest session. */
  phases: 180,
  /** Any single phase. [D] */
  phaseS: { min: 30, max: 1200 },
  /** Sum of a stage in a full routine. [D] */
  warmUpS: { min: 180, max: 600 },
  cooldownS: { min: 180, max: 600 },
  /** A trial teaches the cues: short, and never firmer than 2. [D] */
  trial: { totalS: 300, pressureMax: 2 },
  /** Knee to hip wants its time, where a full routine has it at all. [D] */
  kneeToHipS: { min: 900, max: 1200 },
  /** Piriformis: no sustained pressure near the sciatic nerve, per side. [D] */
  piriformisS: 180,
  /** Manual vibration, per area and side. [D] */
  vibrationS: 120,
  /** Heel to buttock is 70 to 90 cm in most adults. [M] */
  strokeCm: { min: 5, max: 90 },
  /** Of every other place than the whole back of the leg. [D] */
  partStrokeCm: 80,
  /** Small pulls that climb: each has a cue of its own, so none comes sooner than `sessionLimits.fastPeriodMs`. [D] */
  inching: {
    /** Longest pull: fingers that draw outward, not a glide. */
    pullCm: 15,
    pulls: { min: 3, max: 30 },
    stepCm: { min: 1, max: 10 },
    /** From the last pull back to the knee. */
    returnMs: { min: 1000, max: 10_000 },
    /** All steps together: the outer thigh from above the knee to the hip, in most adults. [M] */
    climbCm: { min: 20, max: 50 },
  },
  /** Pleasantness of touch peaks between 1 and 10 cm/s (Löken 2009). [L] */
  speedCmPerS: { min: 1, max: 15 },
  returnMs: { min: 500, max: 10_000 },
  pressureStart: { min: 1, max: 2 },
  pressureMax: { min: 1, max: 4 },
  /** Without an explicit choice of the person's. Lay ceiling 3, 4 by opt-in, 5 never. [D] */
  layPressureMax: 3,
  bathC: { min: 36, max: 40 },
  bathMin: { min: 1, max: 15 },
  bathRestMin: { min: 5, max: 15 },
  oilC: { min: 30, max: 42 },
  checkInEveryS: { min: 60, max: 300, usual: 180 },
  checkInTimeoutS: { min: 15, max: 60, usual: 30 },
  riseDwellS: { min: 120, max: 600, usual: 180 },
  /** Scores 0 to 10: a rise up to `raiseAtMost`, ease from `easeAt`, stop from `stopAt`; a file may only be stricter. [D] */
  raiseAtMost: { min: 0, max: 2, usual: 2 },
  easeAt: { min: 3, max: 4, usual: 4 },
  stopAt: { min: 5, max: 6, usual: 6 },
  /** Leg score over its baseline that stops: minimal detectable change 1.77 (doi 10.1055/a-1304-3677). [L] */
  legWorse: { min: 1, max: 2, usual: 2 },
  /** Rest between two sessions of one receiver, for soreness. Advice, never a refusal. [D] */
  hoursBetween: { min: 12, max: 168, usual: 24 },
  /** A session may last this much longer than its routine, and never longer than `sessionMaxMin`. [D] */
  sessionSpareMin: 15,
  sessionMaxMin: 90,
} as const;

/** Times of a session that no routine can change. */
export const sessionLimits = {
  /** Eased pressure is shown this long; as a ceiling it stays. */
  easedMs: 60_000,
  /** After so many eases in one place its lighter technique is offered; after one where that was an answer. [D] */
  easesToOffer: 2,
  extendMs: 60_000,
  /** After a longer interruption than this pressure is one step lower; after a still longer one only the cooldown is left. */
  longPauseMs: 120_000,
  longestPauseMs: 600_000,
  /** After a long pause so many strokes are said to be light. */
  lightStrokes: 3,
  askEveryMs: 6_000,
  firmerMs: 4_000,
  /** No question is answered sooner than this after its cue is over: it has to be felt, and weighed. [D] */
  soonestAnswerMs: 600,
  /**
   * A question whose cue gave way to another is told anew so much later, the first time, the second and so on. The
   * last comes when nothing driven before the first counts any more; then it counts as not asked. [D]
   */
  toldAnewMs: [1_000, 2_000, 3_000, 5_000],
  /** What the first of two buttons did less than this before the second came is taken back. [D] */
  takeBackMs: 300,
  /** Less may be taken back by whoever said it for this long. [D] */
  undoMs: 5_000,
  /** A check-in waits this long into a phase, so that there is something to answer about. */
  checkInSettleMs: 20_000,
  /** ASK begins this long after a stroke begins, where GLIDE is over and TAP not yet due. */
  askOffsetMs: 600,
  /** A check-in missed by silence is asked again this long after the strokes went on. */
  checkInAgainMs: 10_000,
  /** A question wants this much time before hands go to another place; with less it waits until they are there. */
  checkInRoomMs: 15_000,
  /** A question that may raise is worth waiting for where it comes this soon after one that is due. */
  checkInTogetherMs: 20_000,
  /** An answer may take this long: to feel the question, to ask, to hear, to press. [D] */
  answerMs: 25_000,
  /** Time reckoned for a change of side or position: until one has taken longer, and at most. [D] */
  turnMs: { usual: 15_000, longest: 60_000 },
  transitionAskMs: 60_000,
  /** After the third unanswered ASK a transition becomes a pause. */
  transitionAsks: 3,
  afterStopMs: 300_000,
  faultedMs: 600_000,
  /** NEXT before a phase that needs no waiting: it is over when the new strokes begin. */
  announceMs: 1_000,
  /** The end is announced this often, this far apart, until acknowledged. */
  finishAnnouncements: 3,
  finishEveryMs: 10_000,
  /** Rest between two cues that are felt as two. */
  apartMs: 200,
  /** Strokes with a full cue before GLIDE alone is enough; the same count opens fast strokes. */
  fullCues: 6,
  /** Strokes faster than this are told by TAP, `fastGroup` beats and then each `fastGroup`th. */
  fastPeriodMs: 3_000,
  fastGroup: 8,
  lastStrokes: 3,
  /** An extra TAP in the return, this long after the stroke ended, where the return is long enough. */
  lastTapMs: 500,
  lastTapReturnMs: 1_000,
} as const;

/** How long a board may be silent, and how long it may take. */
export const linkLimits = {
  /** Johnny-Five's handshake takes well under 2 s on a board that answers. */
  openingMs: 10_000,
  /** STATUS comes every 100 ms while armed: three missed, and one on its way. */
  silentMs: 400,
  /** ... and every 250 ms while disarmed. */
  silentDisarmedMs: 1000,
  /** A board that is plugged in again runs its bootloader first; before this it is not called ready. */
  readyAgainMs: 2000,
} as const;

/** Routines of one's own that are kept: more than anyone looks through. */
export const mostOwn = 100;
