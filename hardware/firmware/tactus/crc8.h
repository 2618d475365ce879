// CRC-8, polynomial 07h, start 0: the checksum of this project's own messages.
#pragma once
#include <stdint.h>
#include "inlined.h"

// Eight steps at once. They are a product of polynomials over two elements by 07h, that is x^2 + x + 1, for x^8 is 07h
// here. What shifting loses is put back the same way: bit 6 becomes x^8, that is 07h; bit 7 becomes x^8 + x^9, that is
// 07h + 0Eh. In bytes only, and without a table.
INLINED uint8_t crc8(uint8_t crc, uint8_t byte) {
  const uint8_t both = crc ^ byte;
  const uint8_t once = both << 1;
  uint8_t product = both ^ once;
  product ^= static_cast<uint8_t>(once << 1);
  if (both & 0x40) product ^= 0x07;
  if (both & 0x80) product ^= 0x07 ^ 0x0E;
  return product;
}
