#include "conformance/explore/exploration.h"

namespace pinproof::conformance {

std::string_view to_string(Ended ended) {
  switch (ended) {
    case Ended::kAllPlayed:
      return "all played";
    case Ended::kAtAFinding:
      return "at a finding";
    case Ended::kOutOfTime:
      return "out of time";
    case Ended::kInterrupted:
      return "interrupted";
    case Ended::kTargetLost:
      break;
  }
  return "target lost";
}

}  // namespace pinproof::conformance
