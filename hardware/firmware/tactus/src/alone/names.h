// The closed lists of a session, in the order in which the machines have them.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include <stdint.h>

namespace alone {

enum class Stage : uint8_t { warmUp, strokes, pressureRamp, cooldown };
constexpr uint8_t stageCount = 4;

enum class Zone : uint8_t { lowerBack, buttocks, thighBack, thighFront, thighOuter, calf, legBack, piriformis, sacralEdge };
constexpr uint8_t zoneCount = 9;

enum class Side : uint8_t { left, right, together };
constexpr uint8_t sideCount = 3;

enum class Position : uint8_t { prone, supine, sideLying, seated };
constexpr uint8_t positionCount = 4;

enum class Direction : uint8_t { towardsHeart, awayFromHeart, outward, inward, circles, still };
constexpr uint8_t directionCount = 6;

enum class Technique : uint8_t { effleurage, kneading, friction, kneeToHipPull, inching, broadPress, edgeStroke, vibration };
constexpr uint8_t techniqueCount = 8;

enum class Motor : uint8_t { left, right };
constexpr uint8_t motorCount = 2;

enum class Button : uint8_t { go, less, stop, receiver };
constexpr uint8_t buttonCount = 4;

enum class CueId : uint8_t { TAP, GLIDE, NEXT, ASK, EASE, STOP };
constexpr uint8_t cueIdCount = 6;

enum class CueWhy : uint8_t { strokeBegins, strokeEnds, lastStrokes, nextPhase, otherSide, turn, finished, howIsItHere, howIsTheLeg, mayBeFirmer, goWhenReady, eased, lightest, refused, heard, byItself, tried };
constexpr uint8_t cueWhyCount = 17;

enum class Fault : uint8_t { linkLost, leaseLapsed, loopStalled, clockJumped, boardReset, dutyMismatch, invariantBroken };
constexpr uint8_t faultCount = 7;

enum class Question : uint8_t { here, leg, firmer };
constexpr uint8_t questionCount = 3;

enum class Step : uint8_t { places, bath, oil, position, receiver, baseline };
constexpr uint8_t stepCount = 6;

enum class Outcome : uint8_t { completed, stopped, faulted, declined, interrupted };
constexpr uint8_t outcomeCount = 5;

enum class Reason : uint8_t { routineDone, enough, checkInsMissed, sessionCap, longPause, pain, symptom, scoreTooHigh, legWorse, unanswered, left, noDeadlineLeft, pausedTooLong, urgent, clinician, numbness, weakness, bladderOrBowel, bothLegs, saddle, calfSwelling, chestPain, faint, allergy, furtherDown, electric, dizziness, skin, linkLost, leaseLapsed, loopStalled, clockJumped, boardReset, dutyMismatch, invariantBroken };
constexpr uint8_t reasonCount = 35;

enum class Receiver : uint8_t { squeeze, switchButton, page };
constexpr uint8_t receiverCount = 3;

enum class Origin : uint8_t { preparation, moving, asking, resting, transition, offering, unacknowledged, acknowledged };
constexpr uint8_t originCount = 8;

enum class PressureChange : uint8_t { start, phase, rise, ease, pause, undo };
constexpr uint8_t pressureChangeCount = 6;

enum class EventType : uint8_t { due, screeningCleared, boardReady, boardLost, boardStopHeld, boardStopFree, start, go, hasty, meaningless, takeBack, resume, less, next, extend, skip, checkIn, unfelt, stop, afterStop, fault };
constexpr uint8_t eventTypeCount = 21;

enum class HereBand : uint8_t { light, fine, strong, tooMuch };
constexpr uint8_t hereBandCount = 4;

enum class LegBand : uint8_t { same, more, worse };
constexpr uint8_t legBandCount = 3;

enum class StateName : uint8_t { screening, preparation, warmUp, strokes, strokesCheckIn, pressureRamp, pressureRampCheckIn, cooldown, eased, transition, pausing, halting, paused, stopped, faulted, finishing, completed, declined, interrupted };
constexpr uint8_t stateNameCount = 19;

enum class GestureKind : uint8_t { press, doubled, hold, triple, tap };
constexpr uint8_t gestureKindCount = 5;

enum class LedPattern : uint8_t { dark, steady, going, asking, askingForStop, stopped };
constexpr uint8_t ledPatternCount = 6;

enum class StopTrial : uint8_t { wanted, held, done };
constexpr uint8_t stopTrialCount = 3;

}  // namespace alone
