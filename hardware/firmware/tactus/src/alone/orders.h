// What a session orders and marks: `machines/session.orders.ts`. Each tells `emit`.
#pragma once
#include "context.h"

namespace alone {

void orderStroke(const Context& context, Ms at);
void orderEngage(Ms at);
void orderArm(Ms at);
void orderHush();
void orderQuiet();
void orderStrokeOver();
void orderAnnouncement(Ms at);
void orderTurn(const Context& context, Ms at);
void orderFinish(Ms at);
void orderAsk(const Context& context, Ms at);
void orderWaiting(Ms at);
void orderStop(Ms at);
void orderHeard(Ms at);
void orderHeardLater(const Context& context, Ms at);
// EASE that answers: `why` is eased, refused or lightest.
void orderEase(Ms at, CueWhy why);

bool questionIsFelt(const Context& context, Ms at);
bool isBeingTold(const Context& context, Ms at);
bool leavesUnfelt(const Context& context, Question question, Ms at);

// Marks of each side whose pressure is another than it was.
void markPressure(const uint8_t (&was)[bodySides], const Context& context, PressureChange why);

}  // namespace alone
