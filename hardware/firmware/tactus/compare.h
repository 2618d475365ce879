// From a duty to a compare value of an 8-bit fast PWM.
#pragma once
#include <stdint.h>

// High for OCR + 1 of 256 steps (ATmega328P datasheet 15.7.3). The nearest of 256 parts to duty / 255, so that
// 255 x share, rounded, is the duty again.
inline uint8_t compareOf(uint8_t duty) { return duty < 128 ? duty - 1 : duty; }
