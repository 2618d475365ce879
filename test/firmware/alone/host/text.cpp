#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fields.h"

namespace text {

using alone::BeforeLess;
using alone::Context;
using alone::Event;
using alone::Memory;

namespace {

int following() {
  int letter = getchar();
  while (letter == ' ' || letter == '\n') letter = getchar();
  return letter;
}

template <typename T>
void take(T& field) {
  field = next<T>();
}

void readContext(Context& context) {
  context = Context();
  take(context.passCount);
  if (context.passCount > alone::mostPasses) {
    fprintf(stderr, "%d passes\n", context.passCount);
    exit(1);
  }
  for (uint8_t index = 0; index < context.passCount; index++) {
    take(context.passes[index].work);
    take(context.passes[index].place);
    take(context.passes[index].durationMs);
  }
#define ONE(name) take(context.name);
#define TWO(name)        \
  take(context.name[0]); \
  take(context.name[1]);
  CONTEXT_FIELDS(ONE, TWO)
#undef ONE
#undef TWO
}

void readBefore(BeforeLess& before) {
  before = BeforeLess();
  take(before.at);
  if (before.at == alone::none) return;
  take(before.from);
  take(before.byReceiver);
#define ONE(name) take(before.name);
#define TWO(name)       \
  take(before.name[0]); \
  take(before.name[1]);
  BEFORE_LESS_FIELDS(ONE, TWO)
#undef ONE
#undef TWO
}

template <typename T>
void give(const T& field) {
  write(static_cast<long>(field));
}

}  // namespace

bool hasMore() {
  const int letter = following();
  if (letter == EOF) return false;
  ungetc(letter, stdin);
  return true;
}

long number() {
  int letter = following();
  const bool isNegative = letter == '-';
  if (isNegative) letter = getchar();
  if (letter < '0' || letter > '9') {
    fprintf(stderr, "a number is missing: %d\n", letter);
    exit(1);
  }
  long value = 0;
  for (; letter >= '0' && letter <= '9'; letter = getchar()) value = value * 10 + (letter - '0');
  return isNegative ? -value : value;
}

void write(long value) { printf("%ld ", value); }
void endLine() { putchar('\n'); }

void read(Memory& memory) {
  readContext(memory.now);
  memory.beforeGo = alone::BeforeGo();
  take(memory.beforeGo.at);
  if (memory.beforeGo.at != alone::none) {
    take(memory.beforeGo.from);
    readContext(memory.beforeGo.context);
  }
  readBefore(memory.beforeLess);
}

void read(Event& event) {
#define ONE(name) take(event.name);
  EVENT_FIELDS(ONE)
#undef ONE
}

void write(const Context& context) {
  give(context.passCount);
  for (uint8_t index = 0; index < context.passCount; index++) {
    give(context.passes[index].work);
    give(context.passes[index].place);
    give(context.passes[index].durationMs);
  }
#define ONE(name) give(context.name);
#define TWO(name)        \
  give(context.name[0]); \
  give(context.name[1]);
  CONTEXT_FIELDS(ONE, TWO)
#undef ONE
#undef TWO
}

void write(const Memory& memory) {
  write(memory.now);
  give(memory.beforeGo.at);
  if (memory.beforeGo.at != alone::none) {
    give(memory.beforeGo.from);
    write(memory.beforeGo.context);
  }
  const BeforeLess& before = memory.beforeLess;
  give(before.at);
  if (before.at == alone::none) return;
  give(before.from);
  give(before.byReceiver);
#define ONE(name) give(before.name);
#define TWO(name)       \
  give(before.name[0]); \
  give(before.name[1]);
  BEFORE_LESS_FIELDS(ONE, TWO)
#undef ONE
#undef TWO
}

}  // namespace text
