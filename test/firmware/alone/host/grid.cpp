// When strokes of a pace begin: printed for a test to compare with the machines.
#include "grid.h"
#include "text.h"

int main() {
  using namespace alone;
  using text::next;
  using text::write;
  while (text::hasMore()) {
    Pace pace;
    pace.strokeMs = next<Ms>();
    pace.returnMs = next<Ms>();
    pace.periodMs = pace.strokeMs + pace.returnMs;
    pace.pulls = next<uint8_t>();
    pace.ascentReturnMs = next<Ms>();
    const uint16_t stroke = next<uint16_t>();
    const Ms ms = next<Ms>();
    const Pull pull = pullOf(pace, stroke);
    write(roundMs(pace));
    write(longestPeriodMs(pace));
    write(pull.pull);
    write(pull.ascent);
    write(returnAfter(pace, stroke));
    write(beginOf(pace, stroke));
    write(begunBy(pace, ms));
    write(beginFrom(pace, ms));
    text::endLine();
  }
}
