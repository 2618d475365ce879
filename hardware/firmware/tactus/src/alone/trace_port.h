// The trace port: records that only an emulated chip lets anybody see. See hardware/alone/trace-port.ts.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include <stdint.h>

namespace alone {

namespace trace {
// GPIOR0, by its data address. Byte after byte of a record is written to it, little endian.
constexpr uint8_t portAddress = 0x3e;
// Work, where there is none.
constexpr uint8_t noNumber = 255;

// The first byte of each. Then comes the time, in ms of the session, in 4 bytes.
enum class Record : uint8_t { state = 1, stroke = 2, cue = 3, pressure = 4, outcome = 5, favourite = 6, opened = 7, eventEnds = 8 };

// Whole lengths, number and time included.
constexpr uint8_t bytesOfState = 8;
constexpr uint8_t bytesOfStroke = 16;
constexpr uint8_t bytesOfCue = 8;
constexpr uint8_t bytesOfPressure = 8;
constexpr uint8_t bytesOfOutcome = 7;
constexpr uint8_t bytesOfFavourite = 6;
constexpr uint8_t bytesOfOpened = 6;
constexpr uint8_t bytesOfEventEnds = 5;
}  // namespace trace

}  // namespace alone
