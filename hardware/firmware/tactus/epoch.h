// Counts the starts, in EEPROM.
#pragma once
#include <stdint.h>

// This start's number. Its writing is begun and takes 3 ms more.
uint16_t beginEpoch();
// Waits for that, and reads it back. `false`: no cell keeps it, and the next start would have the same.
bool epochIsKept(uint16_t epoch);
