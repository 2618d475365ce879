// For what has many callers: the compiler would draw a few instructions into each of them, and flash is scarce.
#pragma once

#define APART __attribute__((noinline))
