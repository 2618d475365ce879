// Session time: whole milliseconds since screening opened, as everywhere. 31 bits are 24 days.
#pragma once
#include <stdint.h>

namespace alone {

using Ms = int32_t;

// What has no time: null in the machines.
constexpr Ms none = INT32_MIN;

constexpr Ms least(Ms one, Ms other) { return one < other ? one : other; }
constexpr Ms most(Ms one, Ms other) { return one > other ? one : other; }

}  // namespace alone
