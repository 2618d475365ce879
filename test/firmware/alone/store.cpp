// What a board keeps, on this machine: its EEPROM is an array, and the power can go at any write. Reads commands, one a
// line, and says what became of each.
#include "../../../hardware/firmware/tactus/src/alone/keep.h"
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
#include "../../../hardware/firmware/tactus/src/alone/eeprom.h"
#include "../../../hardware/firmware/tactus/src/alone/log.h"
#include "../../../hardware/firmware/tactus/src/alone/store.h"

using std::string;
using std::vector;

namespace {

constexpr int cells = 1024;
vector<uint8_t> memory(cells, 0xFF);
vector<int> writes(cells, 0);
// Writes until the power goes; -1: it stays. The write under way then leaves `torn` in its cell.
long untilCut = -1;
bool isOff = false;
uint8_t torn = 0;
bool armed = false;
bool busy = false;
int stepsAtOnce = 0;

void powerOn() {
  untilCut = -1;
  isOff = false;
}

uint8_t hexDigit(char sign) { return sign <= '9' ? sign - '0' : sign - 'a' + 10; }

vector<uint8_t> bytesOf(const string& hex) {
  vector<uint8_t> bytes;
  for (size_t at = 0; at + 1 < hex.size(); at += 2) bytes.push_back(hexDigit(hex[at]) << 4 | hexDigit(hex[at + 1]));
  return bytes;
}

template <typename Bytes>
string hexOf(const Bytes& bytes) {
  string hex;
  for (const uint8_t byte : bytes) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace

namespace alone {

uint8_t eepromRead(uint16_t address) {
  if (address >= cells) abort();
  return memory[address];
}

void eepromWrite(uint16_t address, uint8_t value) {
  if (address >= cells) abort();
  stepsAtOnce++;
  if (isOff || memory[address] == value) return;
  if (untilCut == 0) {
    memory[address] = torn;
    isOff = true;
    return;
  }
  if (untilCut > 0) untilCut--;
  memory[address] = value;
  writes[address]++;
}

bool isArmed() { return armed; }
bool isBusyAlone() { return busy; }

}  // namespace alone

namespace {

// Turns of the main loop until everything is written. No turn may write more than a byte.
void finish() {
  for (int turn = 0; turn < 100; turn++) {
    alone::keepStep();
    stepsAtOnce = 0;
    alone::storeStep();
    if (stepsAtOnce > 1) abort();
  }
  if (alone::isStoring()) abort();
}

string keep(const string& hex) {
  const vector<uint8_t> body = bytesOf(hex);
  if (!alone::obeyKeep(body.data(), body.size())) return "damaged";
  finish();
  if (!alone::keptWaits()) return "silent";
  Transmit ring;
  Writer writer(ring);
  alone::writeKept(writer);
  vector<uint8_t> answer;
  while (!ring.empty()) answer.push_back(ring.take());
  if (answer.size() != alone::keptSize) abort();
  return hexOf(answer);
}

string paceOf(const alone::Pace& pace) {
  std::ostringstream to;
  to << pace.strokeMs << ' ' << pace.returnMs << ' ' << pace.periodMs << ' ' << int(pace.pulls) << ' '
     << pace.ascentReturnMs;
  return to.str();
}

string planOf(const alone::Plan& plan) {
  std::ostringstream to;
  const alone::Rules rules = plan.rules();
  to << plan.hash() << ' ' << plan.bytes() << ' ' << rules.checkInEveryMs << ' ' << rules.checkInTimeoutMs << ' '
     << rules.riseDwellMs << ' ' << rules.capMs << ' ' << rules.strokeCues << rules.hasBath << rules.hasOil
     << rules.hasReceiver << int(rules.receiver);
  for (int care = 0; care < 2; care++) {
    to << " | ";
    for (int index = 0; index < plan.count(care); index++) {
      const alone::Entry entry = plan.entry(care, index);
      to << int(entry.work) << ':' << int(entry.place) << ':' << entry.durationMs << ' ';
    }
  }
  for (int number = 0; number < plan.count(false); number++) {
    const alone::Pass pass = plan.pass(number);
    to << (number ? " | " : "| ") << int(pass.phase) << ' ' << int(pass.stage) << ' ' << int(pass.zone) << ' ' << int(pass.side) << ' '
       << int(pass.position) << ' ' << int(pass.direction) << ' ' << pass.durationMs << ' ' << pass.leastMs << ' '
       << pass.mostMs << ' ' << int(pass.pressureStart) << ' ' << int(pass.pressureMax) << ' ' << paceOf(pass.pace)
       << ' ' << pass.hasOther << ' ' << (pass.hasOther ? paceOf(pass.other) : "-") << ' ' << pass.otherIsLighter
       << pass.ownIsLighter << ' ' << int(pass.dosage) << pass.isLong;
  }
  return to.str();
}

// What is there after a start: hashes of the routines, settings, how the last session went.
string stateOf() {
  std::ostringstream to;
  const int count = alone::loadedRoutines();
  to << count;
  for (int index = 0; index < count; index++) to << ',' << alone::loadedRoutine(index).hash();
  const alone::Settings settings = alone::settings();
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(&settings);
  to << ' ' << hexOf(vector<uint8_t>(bytes, bytes + sizeof settings)) << ' ' << int(alone::lastSession());
  return to.str();
}

string logHex() {
  return hexOf(vector<uint8_t>(memory.begin() + alone::kept::logAt, memory.begin() + alone::kept::routinesAt));
}

string obeyLine(const string& line);

vector<string> script;
bool isWriting = false;

// The script with each of its writes cut, or each so many'th, from the same memory each time; once more with none.
void cuts(unsigned seed, long each) {
  const vector<uint8_t> before = memory;
  for (long cut = 0;; cut += each) {
    memory = before;
    untilCut = cut;
    seed = seed * 1103515245 + 12345;
    torn = seed >> 16;
    for (const string& line : script) obeyLine(line);
    finish();
    const bool wasCut = isOff;
    powerOn();
    std::cout << "cut " << stateOf() << ' ' << logHex() << '\n';
    if (!wasCut) break;
  }
}

void flips(unsigned seed, int count) {
  const vector<uint8_t> before = memory;
  for (int round = 0; round < count; round++) {
    memory = before;
    seed = seed * 1103515245 + 12345;
    const unsigned bit = (seed >> 8) % (cells * 8);
    memory[bit / 8] ^= 1 << bit % 8;
    std::cout << "flip " << bit / 8 << ' ' << stateOf() << '\n';
  }
  memory = before;
}

string obeyLine(const string& line) {
  std::istringstream words(line);
  string word;
  words >> word;
  long a = 0;
  long b = 0;
  long c = 0;
  string hex;
  if (word == "keep") {
    words >> hex;
    return keep(hex);
  }
  if (word == "memory") {
    words >> hex;
    memory = bytesOf(hex);
    memory.resize(cells, 0xFF);
    return "ok";
  }
  if (word == "dump") return hexOf(memory);
  if (word == "state") return stateOf();
  if (word == "log") return logHex();
  if (word == "armed") return words >> a, armed = a, "ok";
  if (word == "busy") return words >> a, busy = a, "ok";
  if (word == "plan") {
    words >> a >> b;
    return planOf(alone::Plan(a, b));
  }
  if (word == "sound") {
    words >> a >> b;
    return alone::Plan(a, false).isSound(b) ? "sound" : "unsound";
  }
  if (word == "begin") {
    words >> a >> b;
    const bool hasBegun = alone::beginLog(a, b);
    finish();
    return hasBegun ? "ok" : "busy";
  }
  if (word == "one") return words >> a, alone::logOne(static_cast<alone::Logged>(a)), "ok";
  if (word == "here") return words >> a, alone::logHere(static_cast<alone::HereBand>(a)), "ok";
  if (word == "leg") return words >> a, alone::logLeg(static_cast<alone::LegBand>(a)), "ok";
  if (word == "moved") {
    words >> a >> b >> c;
    alone::logMoved(static_cast<alone::Stage>(a), static_cast<alone::Side>(b), c);
    return "ok";
  }
  if (word == "minute") return words >> a, alone::logMinute(a), finish(), "ok";
  if (word == "seal") {
    long outcome = 0;
    words >> outcome >> a >> b >> c;
    alone::sealLog({static_cast<alone::Outcome>(outcome), a >= 0, static_cast<alone::Reason>(a < 0 ? 0 : a), b >= 0,
                    static_cast<alone::Fault>(b < 0 ? 0 : b), static_cast<uint16_t>(c)});
    finish();
    return "ok";
  }
  if (word == "wear") {
    int most = 0;
    words >> a >> b;
    for (long at = a; at < b; at++) most = writes[at] > most ? writes[at] : most;
    return std::to_string(most);
  }
  if (word == "unworn") return std::fill(writes.begin(), writes.end(), 0), "ok";
  return "unknown " + word;
}

}  // namespace

int main() {
  string line;
  while (std::getline(std::cin, line)) {
    if (line == "script") {
      script.clear();
      isWriting = true;
    } else if (line.compare(0, 5, "cuts ") == 0) {
      isWriting = false;
      std::istringstream numbers(line.substr(5));
      unsigned seed = 0;
      long each = 1;
      numbers >> seed >> each;
      cuts(seed, each);
    } else if (line.compare(0, 6, "flips ") == 0) {
      flips(strtoul(line.c_str() + 6, nullptr, 10), 200);
    } else if (isWriting) {
      script.push_back(line);
    } else {
      std::cout << obeyLine(line) << std::endl;
    }
  }
}
