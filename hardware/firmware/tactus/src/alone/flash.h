// Tables that stay in flash: on the chip they are read by an instruction of their own, elsewhere they are memory.
#pragma once
#include <stdint.h>
#include <string.h>

#ifdef __AVR__
#include <avr/pgmspace.h>
#else
#define PROGMEM
inline uint8_t pgm_read_byte(const void* from) { return *static_cast<const uint8_t*>(from); }
inline uint16_t pgm_read_word(const void* from) {
  uint16_t value;
  memcpy(&value, from, sizeof value);
  return value;
}
inline void memcpy_P(void* to, const void* from, size_t bytes) { memcpy(to, from, bytes); }
#endif

namespace alone {

// A copy of one entry of a table.
template <typename T>
inline T fromFlash(const T* entry) {
  T copy;
  memcpy_P(&copy, entry, sizeof copy);
  return copy;
}

}  // namespace alone
