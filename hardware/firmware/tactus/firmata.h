// The part of Firmata 2.5 that Johnny-Five needs (github.com/firmata/protocol), and what each pin can do.
#pragma once
#include <stdint.h>
#include "contract.h"

namespace firmata {
constexpr uint8_t digitalMessage = 0x90;
constexpr uint8_t reportAnalog = 0xC0;
constexpr uint8_t reportDigital = 0xD0;
constexpr uint8_t analogMessage = 0xE0;
constexpr uint8_t pinMode = 0xF4;
constexpr uint8_t pinValue = 0xF5;  // SET_DIGITAL_PIN_VALUE, since 2.5: pin, then 0 or 1
constexpr uint8_t reportVersion = 0xF9;

// Commands of its sysex.
constexpr uint8_t analogMappingQuery = 0x69;
constexpr uint8_t analogMappingResponse = 0x6A;
constexpr uint8_t capabilityQuery = 0x6B;
constexpr uint8_t capabilityResponse = 0x6C;
constexpr uint8_t pinStateQuery = 0x6D;
constexpr uint8_t pinStateResponse = 0x6E;
constexpr uint8_t extendedAnalog = 0x6F;
constexpr uint8_t reportFirmware = 0x79;

constexpr uint8_t protocolMajor = 2;
constexpr uint8_t protocolMinor = 5;

constexpr uint8_t modeInput = 0x00;
constexpr uint8_t modeOutput = 0x01;
constexpr uint8_t modePwm = 0x03;
constexpr uint8_t modePullup = 0x0B;
constexpr uint8_t modeIgnore = 0x7F;
}  // namespace firmata

constexpr uint8_t firmwareMajor = 1;
constexpr uint8_t firmwareMinor = 0;
constexpr char firmwareName[] = "Tactus";

constexpr uint8_t pinCount = 20;

constexpr bool isMotor(uint8_t which) { return which == pin::left || which == pin::right; }
constexpr bool isButton(uint8_t which) {
  return which == pin::go || which == pin::less || which == pin::stop || which == pin::receiver;
}
