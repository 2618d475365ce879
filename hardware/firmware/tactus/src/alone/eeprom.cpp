#include "eeprom.h"
#include <avr/eeprom.h>

namespace alone {

uint8_t eepromRead(uint16_t address) { return eeprom_read_byte(reinterpret_cast<const uint8_t*>(address)); }

void eepromWrite(uint16_t address, uint8_t value) {
  eeprom_update_byte(reinterpret_cast<uint8_t*>(address), value);
}

bool eepromIsFree() { return eeprom_is_ready(); }

}  // namespace alone
