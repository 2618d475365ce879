// A ring of bytes between one writer and one reader, one of them an interrupt. Indices are single bytes, so each
// is read and written in one instruction; a full ring refuses, it never overwrites.
#pragma once
#include <stdint.h>
#include "inlined.h"

template <uint8_t Size>
class Ring {
  static_assert((Size & (Size - 1)) == 0, "a power of two, so that an index wraps by a mask");

 public:
  static constexpr uint8_t capacity = Size - 1;

  uint8_t used() const { return static_cast<uint8_t>(head - tail) & (Size - 1); }
  uint8_t room() const { return capacity - used(); }
  bool empty() const { return head == tail; }

  INLINED bool put(uint8_t byte) {
    const uint8_t at = head;
    const uint8_t next = (at + 1) & (Size - 1);
    if (next == tail) return false;
    bytes[at] = byte;
    head = next;
    return true;
  }

  // Only when not empty.
  INLINED uint8_t take() {
    const uint8_t at = tail;
    const uint8_t byte = bytes[at];
    tail = (at + 1) & (Size - 1);
    return byte;
  }

  void clear() { tail = head; }

 private:
  volatile uint8_t bytes[Size];
  volatile uint8_t head = 0;
  volatile uint8_t tail = 0;
};
