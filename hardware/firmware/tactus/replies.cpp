// The content of each report.
#include "quiet.h"
#include "reports.h"

namespace {

constexpr uint8_t pwmBits = 8;

// Which sources this was built from; the Arduino IDE does not say.
#ifndef BUILD_HASH
#define BUILD_HASH 0
#endif
constexpr uint32_t buildHash = BUILD_HASH;

uint8_t bitFor(uint8_t which) {
  switch (which) {
    case pin::go:
      return button::go;
    case pin::less:
      return button::less;
    case pin::stop:
      return button::stop;
    case pin::receiver:
      return button::receiver;
    default:
      return 0;
  }
}

}  // namespace

void Reports::version(Writer& to) {
  to.raw(firmata::reportVersion);
  to.raw(firmata::protocolMajor);
  to.raw(firmata::protocolMinor);
}

void Reports::firmware(Writer& to) {
  to.begin(firmata::reportFirmware);
  to.data(firmwareMajor);
  to.data(firmwareMinor);
  to.text(firmwareName);
  to.end();
}

#define WRITE(name, size) to.field(fields.name);

void Reports::hello(Writer& to) {
  HelloFields fields;
  fields.contract = contractVersion;
  fields.buildHash = {buildHash, 0};
  fields.resetCause = static_cast<uint8_t>(resetCause);
  {
    Quiet quiet;
    fields.epoch = board.epoch();
    fields.nonce = board.nonce();
  }
  fields.runningDuty = limit::runningDuty;
  fields.kickDuty = limit::kickDuty;
  fields.leaseMs = limit::leaseMs;
  fields.share = limit::sharePercent;
  fields.continuousMs = limit::continuousMaxMs;
  to.begin(command::hello);
  HELLO_FIELDS(WRITE)
  to.endWithCrc();
}

void Reports::status(Writer& to) {
  StatusFields fields;
  {
    Quiet quiet;
    board.fill(fields);
    board.changed = false;
    board.urgent = false;
    fields.rxHighWater = receiver.highWater;
    fields.rxDropped = receiver.dropped;
    fields.rxFree = receiver.ring.room();
  }
#if ALONE
  if (busyAlone) fields.state = static_cast<uint8_t>(State::alone);
#endif
  sinceStatusTicks = 0;
  fields.seq = statusSeq++;
  to.begin(command::status);
  STATUS_FIELDS(WRITE)
  to.endWithCrc();
}

void Reports::check(Writer& to) {
  const Condition& seen = board.seen();
  CheckFields fields;
  fields.bandgap = seen.read(supply);
  fields.leftAtRest = seen.read(leftAtRest);
  fields.rightAtRest = seen.read(rightAtRest);
  fields.leftPulledUp = seen.read(leftPulledUp);
  fields.rightPulledUp = seen.read(rightPulledUp);
  fields.lowFuse = seen.fuses[0];
  fields.highFuse = seen.fuses[1];
  fields.extendedFuse = seen.fuses[2];
  to.begin(command::check);
  CHECK_FIELDS(WRITE)
  to.endWithCrc();
}
#undef WRITE

void Reports::analogMapping(Writer& to) {
  // No pin is an analog input to a host: what the converter reads is the board's own affair.
  to.begin(firmata::analogMappingResponse);
  for (uint8_t which = 0; which < pinCount; which++) to.data(firmata::modeIgnore);
  to.end();
}

uint8_t Reports::modeOf(uint8_t which) const {
  if (isMotor(which)) return firmata::modePwm;
  if (which == pin::led) return firmata::modeOutput;
  if (!isButton(which)) return firmata::modeIgnore;
  return plainInputs & 1u << which ? firmata::modeInput : firmata::modePullup;
}

void Reports::pinState(Writer& to) {
  uint8_t which = 0;
  while (which < pinCount - 1 && !(pinStatesWanted & 1UL << which)) which++;
  pinStatesWanted &= ~(1UL << which);
  if (pinStatesWanted) want(Report::pinState);
  to.begin(firmata::pinStateResponse);
  to.data(which);
  to.data(modeOf(which));
  if (isMotor(which))
    to.field(static_cast<uint16_t>(board.asked(which == pin::left ? leftMotor : rightMotor)));
  else
    to.data(which == pin::led ? ledOn : isButton(which));  // of an input, the state is its pull-up
  to.end();
}

void Reports::port(uint8_t index, Writer& to) {
  uint8_t high = 0;
  for (uint8_t bit = 0; bit < 8; bit++)
    if (levelsSeen & bitFor(index * 8 + bit)) high |= 1 << bit;
  to.raw(firmata::digitalMessage | index);
  to.raw(high & 0x7F);
  to.raw(high >> 7);
}

void Reports::capabilities(Writer& to) {
  to.begin(firmata::capabilityResponse);
  for (uint8_t which = 0; which < pinCount; which++) {
    if (isButton(which)) {
      to.data(firmata::modeInput);
      to.data(1);
      to.data(firmata::modePullup);
      to.data(1);
    } else if (which == pin::led) {
      to.data(firmata::modeOutput);
      to.data(1);
    } else if (isMotor(which)) {
      to.data(firmata::modePwm);
      to.data(pwmBits);
    }
    to.data(firmata::modeIgnore);
  }
  to.end();
}
