// A number that differs after every start, also after a loss of power: 14 bits counted in EEPROM.
#pragma once
#include <stdint.h>

uint16_t nextEpoch();
