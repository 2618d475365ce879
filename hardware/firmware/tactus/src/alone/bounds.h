// The limits of a session, in ms unless a name says otherwise.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include <stdint.h>

namespace alone {

namespace bound {
constexpr int32_t easedMs = 60000;
constexpr int32_t easesToOffer = 2;
constexpr int32_t extendMs = 60000;
constexpr int32_t longPauseMs = 120000;
constexpr int32_t longestPauseMs = 600000;
constexpr int32_t lightStrokes = 3;
constexpr int32_t askEveryMs = 6000;
constexpr int32_t firmerMs = 4000;
constexpr int32_t soonestAnswerMs = 600;
constexpr int32_t toldAnewMs[] = {1000, 2000, 3000, 5000};
constexpr int32_t takeBackMs = 300;
constexpr int32_t undoMs = 5000;
constexpr int32_t checkInSettleMs = 20000;
constexpr int32_t askOffsetMs = 600;
constexpr int32_t checkInAgainMs = 10000;
constexpr int32_t checkInRoomMs = 15000;
constexpr int32_t checkInTogetherMs = 20000;
constexpr int32_t answerMs = 25000;
constexpr int32_t turnMsUsual = 15000;
constexpr int32_t turnMsLongest = 60000;
constexpr int32_t transitionAskMs = 60000;
constexpr int32_t transitionAsks = 3;
constexpr int32_t afterStopMs = 300000;
constexpr int32_t faultedMs = 600000;
constexpr int32_t announceMs = 1000;
constexpr int32_t finishAnnouncements = 3;
constexpr int32_t finishEveryMs = 10000;
constexpr int32_t apartMs = 200;
constexpr int32_t fullCues = 6;
constexpr int32_t fastPeriodMs = 3000;
constexpr int32_t fastGroup = 8;
constexpr int32_t lastStrokes = 3;
constexpr int32_t lastTapMs = 500;
constexpr int32_t lastTapReturnMs = 1000;
}  // namespace bound

namespace motor {
constexpr int32_t runningDuty = 153;
constexpr int32_t kickDuty = 184;
constexpr int32_t kickMaxMs = 60;
constexpr int32_t kickMs = 40;
constexpr int32_t continuousMaxMs = 2500;
constexpr int32_t shareWindowMs = 10000;
constexpr int32_t staggerMs = 60;
constexpr int32_t leadMs = 40;
constexpr int32_t cueSharePercent = 20;
}  // namespace motor

namespace lease {
constexpr int32_t leaseMs = 250;
constexpr int32_t beatMs = 100;
constexpr int32_t engageAheadMs = 1000;
constexpr int32_t engageRenewMs = 500;
constexpr int32_t staleStatusMs = 400;
constexpr int32_t armLapseMs = 1000;
}  // namespace lease

namespace gesture {
constexpr int32_t doubleMs = 400;
constexpr int32_t holdMs = 1000;
constexpr int32_t receiverHoldMs = 800;
constexpr int32_t tripleMs = 3000;
constexpr int32_t chatterMs = 40;
constexpr int32_t tapMs = 800;
}  // namespace gesture

namespace chord {
constexpr int32_t holdMs = 3000;
}  // namespace chord

namespace haste {
constexpr int32_t confirming = 1000;
constexpr int32_t answering = 900;
}  // namespace haste

namespace card {
constexpr int32_t cards = 6;
}  // namespace card

namespace blink {
constexpr int32_t halfMsGoing = 2000;
constexpr int32_t halfMsAsking = 500;
constexpr int32_t halfMsAskingForStop = 500;
constexpr int32_t halfMsStopped = 250;
}  // namespace blink

namespace routine {
constexpr int32_t pressureMost = 4;
constexpr int32_t checkInTimeoutLeastS = 15;
constexpr int32_t piriformisS = 180;
constexpr int32_t vibrationS = 120;
constexpr int32_t inputGridMs = 20;
}  // namespace routine

}  // namespace alone
