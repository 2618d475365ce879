// The routine of a test: read from the text, where a board reads flash or EEPROM.
#include "plan.h"
#include <stdio.h>
#include <stdlib.h>
#include "fields.h"
#include "text.h"

namespace alone {

Plan plan(0, true);
Rules rules;

namespace {

// A test may plan more passes than a session keeps: what is left of them has to fit.
constexpr uint8_t mostPlanned = 60;

uint8_t planned;
Pass plannedPasses[mostPlanned];
uint8_t counts[2];
Entry entries[2][mostPasses];
Ms cues[cueIdCount];

uint8_t bounded(uint8_t count, uint8_t most) {
  if (count <= most) return count;
  fprintf(stderr, "%d passes, where %d have room\n", count, most);
  exit(1);
}

template <typename T>
void take(T& field) {
  field = text::next<T>();
}

void readPace(Pace& pace) {
#define ONE(name) take(pace.name);
  PACE_FIELDS(ONE)
#undef ONE
}

}  // namespace

uint8_t Plan::count(bool withCare) const { return counts[withCare]; }
Entry Plan::entry(bool withCare, uint8_t index) const { return entries[withCare][index]; }
Pass Plan::pass(uint8_t number) const {
  if (number < planned) return plannedPasses[number];
  fprintf(stderr, "pass %d of %d\n", number, planned);
  exit(1);
}
Rules Plan::rules() const { return alone::rules; }
Ms cueMs(CueId cue) { return cues[static_cast<uint8_t>(cue)]; }

}  // namespace alone

void text::readPlan() {
  using namespace alone;
#define ONE(name) take(rules.name);
  RULES_FIELDS(ONE)
#undef ONE
  for (Ms& cue : cues) take(cue);
  planned = bounded(next<uint8_t>(), mostPlanned);
  for (uint8_t index = 0; index < planned; index++) {
    Pass& pass = plannedPasses[index];
#define ONE(name) take(pass.name);
    PASS_FIELDS(ONE)
#undef ONE
    readPace(pass.pace);
    readPace(pass.other);
  }
  for (uint8_t withCare = 0; withCare < 2; withCare++) {
    counts[withCare] = bounded(next<uint8_t>(), mostPasses);
    for (uint8_t index = 0; index < counts[withCare]; index++) {
      take(entries[withCare][index].work);
      take(entries[withCare][index].place);
      take(entries[withCare][index].durationMs);
    }
  }
}
