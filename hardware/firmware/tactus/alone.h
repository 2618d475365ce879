// Whether this chip has room to play sessions by itself. Compiled for an AVR, the session takes some 40 kB of flash and a
// kilobyte of memory beside the rest of this firmware: an Uno or Nano has 32 kB and 2 kB, a Mega 2560 has 256 kB and 8 kB.
#pragma once

// A test on a host says for itself.
#ifndef ALONE
#ifdef __AVR_ATmega2560__
#define ALONE 1
#else
#define ALONE 0
#endif
#endif
