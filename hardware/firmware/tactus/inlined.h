// For what stands in an interrupt or in each wake of the main loop: the compiler weighs size, here time counts.
#pragma once

#define INLINED __attribute__((always_inline)) inline
