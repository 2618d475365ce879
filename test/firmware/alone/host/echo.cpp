// Prints each memory as it was read: what a field's text loses would be lost to every other test.
#include "text.h"

int main() {
  alone::Memory memory;
  while (text::hasMore()) {
    if (text::next<int>() != 0) text::readPlan();
    text::read(memory);
    text::write(memory);
    text::endLine();
  }
}
