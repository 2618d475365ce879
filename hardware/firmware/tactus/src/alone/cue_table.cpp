// The cues of the library, pulse by pulse.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#include "cue_table.h"

namespace alone {

const CuePulse cuePulses[] PROGMEM = {
    {0, 15, 80},  // TAP
    {0, 20, 80},  // GLIDE
    {11, 20, onSecond + 80},  // GLIDE
    {0, 25, 90},  // NEXT
    {6, 19, onSecond + 90},  // NEXT
    {45, 25, 90},  // NEXT
    {51, 19, onSecond + 90},  // NEXT
    {0, 15, 80},  // ASK
    {35, 15, 80},  // ASK
    {70, 15, 80},  // ASK
    {105, 15, 80},  // ASK
    {0, 50, 100},  // EASE
    {6, 44, onSecond + 100},  // EASE
    {70, 15, 70},  // EASE
    {0, 200, 100},  // STOP
    {6, 194, onSecond + 100},  // STOP
};

const CueEntry cueEntries[cueIdCount] PROGMEM = {
    {0, 1, 1, 150},  // TAP
    {1, 2, 2, 311},  // GLIDE
    {3, 4, 3, 700},  // NEXT
    {7, 4, 4, 1200},  // ASK
    {11, 3, 5, 850},  // EASE
    {14, 2, 6, 2000},  // STOP
};

}  // namespace alone
