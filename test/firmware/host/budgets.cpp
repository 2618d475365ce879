// The bounds of a motor, counted by this file from what is driven at each tick.
#include "bench.h"
#include "claims.h"

namespace {

constexpr unsigned tickUsed = 1024;
constexpr unsigned windowTicks = 10000000UL / tickUsed;

// What any host may do in a quarter of an hour, or in a sample of it, by a seed: hold, stutter, stop, start again.
template <typename Seen>
void wildHost(uint32_t seed, unsigned ticks, Seen seen) {
  Bench bench;
  ready(bench);
  uint16_t left = 0;
  uint16_t right = 0;
  for (unsigned tick = 0; tick < ticks / Claim::shorter(); tick++) {
    seed = seed * 1664525UL + 1013904223UL;
    if ((seed >> 8) % 48 == 0) left = (seed >> 28) < 11 ? 100 + (seed >> 16) % 200 : 0;
    if ((seed >> 9) % 61 == 0) right = (seed >> 28) < 11 ? 100 + (seed >> 17) % 200 : 0;
    if (seed >> 20 == 1) bench.hear(systemReset);
    if (bench.board.state() == State::disarmed) {
      arm(bench);
      lease(bench, left, right);
    }
    ask(bench, left, right);
    if (tick % 40 == 0) lease(bench, left, right);
    bench.tick();
    seen(tick, bench);
  }
}

}  // namespace

CLAIM("no motor is on for more than 40 % of any 10 s, and the bound is reached") {
  for (uint32_t seed = 1; seed <= (Claim::shorter() > 1 ? 1 : 3); seed++) {
    static bool on[2][900000];
    unsigned sum[2] = {0, 0};
    unsigned most = 0;
    wildHost(seed, 900000, [&](unsigned tick, Bench& bench) {
      for (unsigned motor = 0; motor < 2; motor++) {
        on[motor][tick] = bench.board.driven(motor ? rightMotor : leftMotor) != 0;
        sum[motor] += on[motor][tick];
        if (tick >= windowTicks) sum[motor] -= on[motor][tick - windowTicks];
        if (sum[motor] > most) most = sum[motor];
      }
    });
    HOLDS(most * tickUsed <= 4000000UL);
    HOLDS(most * tickUsed > 3800000UL);
  }
}

CLAIM("no motor is driven for more than 2.5 s between two rests of 60 ms") {
  unsigned onTicks[2] = {0, 0};
  unsigned restedTicks[2] = {1000, 1000};
  unsigned most = 0;
  const auto seen = [&](unsigned, Bench& bench) {
    for (unsigned motor = 0; motor < 2; motor++) {
      if (bench.board.driven(motor ? rightMotor : leftMotor)) {
        if (restedTicks[motor] * tickUsed >= 60000) onTicks[motor] = 0;
        restedTicks[motor] = 0;
        if (++onTicks[motor] > most) most = onTicks[motor];
      } else {
        restedTicks[motor]++;
      }
    }
  };
  wildHost(7, 400000, seen);
  Bench bench;
  ready(bench);
  for (unsigned turn = 0; turn < 30 / Claim::shorter(); turn++) {
    for (unsigned tick = 0; tick < 4000; tick++) {
      if (tick % 50 == 0) {
        ask(bench, 150, 0);
        lease(bench, 150, 0);
      }
      bench.tick();
      seen(tick, bench);
    }
    hold(bench, 9000, 0, 0);
    onTicks[0] = 0;
  }
  HOLDS(most * tickUsed + tickJitterUs <= 2500000UL);
  HOLDS(most * tickUsed > 2480000UL);
}

