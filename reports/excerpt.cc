#include "reports/excerpt.h"

#include <algorithm>

namespace pinproof::reports {
namespace {

/// Exchanges shown before and after each one that proves something.
constexpr std::size_t kContextLines = 2;

}  // namespace

std::vector<ExcerptLine> excerpt(const std::vector<ExchangeLine>& exchanges, const std::set<std::uint64_t>& proof,
                                 bool whole) {
  const auto proves = [&proof](const ExchangeLine& line) {
    return proof.empty() ? line.evidence : proof.contains(line.observation);
  };
  std::vector<bool> is_shown(exchanges.size(), whole);
  for (std::size_t i = 0; i < exchanges.size(); ++i) {
    if (!proves(exchanges[i])) continue;
    const std::size_t from = i < kContextLines ? 0 : i - kContextLines;
    const std::size_t to = std::min(i + kContextLines + 1, exchanges.size());
    for (std::size_t shown = from; shown < to; ++shown) is_shown[shown] = true;
  }
  std::vector<ExcerptLine> lines;
  for (std::size_t i = 0; i < exchanges.size(); ++i) {
    if (is_shown[i]) {
      lines.push_back({&exchanges[i], proves(exchanges[i]), 0});
    } else if (lines.empty() || lines.back().exchange != nullptr) {
      lines.push_back({nullptr, false, 1});
    } else {
      ++lines.back().left_out;
    }
  }
  return lines;
}

}  // namespace pinproof::reports
