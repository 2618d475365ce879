// Every value of 14 bits on every pin: `values STEP`. By analog messages (channels 0 to 15) and by extended analog
// messages of two and of three data bytes (pins 0 to 127), to a board that is leased to the full, at an onset and
// while running. Time stands still meanwhile, so that budgets do not decide. Says as JSON what it counted.
#include <stdio.h>
#include <stdlib.h>
#include "bench.h"

namespace {

struct Found {
  unsigned long messages = 0;
  unsigned kickMost = 0;
  unsigned runningMost = 0;
  const char* wrong = nullptr;
};

uint8_t expected(uint32_t value, uint8_t ceiling) {
  if (value < 2) return 0;
  return value > ceiling ? ceiling : static_cast<uint8_t>(value);
}

class Trial {
 public:
  Trial(Found& by, bool running) : found(by), ceiling(running ? limit::runningDuty : limit::kickDuty) {
    ready(bench);
    // Both run, 60 ms apart, and rest again: then a start is an onset, or both run on past their kick.
    if (!running) return;
    ask(bench, 100, 100);
    lease(bench, fourteenBits, fourteenBits);
    bench.ticks(140);
  }

  void tell(const Message& message, uint8_t which, uint32_t value) {
    lease(bench, fourteenBits, fourteenBits);
    const uint8_t before[2] = {bench.left(), bench.right()};
    const bool led = bench.reports.led();
    give(bench, message);
    found.messages++;
    const uint8_t after[2] = {bench.left(), bench.right()};
    for (unsigned motor = 0; motor < 2; motor++) {
      unsigned& most = ceiling == limit::kickDuty ? found.kickMost : found.runningMost;
      if (after[motor] > most) most = after[motor];
      if (after[motor] > ceiling) found.wrong = "a duty above its ceiling";
      const bool meant = which == (motor ? pin::right : pin::left);
      if (!meant && after[motor] != before[motor]) found.wrong = "a motor that was not meant";
      if (meant && after[motor] != expected(value, ceiling) && after[motor] != 0)
        found.wrong = "a duty that was not asked";
    }
    if (bench.reports.led() != led) found.wrong = "a change of the LED";
    if (bench.board.pressedButtons() != 0) found.wrong = "a button";
    if (!bench.board.sound()) found.wrong = "a value that differs from its complement";
  }

 private:
  Bench bench;
  Found& found;
  const uint8_t ceiling;
};

Message extendedMessage(uint8_t which, uint32_t value, unsigned bytes) {
  Message message;
  message.add(startSysex);
  message.add(firmata::extendedAnalog);
  message.add(which);
  for (unsigned byte = 0; byte < bytes; byte++) message.add(value >> 7 * byte & 0x7F);
  message.add(endSysex);
  return message;
}

void tryPin(Found& found, bool running, uint8_t which, uint32_t step) {
  // A board each, so that no budget of on-time is spent by starts and stops.
  Trial trial(found, running);
  for (uint32_t value = 0; value <= fourteenBits && !found.wrong; value += step) {
    if (which < 16) trial.tell(askMessage(which, value), which, value);
    trial.tell(extendedMessage(which, value, 2), which, value);
    trial.tell(extendedMessage(which, value | 1UL << 14, 3), which, UINT16_MAX);
  }
}

}  // namespace

int main(int count, char** words) {
  const uint32_t step = count > 1 ? strtoul(words[1], nullptr, 10) : 1;
  Found found;
  for (unsigned running = 0; running < 2; running++)
    for (unsigned which = 0; which < 128 && !found.wrong; which++) tryPin(found, running, which, step);
  if (found.wrong) {
    printf("%s\n", found.wrong);
    return 1;
  }
  printf("{\"messages\":%lu,\"kickMost\":%u,\"runningMost\":%u}\n", found.messages, found.kickMost,
         found.runningMost);
  return 0;
}
