// A whole board that plays by itself, on this machine: the firmware's pure parts tied together as the sketch ties them,
// with a clock that goes by ticks, buttons pressed at their times, an EEPROM, and everything it tells written out.
//
//   eeprom ADDRESS HEX     what it holds there
//   edge MS BUTTON DOWN    in order; of the board's own time
//   rest DAYS              in which nothing happens: the clock jumps
//   run MS                 until then; then the next lines count
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
#include "../../../../hardware/firmware/tactus/board.h"
#include "../../../../hardware/firmware/tactus/history.h"
#include "../../../../hardware/firmware/tactus/src/alone/eeprom.h"
#include "../../../../hardware/firmware/tactus/src/alone/player.h"
#include "../../../../hardware/firmware/tactus/src/alone/store.h"
#include "../../../../hardware/firmware/tactus/src/alone/trace.h"

namespace {

constexpr uint16_t epochHere = 7;
constexpr int cells = 4096;
std::vector<uint8_t> memory(cells, 0xFF);
std::string traced;
History history;

}  // namespace

Board board(history);

namespace {

struct Edge {
  uint64_t atUs;
  uint8_t bit;
  bool down;
};
std::vector<Edge> edges;
size_t nextEdge = 0;
uint64_t nowUs = 0;
uint32_t restedMs = 0;
uint8_t pressed = 0;
uint8_t shown[2] = {0, 0};
bool wasLit = false;

void tellTrace() {
  if (!traced.empty()) std::printf("trace %s\n", traced.c_str());
  traced.clear();
}

void tick() {
  nowUs += tickUs;
  while (nextEdge < edges.size() && edges[nextEdge].atUs <= nowUs) {
    const Edge& edge = edges[nextEdge++];
    pressed = edge.down ? pressed | edge.bit : pressed & ~edge.bit;
  }
  board.tick(pressed, static_cast<uint8_t>(nowUs));
  alone::Seen seen;
  const State state = board.state();
  seen.boardMs = board.nowMs() + restedMs;
  seen.pressed = board.buttonsDown();
  seen.hindrances = board.hindrances();
  seen.isLocked = state == State::locked;
  seen.isStopped = state == State::stopped;
  seen.isEngaged = state == State::armed || state == State::leased;
  alone::playOn(seen);
  alone::storeStep();
  tellTrace();
  const uint8_t left = board.driven(leftMotor);
  const uint8_t right = board.driven(rightMotor);
  if (left != shown[0] || right != shown[1]) std::printf("duty %.3f %u %u\n", nowUs / 1000.0, left, right);
  shown[0] = left;
  shown[1] = right;
  if (alone::isLit() != wasLit) std::printf("light %.3f %d\n", nowUs / 1000.0, alone::isLit());
  wasLit = alone::isLit();
}

}  // namespace

namespace alone {

uint8_t eepromRead(uint16_t address) { return memory.at(address); }
void eepromWrite(uint16_t address, uint8_t value) { memory.at(address) = value; }
bool eepromIsFree() { return true; }
void put(uint8_t byte) {
  traced += "0123456789abcdef"[byte >> 4];
  traced += "0123456789abcdef"[byte & 15];
}

}  // namespace alone

int main() {
  bool hasBegun = false;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    if (what == "eeprom") {
      unsigned at;
      std::string hex;
      words >> at >> hex;
      for (size_t index = 0; index + 1 < hex.size(); index += 2)
        memory.at(at + index / 2) = static_cast<uint8_t>(std::stoi(hex.substr(index, 2), nullptr, 16));
    } else if (what == "edge") {
      double atMs;
      unsigned button;
      int down;
      words >> atMs >> button >> down;
      edges.push_back({static_cast<uint64_t>(atMs * 1000), static_cast<uint8_t>(1 << button), down != 0});
    } else if (what == "rest") {
      // A tick for each, which is all of its time that goes by: its buttons have theirs.
      unsigned days;
      words >> days;
      for (; days-- > 0; tick()) restedMs += 86400000;
    } else if (what == "run") {
      double untilMs;
      words >> untilMs;
      if (!hasBegun) {
        hasBegun = true;
        history.begin(false);
        board.begin(epochHere, false, 0, 99, true);
        board.saw(supply, 230);
        board.saw(leftAtRest, 1023);
        board.saw(rightAtRest, 1023);
        // A switch that has been released for a while.
        for (int count = 0; count < 40; count++) board.tick(0, 0);
        alone::beginPlayer(board.nowMs());
        tellTrace();
      }
      const uint64_t untilUs = static_cast<uint64_t>(untilMs * 1000);
      while (nowUs < untilUs) tick();
      std::printf("ran %.3f\n", nowUs / 1000.0);
    }
  }
  return 0;
}