CLAIM("no duty is above the kick ceiling, nor above the running ceiling after 60 ms of running") {
  unsigned onTicks[2] = {0, 0};
  unsigned restedTicks[2] = {1000, 1000};
  unsigned kicks = 0;
  wildHost(11, 400000, [&](unsigned, Bench& bench) {
    for (unsigned motor = 0; motor < 2; motor++) {
      const uint8_t duty = bench.board.driven(motor ? rightMotor : leftMotor);
      if (duty == 0) {
        restedTicks[motor]++;
        continue;
      }
      if (restedTicks[motor] * tickUsed >= 60000) onTicks[motor] = 0;
      restedTicks[motor] = 0;
      onTicks[motor]++;
      HOLDS(duty <= limit::kickDuty);
      kicks += duty > limit::runningDuty;
      HOLDS(duty <= limit::runningDuty || onTicks[motor] * tickUsed + tickJitterUs <= 60000);
    }
  });
  HOLDS(kicks > 1000 / Claim::shorter());
}

CLAIM("two motors never start within 60 ms of each other") {
  unsigned startedAt[2] = {0, 0};
  bool was[2] = {false, false};
  unsigned starts = 0;
  wildHost(13, 400000, [&](unsigned tick, Bench& bench) {
    for (unsigned motor = 0; motor < 2; motor++) {
      const bool is = bench.board.driven(motor ? rightMotor : leftMotor) != 0;
      if (is && !was[motor]) {
        HOLDS(startedAt[1 - motor] == 0 || (tick - startedAt[1 - motor]) * tickUsed >= 60000 - tickUsed);
        startedAt[motor] = tick;
        starts++;
      }
      was[motor] = is;
    }
  });
  HOLDS(starts > 1000 / Claim::shorter());
}

CLAIM("a motor waits 60 ms after the other, counted from the latest moment of its start, and no tick longer") {
  for (const bool leftFirst : {true, false}) {
    Bench bench;
    ready(bench);
    // Just before a tick, which so is counted whole though hardly any time of it has passed.
    bench.forUs(bench.tickAtUs - bench.nowUs - 1);
    const uint32_t startedUs = bench.nowUs;
    ask(bench, leftFirst ? 150 : 0, leftFirst ? 0 : 150);
    lease(bench, 150, 150);
    HOLDS((leftFirst ? bench.left() : bench.right()) == 150);
    ask(bench, 150, 150);
    HOLDS(!(bench.left() && bench.right()));
    while (!(bench.left() && bench.right()) && bench.nowUs - startedUs < 100000) bench.tick();
    HOLDS(bench.nowUs - startedUs >= 60000);
    HOLDS(bench.nowUs - startedUs < 60000 + tickUsed);
    HOLDS(bench.notes() & note::clippedStagger);
  }
}

CLAIM("a motor that is held stops before 2.5 s could be over, wherever in a tick it starts, and no tick sooner") {
  for (uint32_t phaseUs = 0; phaseUs < tickUsed; phaseUs += 64) {
    Bench bench;
    ready(bench);
    bench.forUs(bench.tickAtUs - bench.nowUs);
    bench.forUs(phaseUs);
    const uint32_t startedUs = bench.nowUs;
    ask(bench, 150, 0);
    lease(bench, 150, 0);
    HOLDS(bench.left() == 150);
    for (unsigned tick = 1; bench.left() && tick < 2600; tick++) {
      if (tick % 60 == 0) lease(bench, 150, 0);
      bench.tick();
    }
    // A tick may come that much nearer or farther than it is counted.
    const uint32_t ranUs = bench.nowUs - startedUs;
    HOLDS(ranUs + tickJitterUs <= 2500000UL);
    HOLDS(ranUs + phaseUs + tickJitterUs + tickUsed > 2500000UL);
    HOLDS(bench.notes() & note::clippedContinuous);
  }
}

CLAIM("a start that comes early is delayed, and noted where it is 8 ticks too early or more: more than a line can do") {
  // 32 bytes of something else on the line, and the tick that a start may lie before its count.
  constexpr unsigned unnotedTicks = 8;
  static_assert((unnotedTicks - 1) * tickUsed > 32 * byteUs && (unnotedTicks - 3) * tickUsed < 32 * byteUs, "so it is");
  for (unsigned waitedTicks = 0; waitedTicks <= staggerTicks; waitedTicks++) {
    History history;
    history.begin(false);
    Drive drive(history);
    for (unsigned tick = 0; tick < bootTicks; tick++) drive.tick();
    drive.ask(leftMotor, 150);
    drive.allow(leftMotor, 150);
    drive.settle();
    for (unsigned tick = 0; tick < waitedTicks; tick++) drive.tick();
    drive.ask(rightMotor, 150);
    drive.allow(rightMotor, 150);
    const bool isNoted = drive.settle() & note::clippedStagger;
    HOLDS((drive.driven(rightMotor) == 0) == (waitedTicks < staggerTicks));
    HOLDS(isNoted == (waitedTicks < staggerTicks - unnotedTicks));
  }
}

