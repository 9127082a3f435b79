#include "conformance/judge/ruling.h"

#include "conformance/judge/judge.h"

namespace pinproof::conformance {

Ruling worst_of(const std::vector<Ruling>& rulings) {
  Ruling worst;
  for (const Ruling& ruling : rulings) {
    if (ruling.verdict == worst.verdict) {
      worst.evidence.insert(worst.evidence.end(), ruling.evidence.begin(), ruling.evidence.end());
    } else if (worse(ruling.verdict, worst.verdict) == ruling.verdict) {
      worst = ruling;
    }
  }
  std::sort(worst.evidence.begin(), worst.evidence.end());
  worst.evidence.erase(std::unique(worst.evidence.begin(), worst.evidence.end()), worst.evidence.end());
  return worst;
}

std::string words_of(Duration duration) { return sim::format_duration(duration); }

std::string words_of(std::int64_t count) { return std::to_string(count); }

}  // namespace pinproof::conformance
