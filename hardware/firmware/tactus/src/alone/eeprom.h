// The chip's memory that outlives its power, byte by byte. On the chip a write takes 3.4 ms and is waited for by the
// next access: neither belongs into an interrupt. In a test it is an array.
#pragma once
#include <stdint.h>

namespace alone {

uint8_t eepromRead(uint16_t address);
// Where the byte is already there nothing is written.
void eepromWrite(uint16_t address, uint8_t value);
// Whether the byte before has been written.
bool eepromIsFree();

}  // namespace alone
