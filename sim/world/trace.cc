#include "sim/world/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace pinproof::sim {

Trace Trace::keeping(std::size_t kept_block) {
  Trace trace;
  trace.kept_block_ = kept_block;
  return trace;
}

void Trace::add(Instant now, std::uint64_t event, std::string_view text) {
  line_.clear();
  fmt::format_to(std::back_inserter(line_), "{} #{} {}", format_instant(now), event, text);
  if (sink_) sink_(line_);
  if (kept_block_ == lines_ / kTraceBlockLines) kept_.push_back(line_);
  line_.push_back('\n');
  all_.add(line_);
  block_.add(line_);
  if (++lines_ % kTraceBlockLines != 0) return;
  blocks_.push_back(block_.value());
  block_ = Digest();
}

std::vector<std::uint64_t> Trace::block_digests() const {
  std::vector<std::uint64_t> digests = blocks_;
  if (lines_ % kTraceBlockLines != 0) digests.push_back(block_.value());
  return digests;
}

namespace {

// The first place where two sequences differ, or where the shorter one ends; nothing when they are equal.
template <typename T>
std::optional<std::size_t> first_difference(const std::vector<T>& left, const std::vector<T>& right) {
  const auto [at, other] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (at == left.end() && other == right.end()) return std::nullopt;
  return static_cast<std::size_t>(at - left.begin());
}

std::optional<std::string> line_at(const std::vector<std::string>& lines, std::size_t at) {
  if (at >= lines.size()) return std::nullopt;
  return lines[at];
}

template <typename Get>
auto of_both(const TracedRun& left, const TracedRun& right, const Trace& beginning, Get get) {
  Trace of_left = beginning;
  left(of_left);
  Trace of_right = beginning;
  right(of_right);
  return std::pair(get(of_left), get(of_right));
}

}  // namespace

std::optional<Divergence> first_divergence(const TracedRun& left, const TracedRun& right) {
  const auto digests = of_both(left, right, Trace(), [](const Trace& trace) { return trace.block_digests(); });
  const auto block = first_difference(digests.first, digests.second);
  if (!block) return std::nullopt;
  const auto kept = of_both(left, right, Trace::keeping(*block), [](const Trace& trace) { return trace.kept(); });
  const std::uint64_t block_begin = *block * kTraceBlockLines + 1;
  const auto place = first_difference(kept.first, kept.second);
  if (!place) return Divergence{block_begin, std::nullopt, std::nullopt, false};
  return Divergence{block_begin + *place, line_at(kept.first, *place), line_at(kept.second, *place), true};
}

}  // namespace pinproof::sim
