// Bytes to messages, for Firmata and for our own sysex.
//
// The stock parser takes every byte but F7h as content of a sysex: after one lost F7h it swallows whatever stops a
// motor. Here any byte from 80h up, F7h aside, ends a sysex and begins anew.
#pragma once
#include <stdint.h>

constexpr uint8_t startSysex = 0xF0;
constexpr uint8_t endSysex = 0xF7;

// Longest sysex kept, counted between F0h and F7h. Ours need 15 at most.
constexpr uint8_t sysexMax = 32;

enum class Heard : uint8_t {
  nothing,
  message,  // status() with bytes()
  sysex,    // bytes()[0] is the command
  tooLong,  // a sysex that was dropped
  stop,     // our STOP, known by its command alone: it does not wait for F7h
};

class Parser {
 public:
  Heard hear(uint8_t byte);
  void reset();

  uint8_t status() const { return command; }
  const uint8_t* bytes() const { return content; }
  uint8_t length() const { return count; }

 private:
  Heard begin(uint8_t byte);
  Heard finish();

  uint8_t command = 0;
  uint8_t wanted = 0;
  uint8_t count = 0;
  bool inSysex = false;
  bool overlong = false;
  uint8_t content[sysexMax];
};
