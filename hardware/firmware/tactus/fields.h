// The fields of our own messages as structs, in the order of the contract, and their 7-bit bytes.
#pragma once
#include <stdint.h>
#include "contract.h"
#include "crc8.h"

// 35 bits.
struct Wide {
  uint32_t low;
  uint8_t high;
};

template <uint8_t Bytes>
struct Field;
template <>
struct Field<1> {
  using Type = uint8_t;
};
template <>
struct Field<2> {
  using Type = uint16_t;
};
template <>
struct Field<5> {
  using Type = Wide;
};

#define DECLARE(name, size) Field<size>::Type name;
#define ADD_SIZE(name, size) +size
struct HelloFields {
  HELLO_FIELDS(DECLARE)
};
struct ArmFields {
  ARM_FIELDS(DECLARE)
  static constexpr uint8_t size = 0 ARM_FIELDS(ADD_SIZE);
};
struct LeaseFields {
  LEASE_FIELDS(DECLARE)
  static constexpr uint8_t size = 0 LEASE_FIELDS(ADD_SIZE);
};
struct StatusFields {
  STATUS_FIELDS(DECLARE)
};
struct CheckFields {
  CHECK_FIELDS(DECLARE)
};
constexpr uint8_t helloSize = 5 HELLO_FIELDS(ADD_SIZE);
constexpr uint8_t statusSize = 5 STATUS_FIELDS(ADD_SIZE);
constexpr uint8_t checkSize = 5 CHECK_FIELDS(ADD_SIZE);

// Command and fields are followed by their checksum; a damaged message is not a message.
inline bool whole(const uint8_t* body, uint8_t length, uint8_t fieldBytes) {
  if (length != 1 + fieldBytes + 2) return false;
  uint8_t crc = 0;
  for (uint8_t index = 0; index <= fieldBytes; index++) crc = crc8(crc, body[index]);
  return body[length - 2] == (crc & 0x7F) && body[length - 1] == crc >> 7;
}

inline uint16_t fourteen(const uint8_t*& from) {
  const uint16_t value = from[0] | static_cast<uint16_t>(from[1]) << 7;
  from += 2;
  return value;
}

#define READ(name, size) fields.name = fourteen(from);
inline ArmFields readArm(const uint8_t* from) {
  ArmFields fields;
  ARM_FIELDS(READ)
  return fields;
}
inline LeaseFields readLease(const uint8_t* from) {
  LeaseFields fields;
  LEASE_FIELDS(READ)
  return fields;
}
#undef READ
#undef ADD_SIZE
#undef DECLARE
