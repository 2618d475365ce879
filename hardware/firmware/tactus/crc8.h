// CRC-8, polynomial 07h, start 0: the checksum of this project's own messages.
#pragma once
#include <stdint.h>

inline uint8_t crc8(uint8_t crc, uint8_t byte) {
  crc ^= byte;
  for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 0x80 ? static_cast<uint8_t>(crc << 1) ^ 0x07 : crc << 1;
  return crc;
}
