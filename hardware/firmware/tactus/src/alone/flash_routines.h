// The routines in flash: what there is where nothing has been loaded.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include <stdint.h>

namespace alone {

constexpr uint8_t flashRoutineCount = 2;
// evening-legs, first-touch.
constexpr uint16_t flashRoutinesAt[flashRoutineCount] = {0, 158};
extern const uint8_t flashRoutines[];

}  // namespace alone
