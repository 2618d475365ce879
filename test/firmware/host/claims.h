// A handful of claims in a program: `program "what it says"` tries one, and exits with 1 where it does not hold. With a
// number behind it, what is long of it is only so many times shorter a sample.
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <initializer_list>

struct Claim {
  const char* what;
  void (*tried)();
  Claim* next;

  static Claim*& first() {
    static Claim* claims = nullptr;
    return claims;
  }
  static int& failures() {
    static int count = 0;
    return count;
  }
  static unsigned& shorter() {
    static unsigned times = 1;
    return times;
  }
  Claim(const char* says, void (*by)()) : what(says), tried(by), next(first()) { first() = this; }
};

#define JOIN_(one, other) one##other
#define JOIN(one, other) JOIN_(one, other)
#define CLAIM(what)                                                        \
  static void JOIN(tried, __LINE__)();                                     \
  static Claim JOIN(claim, __LINE__)(what, JOIN(tried, __LINE__));         \
  static void JOIN(tried, __LINE__)()

#define HOLDS(what) holds(what, #what, __FILE__, __LINE__)

inline void holds(bool isSo, const char* what, const char* file, int line) {
  if (isSo) return;
  // A loop that fails fails a thousand times; the first ones tell.
  if (Claim::failures()++ < 5) printf("%s:%d: does not hold: %s\n", file, line, what);
}

inline int tryClaims(int count, char** words) {
  int tried = 0;
  if (count > 2) Claim::shorter() = static_cast<unsigned>(atoi(words[2]));
  for (Claim* claim = Claim::first(); claim; claim = claim->next) {
    if (count > 1 && strcmp(words[1], claim->what) != 0) continue;
    claim->tried();
    tried++;
  }
  if (tried == 0) printf("there is no such claim\n");
  return tried == 0 || Claim::failures() > 0 ? 1 : 0;
}
