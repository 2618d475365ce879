#include "board.h"
#include "firmata.h"

namespace {

constexpr uint16_t armTicks = atMostTicks(limit::armLapseMs);
constexpr uint8_t dutyMax = 255;

uint8_t clamped(uint16_t duty) { return duty > dutyMax ? dutyMax : static_cast<uint8_t>(duty); }

// Newer by less than half of the 14-bit circle.
bool newer(uint16_t seq, uint16_t than) {
  const uint16_t ahead = (seq - than) & fourteenBits;
  return ahead != 0 && ahead <= fourteenBits / 2;
}

}  // namespace

void Board::begin(uint16_t epoch, bool locked, uint16_t bootNotes, uint8_t stir, bool stopTried) {
  bootEpoch = epoch;
  if (stopTried) stop.believeTried();
  nonces.seed(static_cast<uint16_t>(epoch * 40503u));
  nonces.renew(stir);
  stateNow.set(static_cast<uint8_t>(locked ? State::locked : State::disarmed));
  take(bootNotes);
}

void Board::enter(State next) {
  stateNow.set(static_cast<uint8_t>(next));
  changed = true;
}

void Board::disarm(State next, uint16_t why, uint8_t stir) {
  drive.silence();
  leaseLeft.set(0);
  armLeft.set(0);
  nonces.renew(stir);
  take(why);
  enter(next);
}

void Board::halt(uint8_t stir) {
  // A locked board stays locked; a latched stop outlasts a STOP of the host.
  disarm(engaged() ? State::disarmed : state(), 0, stir);
}

void Board::take(uint16_t more) {
  if ((notes | more) == notes) return;
  notes |= more;
  changed = true;
}

void Board::countRefused() {
  counters.refused++;
  changed = true;
}

void Board::countCrcBad() {
  counters.crcBad++;
  take(note::crcBad);
  changed = true;
}

void Board::settle() {
  const uint8_t left = drive.driven(leftMotor);
  const uint8_t right = drive.driven(rightMotor);
  take(drive.settle());
  if (left != drive.driven(leftMotor) || right != drive.driven(rightMotor)) changed = true;
}

void Board::ask(uint8_t motorPin, uint16_t duty) {
  if (!engaged()) return countRefused();
  drive.ask(motorPin == pin::left ? leftMotor : rightMotor, clamped(duty));
  settle();
}

void Board::motorMode(uint8_t mode) {
  // PWM is the only thing that a motor pin does; saying so changes nothing.
  if (!engaged() || mode != firmata::modePwm) countRefused();
}

void Board::arm(const uint8_t* body, uint8_t length) {
  if (!whole(body, length, ArmFields::size)) return countCrcBad();
  const ArmFields fields = readArm(body + 1);
  const bool idle = state() == State::disarmed || state() == State::stopped;
  const bool ours = fields.epoch == bootEpoch && fields.nonce == nonces.get();
  if (!idle || !ours || !stop.mayArm() || hindrances()) {
    countRefused();
    if (!ours) take(note::wrongNonce);
    if (idle && !stop.mayArm()) take(note::stopPin);
    return;
  }
  stop.clear();
  notes = 0;
  seqKnown = false;
  armLeft.set(armTicks);
  enter(State::armed);
}

bool Board::leaseStands(const LeaseFields& fields) {
  if (!engaged() || fields.epoch != bootEpoch) return false;
  if (fields.leaseMs == 0 || fields.leaseMs > limit::leaseMs) return false;
  if (seqKnown && !newer(fields.seq, lastSeq)) return false;
  // Older bytes have waited in a buffer: nobody knows whether they are still meant.
  const uint16_t age = (clockNow().msLow - fields.statusMs) & fourteenBits;
  if (age <= limit::staleStatusMs) return true;
  take(note::staleLease);
  return false;
}

void Board::lease(const uint8_t* body, uint8_t length) {
  if (!whole(body, length, LeaseFields::size)) return countCrcBad();
  const LeaseFields fields = readLease(body + 1);
  if (!leaseStands(fields)) return countRefused();
  lastSeq = fields.seq;
  seqKnown = true;
  leaseLeft.set(leaseTicks(fields.leaseMs));
  armLeft.set(0);
  drive.allow(leftMotor, clamped(fields.left));
  drive.allow(rightMotor, clamped(fields.right));
  if (state() != State::leased) enter(State::leased);
  settle();
}

INLINED void Board::countDown(uint8_t stir) {
  if (state() == State::leased) {
    if (leaseLeft.get() <= 1) return disarm(State::disarmed, note::leaseLapsed, stir);
    leaseLeft.decrement();
  } else {
    if (armLeft.get() <= 1) return disarm(State::disarmed, note::armLapsed, stir);
    armLeft.decrement();
  }
}

BoardClock Board::clockNow() const {
  BoardClock now = clock;
  now.advance(sinceClockTicks());
  return now;
}

// A whole tick comes each `uncountedTicks` at the latest: the beat has not gone round by then.
void Board::keepTime() {
  clock = clockNow();
  clockBeat = drive.beat();
}

INLINED bool Board::tickDrive() {
  const bool isDue = drive.tick();
  if (sinceClockTicks() >= Drive::uncountedTicks / 2) keepTime();
  return isDue;
}

INLINED void Board::goOn(bool isDue, uint8_t stir) {
  const State now = state();
  if (now != State::armed && now != State::leased) {
    if (++idleTicks < nonceTicks) return;
    idleTicks = 0;
    nonces.renew(stir);
    changed = true;
    return;
  }
  if (DEAD_MAN) countDown(stir);
  if (isDue) settle();
}

void Board::tickWhole(uint8_t pressedNow, uint8_t stir) {
  const bool isDue = tickDrive();
  if (stop.sample(pressedNow & button::stop)) changed = true;
  if (buttons.sample(pressedNow)) changed = true;
  if (buttons.pressed() & button::stop) pressed(stir);
  goOn(isDue, stir);
}

void Board::tickMotors(uint8_t stir) { goOn(tickDrive(), stir); }

void Board::pressed(uint8_t stir) {
  // Whatever a flipped bit says: in a board that may drive, a press stops.
  if (!stop.tried() && !engaged()) return stop.beTried();
  if (stop.latched()) return;
  stop.press();
  urgent = true;
  disarm(state() == State::locked ? State::locked : State::stopped, note::stopPin, stir);
}

void Board::saw(Probe probe, uint16_t reading) {
  const uint8_t before = condition.hindrances();
  condition.saw(probe, reading);
  if (condition.hindrances() != before) changed = true;
}

void Board::setFuses(uint8_t low, uint8_t high, uint8_t extended) {
  condition.fuses[0] = low;
  condition.fuses[1] = high;
  condition.fuses[2] = extended;
}

uint8_t Board::hindrances() const {
  return condition.hindrances() | (stop.tried() ? 0 : hindrance::stopUntried);
}

uint8_t Board::pressedButtons() const {
  return buttons.pressed() | (stop.latched() ? button::stop : 0);
}

void Board::fill(StatusFields& status) const {
  const BoardClock now = clockNow();
  status.boardMs = {now.ms(), now.msHigh};
  status.state = stateNow.get();
  status.left = drive.driven(leftMotor);
  status.right = drive.driven(rightMotor);
  status.leaseLeftMs = leaseMsOf(leaseLeft.get());
  status.notes = notes;
  status.buttons = pressedButtons() | hindrances();
  status.crcBad = counters.crcBad;
  status.refused = counters.refused;
  status.nonce = nonces.get();
  status.epoch = bootEpoch;
}
