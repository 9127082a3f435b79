#include "sim/gateway/exit_picker.h"

namespace pinproof::sim {
namespace {

// Blind draws before looking at every candidate: nearly always enough, and a pool of 100,000 is then never walked.
constexpr int kBlindDraws = 8;

constexpr CandidatesId kNone{0};

std::string name_of(const ExitFilter& wanted) {
  std::string name;
  if (wanted.type) name += to_string(*wanted.type);
  for (const std::string* part : {&wanted.region, &wanted.state, &wanted.city}) name.append("|").append(*part);
  if (wanted.asn) name.append("|").append(std::to_string(*wanted.asn));
  return name;
}

}  // namespace

ExitPicker::ExitPicker(const std::vector<Exit>& exits, Random random)
    : exits_(exits), random_(random), candidates_(1), filters_(1) {}

CandidatesId ExitPicker::candidates(const ExitFilter& wanted) {
  std::string name = name_of(wanted);
  if (const std::uint32_t* known = known_.find(name)) return CandidatesId{*known};
  std::vector<ExitId> matching;
  for (std::size_t i = 0; i < exits_.size(); ++i) {
    if (wanted.matches(exits_[i])) matching.push_back(static_cast<ExitId>(i));
  }
  if (matching.empty()) return kNone;
  const auto id = static_cast<std::uint32_t>(candidates_.size());
  candidates_.push_back(std::move(matching));
  filters_.push_back(wanted);
  known_.insert(std::move(name), id);
  return CandidatesId{id};
}

ExitId ExitPicker::pick(CandidatesId among, const std::function<bool(ExitId)>& acceptable) {
  const std::vector<ExitId>& all = candidates_[static_cast<std::size_t>(among)];
  if (all.empty()) return kNoExit;
  for (int draw = 0; draw < kBlindDraws; ++draw) {
    const ExitId exit = all[random_.below(all.size())];
    if (acceptable(exit)) return exit;
  }
  std::vector<ExitId> left;
  for (const ExitId exit : all) {
    if (acceptable(exit)) left.push_back(exit);
  }
  return left.empty() ? kNoExit : left[random_.below(left.size())];
}

ExitId ExitPicker::pick_free(CandidatesId among, const std::function<bool(ExitId)>& acceptable, Instant now,
                             const std::function<Instant(ExitId)>& free_at) {
  const ExitId free = pick(among, [&](ExitId exit) { return free_at(exit) <= now && acceptable(exit); });
  if (free != kNoExit) return free;
  ExitId first = kNoExit;
  for (const ExitId exit : candidates_[static_cast<std::size_t>(among)]) {
    if (acceptable(exit) && (first == kNoExit || free_at(exit) < free_at(first))) first = exit;
  }
  return first;
}

}  // namespace pinproof::sim
