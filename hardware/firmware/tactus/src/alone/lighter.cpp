#include "lighter.h"
#include "deadlines.h"

namespace alone {

bool hasLighterPace(const Context& context) {
  if (!hasPass(context)) return false;
  const Pass pass = passNow(context);
  return pass.hasOther && (context.usesOtherTechnique ? pass.ownIsLighter : pass.otherIsLighter);
}

bool offersLighter(const Changeable& context) {
  return context.lighterOfferedAt != none && context.movingSince != none;
}

// Whether the EASE that came with the offer can have been felt and weighed by `at`.
bool lessTakesLighter(const Changeable& context, Ms at) {
  return offersLighter(context) &&
         at >= context.lighterOfferedAt + cueMs(CueId::EASE) + bound::soonestAnswerMs;
}

void offerLighter(Context& context, Ms at) {
  if (hasLighterPace(context)) context.lighterOfferedAt = at;
}

void easedHere(Context& context, Ms at) {
  if (context.easesHere < bound::easesToOffer) context.easesHere++;
  // In a pause no EASE can tell of an offer: the next less, of hands that move, opens it.
  if (context.easesHere == bound::easesToOffer && context.lighterOfferedAt == none && context.movingSince != none)
    offerLighter(context, at);
}

void changeTechnique(Context& context, Ms at) {
  context.usesOtherTechnique = !context.usesOtherTechnique;
  context.easesHere = 0;
  notOffered(context);
  beginGrid(context, at);
}

void beginGrid(Context& context, Ms at) {
  context.gridAt = at;
  context.stroke = 0;
  context.strokesInPass = 0;
}

bool hasTaken(const Changeable& was, Ms at, Origin from, const Context& context) {
  return from == Origin::moving && was.passIndex == context.passIndex &&
         was.usesOtherTechnique != context.usesOtherTechnique && lessTakesLighter(was, at);
}

}  // namespace alone