CLAIM("a drive that was silenced has nothing of what had run out: it begins again once it is rested") {
  History history;
  history.begin(false);
  Drive drive(history);
  for (unsigned tick = 0; tick < bootTicks; tick++) drive.tick();
  const auto run = [&] {
    drive.ask(leftMotor, 150);
    drive.allow(leftMotor, 150);
    return drive.settle();
  };
  run();
  uint16_t notes = 0;
  for (unsigned tick = 0; tick < 2600 && !notes; tick++) {
    drive.tick();
    notes = drive.settle();
  }
  HOLDS(notes & note::clippedContinuous);
  HOLDS(drive.driven(leftMotor) == 0);
  for (unsigned tick = 0; tick < bootTicks; tick++) drive.tick();
  run();
  HOLDS(drive.driven(leftMotor) == 0);
  drive.silence();
  run();
  HOLDS(drive.driven(leftMotor) == 150);
}

CLAIM("a start that is silenced within its tick counts as a whole one: no stutter is free") {
  History history;
  history.begin(false);
  Drive drive(history);
  for (unsigned tick = 0; tick < bootTicks; tick++) drive.tick();
  for (unsigned start = 0; start < 4000; start++) {
    HOLDS(start > 3800 || !history.spent(leftMotor));
    drive.ask(leftMotor, 150);
    drive.allow(leftMotor, 150);
    drive.settle();
    drive.silence();
    // A rest now and then: the longest drive is not what is counted here.
    for (unsigned tick = 0; start % 100 == 99 && tick < bootTicks; tick++) drive.tick();
  }
  HOLDS(history.spent(leftMotor));
}

CLAIM("what has run out of a budget stays off until the host asks for 0") {
  Bench bench;
  ready(bench);
  hold(bench, 2600, 150, 0);
  HOLDS(bench.left() == 0);
  HOLDS(bench.notes() & note::clippedContinuous);
  hold(bench, 500, 150, 0);
  HOLDS(bench.left() == 0);
  hold(bench, 100, 0, 0);
  hold(bench, 10, 150, 0);
  HOLDS(bench.left() == 150);
}

CLAIM("on-time counts over a restart of the firmware, and is forgotten with memory") {
  for (const bool remembered : {true, false}) {
    History history;
    history.begin(false);
    for (unsigned tick = 0; tick < 5000; tick++) {
      if (tick < 4000) history.count(leftMotor);
      history.tick();
    }
    HOLDS(history.spent(leftMotor));
    HOLDS(!history.spent(rightMotor));
    history.begin(remembered);
    HOLDS(history.spent(leftMotor) == remembered);
  }
}

CLAIM("on-time of a history that a reset cut in half is counted anew, and nonsense is forgotten") {
  uint8_t noise[sizeof(History)];
  uint32_t seed = 3;
  for (unsigned time = 0; time < 1000; time++) {
    for (uint8_t& byte : noise) {
      seed = seed * 1664525UL + 1013904223UL;
      byte = seed >> 24;
    }
    History history;
    memcpy(static_cast<void*>(&history), noise, sizeof noise);
    history.begin(true);
    for (unsigned tick = 0; tick < 11000; tick++) history.tick();
    // After a whole window without a count nothing is left, whatever was there.
    HOLDS(!history.spent(leftMotor) && !history.spent(rightMotor));
    for (unsigned tick = 0; tick < 3905; tick++) {
      HOLDS(!history.spent(leftMotor));
      history.count(leftMotor);
      history.tick();
    }
    HOLDS(history.spent(leftMotor));
  }
}
