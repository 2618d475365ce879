#include "zones.h"

namespace alone {

bool isWithin(Zone zone, Zone other) {
  if (zone == other) return true;
  if (other == Zone::buttocks) return isDeep(zone);
  return other == Zone::legBack && (zone == Zone::thighBack || zone == Zone::calf);
}

}  // namespace alone
