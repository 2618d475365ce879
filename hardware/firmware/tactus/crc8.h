// CRC-8, polynomial 07h, start 0: the checksum of this project's own messages.
#pragma once
#include <stdint.h>

// A product of polynomials over two elements: by 07h, that is x^2 + x + 1.
constexpr uint16_t timesSeven(uint16_t of) { return of ^ of << 1 ^ of << 2; }

// Eight steps at once: x^8 is 07h here, so what a product has above its eighth bit is put back by one more of it.
inline uint8_t crc8(uint8_t crc, uint8_t byte) {
  const uint16_t product = timesSeven(crc ^ byte);
  return static_cast<uint8_t>(product) ^ static_cast<uint8_t>(timesSeven(product >> 8));
}
