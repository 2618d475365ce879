// What a session remembers, as numbers in text: read from standard input, written to standard output.
//
// A test names what is to be done, gives what is remembered, and compares what comes back with the machines' own.
#pragma once
#include "context.h"

namespace text {

// The next number of the input; ends the program with a word on what is missing where there is none.
long number();
// Whether any is left.
bool hasMore();
void write(long value);
void endLine();

template <typename T>
T next() {
  return static_cast<T>(number());
}

// The routine that everything after it is about: `plan`, `rules` and the cues' lengths.
void readPlan();
void read(alone::Memory& memory);
void read(alone::Event& event);
void write(const alone::Context& context);
void write(const alone::Memory& memory);

}  // namespace text
