#include "player.h"
#include "card.h"
#include "choice.h"
#include "conductor.h"
#include "deadlines.h"
#include "hands.h"
#include "flash_routines.h"
#include "keep.h"
#include "light.h"
#include "meaning.h"
#include "orders.h"
#include "session.h"
#include "log.h"
#include "session_log.h"
#include "store.h"
#include "trace.h"
#include "../../contract.h"

namespace alone {

namespace {

// From a hush to both motor pins low it takes 2 ms: the outcome is told behind that.
constexpr Ms offWithinMs = 20;
// What is read of motors and supply has to be read twice: a motor that still turns may hold its drain for a moment.
constexpr Ms lookEveryMs = 100;
// A board that has just been armed, or has just been stopped by its pin, has not said so yet.
constexpr Ms onItsWayMs = 100;
constexpr uint8_t mostMoments = 32;
// Half of what session time can count, 12 days: one that is under way has ended long before the other half is over.
constexpr Ms openAtMostMs = INT32_MAX / 2;

bool tethered;
// The board's own time and the session's, at one moment.
uint32_t fromBoardMs;
Ms fromMs;
uint32_t openedBoardMs;  // when the session that is open began to be
Ms clockPpm;             // by how much this board's clock is slow, in millionths
Ms nowMs;              // the moment being handled, or the last
uint8_t favourite;     // place of what is chosen, from 0
Ms dueAt;              // `nextDue`, worked out once after each event
Ms lightAt;
Ms lookAt;
Ms wakeAt;             // before which nothing falls due
Ms askedAt;            // since when frames are meant, or are not
Ms stoppedAt;          // since when the board has called itself stopped
Ms outcomeAt;          // when the outcome is to be told; none: not yet over
Ms overAt;             // when it was told
uint8_t pressedBefore;
uint8_t hinderedBefore;
bool isReady;
bool isTryingStop;
bool wasDriven;
bool opensAnew;        // once the present moment is over
bool signalsChoice;
bool lit;
bool steadyLight;
uint8_t loadedCount;   // routines in EEPROM that are whole
bool loadedAreNew;     // they have been looked at since the last choice
bool areLost;          // some were loaded, and nothing of them can be read
bool saysLost;         // the light has yet to tell so
// A cue that told of the open question gave way: told to the session once the event is over that it gave way to.
bool isUnfelt;
Question unfelt;

void tellSession(const Event& told);

bool isConducting() { return nextBeat() != none; }

void lookAtLoaded() {
  const bool wereLost = areLost;
  loadedCount = loadedRoutines();
  areLost = loadedCount == 0 && loadedAreLost();
  saysLost = areLost && !wereLost;
}

uint8_t routineCount() { return loadedCount + flashRoutineCount; }

// Those that were loaded come first: whoever has loaded one wants it.
void choose() {
  // Since they were read, cells may have changed: what is unsound would lead a session out of its tables.
  if (favourite < loadedCount && !loadedAreNew) lookAtLoaded();
  loadedAreNew = false;
  if (favourite >= routineCount()) favourite = 0;
  plan = favourite < loadedCount ? loadedRoutine(favourite)
                                 : Plan(flashRoutinesAt[favourite - loadedCount], true);
  plan.remember();
  rules = plan.rules();
}

void open() {
  opensAnew = false;
  fromBoardMs = openedBoardMs;
  fromMs = 0;
  nowMs = 0;
  openSessionLog();
  openHands();
  openMeaning();
  openCards();
  beginConducting();
  openLight();
  choose();
  openSession(isReady, false);
  traceOpened(favourite, 0);
  traceState(stateName(), 0);
  dueAt = nextDue();
  lightAt = 0;
  lookAt = 0;
  askedAt = 0;
  stoppedAt = none;
  outcomeAt = none;
  overAt = none;
  wasDriven = false;
  isUnfelt = false;
  if (signalsChoice) showSign(Sign::favourite, 0, favourite + 1);
  if (saysLost && signalsChoice)
    followWith(Sign::notLoaded);
  else if (saysLost)
    showSign(Sign::notLoaded, 0);
  signalsChoice = false;
  saysLost = false;
}

Event event(EventType type) {
  Event event = {};
  event.type = type;
  event.at = nowMs;
  event.since = none;
  return event;
}

// The outcome is told once the motors have had time to be off, so that nothing comes after it.
void noteEnd() {
  if (!isOver() || outcomeAt != none) return;
  outcomeAt = wasDriven ? nowMs + offWithinMs : nowMs;
  hush(nowMs);
}

void tellUnfelt() {
  isUnfelt = false;
  const StateName now = stateName();
  if (now != StateName::strokesCheckIn && now != StateName::pressureRampCheckIn) return;
  if (!leavesUnfelt(memory.now, unfelt, nowMs)) return;
  Event told = event(EventType::unfelt);
  told.question = unfelt;
  tellSession(told);
}

void tellSession(const Event& told) {
  if (isOver()) return;
  const StateName before = stateName();
  logBefore(told);
  tell(told);
  traceState(stateName(), nowMs);
  traceEventEnds(nowMs);
  if (before != stateName() && stateName() == StateName::paused) logPause();
  if (before != StateName::stopped && stateName() == StateName::stopped) stopAtCards();
  noteEnd();
  if (isUnfelt) tellUnfelt();
  dueAt = isOver() ? none : nextDue();
}

void fault(Fault what) {
  hush(nowMs);
  Event told = event(EventType::fault);
  told.fault = what;
  tellSession(told);
}

// Hands come first: what was pressed before a limit was over counts before it.
void handle(Ms at) {
  nowMs = at;
  const Ms touch = nextTouch();
  if (touch != none && touch <= at) {
    touchDue(at);
    if (stopIsDown() != memory.now.stopHeld)
      tellSession(event(stopIsDown() ? EventType::boardStopHeld : EventType::boardStopFree));
  }
  while (dueAt != none && dueAt <= at) tellSession(event(EventType::due));
}

Ms soonest(Ms one, Ms other) {
  if (one == none) return other;
  return other == none || one < other ? one : other;
}

Ms nextAt() { return soonest(soonest(nextTouch(), dueAt), soonest(nextBeat(), soonest(lightAt, outcomeAt))); }

void shineNow(bool stopIsUntried) {
  const StopTrial trial = stopIsUntried ? (isTryingStop ? StopTrial::held : StopTrial::wanted) : StopTrial::done;
  lightAt = shine(stateName(), nowMs, isSteadyOnly(memory.now.caps) || steadyLight, lightAnswer(), trial);
}

void moment(Ms at, const Seen& seen) {
  handle(at);
  conduct(at);
  if (isConducting() != wasDriven) {
    wasDriven = !wasDriven;
    askedAt = at;
  }
  shineNow(seen.hindrances & hindrance::stopUntried);
  if (outcomeAt == none || overAt != none || at < outcomeAt) return;
  overAt = outcomeAt;
  outcomeAt = none;
  traceOutcome(outcome(), memory.now.hasReason ? memory.now.reason : Reason::left, overAt);
  sealSession(nowMs);
}

// Before STOP has been tried its press is that, and no stop of a session: of an unarmed board nothing runs.
bool isTrial(Button button, bool down, const Seen& seen) {
  if (button != Button::stop || isConducting()) return false;
  if (down && (seen.hindrances & hindrance::stopUntried)) isTryingStop = true;
  return isTryingStop;
}

// Whether anything was seen.
bool lookAtButtons(const Seen& seen) {
  const uint8_t changed = seen.pressed ^ pressedBefore;
  pressedBefore = seen.pressed;
  for (uint8_t index = 0; index < buttonCount; index++) {
    const uint8_t bit = 1 << index;
    if (!(changed & bit)) continue;
    const Button button = static_cast<Button>(index);
    const bool down = seen.pressed & bit;
    if (isTrial(button, down, seen)) continue;
    seeEdge(button, down, nowMs);
    if (button == Button::go && down && beginsAgain(nowMs, overAt)) opensAnew = true;
  }
  if (!(seen.hindrances & hindrance::stopUntried) && !(seen.pressed & button::stop)) isTryingStop = false;
  return changed != 0;
}

bool lookAtBoard(const Seen& seen) {
  bool isNew = false;
  if (nowMs >= lookAt) {
    lookAt = nowMs + lookEveryMs;
    const uint8_t twice = seen.hindrances & (hinderedBefore | hindrance::stopUntried);
    hinderedBefore = seen.hindrances;
    const bool ready = !twice && !seen.isLocked;
    if (ready != isReady) {
      isReady = ready;
      isNew = true;
      // A drain that is low while nothing is driven: a motor runs by itself, or has lost its supply.
      if ((twice & hindrance::motorPath) && isConducting()) fault(Fault::dutyMismatch);
      tellSession(event(ready ? EventType::boardReady : EventType::boardLost));
    }
  }
  if (!seen.isStopped)
    stoppedAt = none;
  else if (stoppedAt == none)
    stoppedAt = nowMs;
  if (!isConducting() || seen.isEngaged || nowMs - askedAt <= onItsWayMs) return isNew;
  // A stop button that goes down is told as a stop within the next moments; one that stays down is not.
  if (stoppedAt == none || nowMs - stoppedAt > onItsWayMs) fault(Fault::leaseLapsed);
  return true;
}

// What is folded of the time that has gone by: the product below then never outgrows 31 bits.
constexpr uint32_t foldMs = 1000000;
static_assert(foldMs / 8 < static_cast<uint32_t>(INT32_MAX / mostClockPpm), "so it is");

Ms sessionMs(uint32_t boardMs) {
  while (boardMs - fromBoardMs >= foldMs) {
    fromBoardMs += foldMs;
    fromMs += static_cast<Ms>(foldMs) + clockPpm;
  }
  const Ms elapsedMs = static_cast<Ms>(boardMs - fromBoardMs);
  return fromMs + elapsedMs + elapsedMs / 8 * clockPpm / static_cast<Ms>(foldMs / 8);
}

}  // namespace

void emit(const Order& order) {
  if (order.type == Order::Type::stroke || order.type == Order::Type::pressure) {
    traceMark(order, nowMs);
    logMark(order);
    return;
  }
  accept(order, nowMs);
}

void cueBegan(CueId cue, CueWhy why, Ms at) { traceCue(cue, why, at); }

void cueDropped(CueId, CueWhy why, CueLimit) {
  if (!tellsQuestion(why)) return;
  isUnfelt = true;
  unfelt = questionToldBy(why);
}

Situation situation() {
  Situation now = {};
  now.state = stateName();
  now.question = memory.now.question;
  const bool isOpen = now.state == StateName::strokesCheckIn || now.state == StateName::pressureRampCheckIn;
  now.isFelt = isOpen && questionIsFelt(memory.now, nowMs);
  now.isOver = isOver();
  now.isUntouched = cardsAreUntouched();
  return now;
}

void deed(const Deed& deed) {
  switch (deed.kind) {
    case Deed::Kind::cardNone:
      if (noneOfCard()) {
        Event cleared = event(EventType::screeningCleared);
        cleared.withCare = someCaution();
        tellSession(cleared);
      }
      return;
    case Deed::Kind::cardCaution:
      return noteCaution();
    case Deed::Kind::favouriteNext:
      favourite = nextFavourite(favourite, routineCount());
      signalsChoice = opensAnew = true;
      return;
    case Deed::Kind::sessionAgain:
      opensAnew = true;
      return;
    case Deed::Kind::event: {
      Event told = deed.event;
      told.at = nowMs;
      tellSession(told);
    }
  }
}

void light(bool isToShine) { lit = isToShine; }
bool isLit() { return lit; }

// What a host has loaded counts from the next session on that is opened.
void readStore() {
  lookAtLoaded();
  loadedAreNew = true;
  const Settings kept = settings();
  steadyLight = kept.steadyLight();
  clockPpm = kept.clockPpm();
  for (uint8_t motor = 0; motor < motorCount; motor++) {
    const MotorSettings& one = kept.motors[motor];
    calibration.motors[motor] = {one.startDuty, one.ratedDuty, one.kickDuty};
    calibration.lagMs[motor] = kept.lagMs[motor];
  }
  calibration.isSwapped = kept.swapped();
  calibration.isTurned = kept.turned();
  calibration.glideMs = kept.glideMs;
}

void beginPlayer(uint32_t boardMs) {
  readStore();
  favourite = 0;
  openedBoardMs = boardMs;
  open();
  // What broke off is told first; what is lost, in the place of that something is loaded.
  const bool brokeOff = lastSession() == LastSession::brokeOff;
  showSign(brokeOff ? Sign::brokeOff : areLost ? Sign::notLoaded : Sign::loaded, 0);
  if (brokeOff && areLost) followWith(Sign::notLoaded);
}

void playOn(const Seen& seen) {
  if (tethered) return;
  openedBoardMs = seen.boardMs;
  const Ms at = most(sessionMs(seen.boardMs), nowMs);
  // Most ticks bring nothing.
  if (at < wakeAt && seen.pressed == pressedBefore) {
    nowMs = at;
    return;
  }
  // One moment after the other, each at its own time; bounded, so that the loop goes round.
  for (uint8_t count = 0; count < mostMoments && !opensAnew; count++) {
    const Ms next = nextAt();
    if (next == none || next > at) break;
    moment(most(next, nowMs), seen);
  }
  nowMs = at;
  keepUpDuties(at);
  if (!opensAnew && (lookAtButtons(seen) | lookAtBoard(seen))) moment(at, seen);
  logTime(nowMs);
  if (nowMs >= openAtMostMs && !isLogging() && !isConducting()) opensAnew = true;
  if (opensAnew) open();
  wakeAt = soonest(soonest(nextAt(), nextDuty(nowMs)), lookAt);
}

bool isTethered() { return tethered; }
bool isBusyAlone() { return !tethered && (isOver() ? outcomeAt != none : !cardsAreUntouched()); }

void hostSpoke() {
  if (tethered || isBusyAlone()) return;
  // A board at rest is left as it is: silence brings a new nonce, and this very message may be an ARM.
  if (isArmed()) hush(nowMs);
  tethered = true;
}

void hostStopped() {
  if (tethered) return;
  hush(nowMs);
  if (isBusyAlone()) tellSession(event(EventType::stop));
  wakeAt = nowMs;
}

}  // namespace alone
