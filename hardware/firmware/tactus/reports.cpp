#include "reports.h"
#include "quiet.h"

namespace {

// Every 100 ms while a host may drive, 250 ms otherwise: a first LEASE right behind an ARM, sent without waiting
// for an answer, then always echoes a STATUS younger than the 400 ms that a LEASE may echo.
// Whether it is time is asked once a turn.
constexpr uint8_t engagedTicks = atMostTicks(100) - (turnTicks - 1);
constexpr uint8_t idleTicks = atMostTicks(250) - (turnTicks - 1);
// A storm of changes must not flood the wire: 34 bytes take 6 ms.
constexpr uint8_t quietestTicks = atLeastTicks(10);

constexpr uint8_t ringRoom = Transmit::capacity - nearlySent;
static_assert(ringRoom >= statusSize && ringRoom >= helloSize && ringRoom >= checkSize, "our own messages fit");
static_assert(ringRoom >= capabilitiesSize && ringRoom >= pinCount + 3, "so do Firmata's");

// Which buttons are on Firmata's port 1; the others are on port 0.
constexpr uint8_t onPort1 = button::receiver;
static_assert(pin::receiver / 8 == 1 && pin::go / 8 == 0 && pin::less / 8 == 0 && pin::stop / 8 == 0, "so they are");

}  // namespace

void Reports::begin(ResetCause cause) {
  resetCause = cause;
  want(Report::version);
  want(Report::firmware);
  want(Report::hello);
  want(Report::status);
}

void Reports::wantPinState(uint8_t which) {
  if (which >= pinCount) return;
  pinStatesWanted |= 1UL << which;
  want(Report::pinState);
}

void Reports::setMode(uint8_t which, uint8_t mode) {
  const uint16_t mask = 1u << which;
  if (mode == firmata::modeInput)
    plainInputs |= mask;
  else
    plainInputs &= ~mask;
}

void Reports::setPortReporting(uint8_t index, bool on) {
  if (index > 1) return;
  if (!on) {
    reportedPorts &= ~(1 << index);
    return;
  }
  reportedPorts |= 1 << index;
  want(index == 0 ? Report::port0 : Report::port1);
}

void Reports::lookForDrops() {
  Quiet quiet;
  const uint8_t dropped = static_cast<uint8_t>(receiver.dropped);
  if (dropped == droppedSeen) return;
  droppedSeen = dropped;
  board.take(note::rxDropped);
  board.changed = true;
}

void Reports::tick(uint8_t levels, uint8_t ticks) {
  sinceStatusTicks = ticks < UINT8_MAX - sinceStatusTicks ? sinceStatusTicks + ticks : UINT8_MAX;
  const uint8_t interval = board.state() == State::armed || board.state() == State::leased ? engagedTicks : idleTicks;
  if (sinceStatusTicks >= interval || (board.changed && sinceStatusTicks >= quietestTicks)) want(Report::status);
  if (levels == levelsSeen) return;
  const uint8_t differ = levels ^ levelsSeen;
  levelsSeen = levels;
  if ((reportedPorts & 1) && (differ & ~onPort1)) want(Report::port0);
  if ((reportedPorts & 2) && (differ & onPort1)) want(Report::port1);
}

Report Reports::choose() {
  if (board.urgent) return Report::status;
  for (;;) {
    const uint8_t next = turn;
    if (++turn == reportKinds) turn = 0;
    if (wanted & 1u << next) return static_cast<Report>(next);
  }
}

void Reports::pump(Transmit& ring) {
  while (mayGoOn(ring)) {
    Writer writer(ring);
    const Report report = choose();
    wanted &= ~bitOf(report);
    answer(report, writer);
  }
}

void Reports::answer(Report report, Writer& to) {
  switch (report) {
    case Report::version:
      return version(to);
    case Report::firmware:
      return firmware(to);
    case Report::hello:
      return hello(to);
    case Report::capabilities:
      return capabilities(to);
    case Report::analogMapping:
      return analogMapping(to);
    case Report::pinState:
      return pinState(to);
    case Report::port0:
      return port(0, to);
    case Report::port1:
      return port(1, to);
    case Report::status:
      return status(to);
    case Report::check:
      return check(to);
  }
}
