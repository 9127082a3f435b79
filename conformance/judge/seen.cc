#include "conformance/judge/seen.h"

#include <algorithm>
#include <type_traits>

#include "conformance/history/labels.h"

namespace pinproof::conformance {
namespace {

template <class Saw>
const std::vector<Saw>& of_token(const std::map<std::string, std::vector<Saw>>& all, const std::string& token) {
  static const std::vector<Saw> none;
  const auto found = all.find(token);
  return found == all.end() ? none : found->second;
}

}  // namespace

std::vector<Try> tries_of(const std::vector<UpstreamSaw>& saw) {
  std::vector<Try> tries;
  std::map<std::string, int> open;  // forwarded and not ended, by exit
  for (const UpstreamSaw& one : saw) {
    int& under_way = open[one.exit];
    switch (one.event) {
      case UpstreamEvent::kRefused:
        tries.push_back({one.exit, one.at, false});
        break;
      case UpstreamEvent::kForwarded:
        tries.push_back({one.exit, one.at, true});
        ++under_way;
        break;
      case UpstreamEvent::kFailed:
        if (under_way == 0) tries.push_back({one.exit, one.at, true});
        under_way = std::max(under_way - 1, 0);
        break;
      case UpstreamEvent::kReset:
      case UpstreamEvent::kClosed:
      case UpstreamEvent::kAnswered:
        under_way = std::max(under_way - 1, 0);
        break;
    }
  }
  return tries;
}

std::vector<std::uint64_t> Subject::ids() const {
  std::vector<std::uint64_t> ids;
  for (const Observation* const seen : observations) ids.push_back(seen->id);
  for (const ApiCall* const call : calls) ids.push_back(call->id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

void Seen::add(const Record& record) {
  const auto keep = [this](auto& kept, const auto& labelled) {
    if (labelled.label.empty()) return;
    kept.insert_or_assign(labelled.label, labelled);
    if (const auto burst = burst_of_label(labelled.label); !burst.empty())
      bursts_[std::string(burst)].push_back(labelled.label);
  };
  std::visit(
      [&](const auto& said) {
        using Said = std::decay_t<decltype(said)>;
        if constexpr (std::is_same_v<Said, Observation>) keep(observations_, said);
        if constexpr (std::is_same_v<Said, ApiCall>) keep(calls_, said);
        if constexpr (std::is_same_v<Said, UpstreamSaw>) upstreams_[said.token].push_back(said);
        if constexpr (std::is_same_v<Said, OriginSaw>) origin_[said.token].push_back(said);
        if constexpr (std::is_same_v<Said, JournalComplete>) journals_until_ = said.at;
      },
      record);
}

Subject Seen::find(const std::string& label) const {
  Subject subject;
  const auto add = [&](const std::string& one) {
    if (const auto seen = observations_.find(one); seen != observations_.end())
      subject.observations.push_back(&seen->second);
    if (const auto call = calls_.find(one); call != calls_.end()) subject.calls.push_back(&call->second);
  };
  add(label);
  if (const auto burst = bursts_.find(label); burst != bursts_.end()) {
    for (const std::string& one : burst->second) add(one);
  }
  const auto by_id = [](const auto* left, const auto* right) { return left->id < right->id; };
  std::sort(subject.observations.begin(), subject.observations.end(), by_id);
  std::sort(subject.calls.begin(), subject.calls.end(), by_id);
  return subject;
}

Subject Seen::find(const Labels& labels) const {
  Subject all;
  for (const std::string& label : labels) {
    const Subject one = find(label);
    all.observations.insert(all.observations.end(), one.observations.begin(), one.observations.end());
    all.calls.insert(all.calls.end(), one.calls.begin(), one.calls.end());
  }
  return all;
}

const std::vector<UpstreamSaw>& Seen::upstreams(const std::string& token) const { return of_token(upstreams_, token); }

const std::vector<OriginSaw>& Seen::origin(const std::string& token) const { return of_token(origin_, token); }

bool Seen::journals_reach(const Observation& seen) const {
  return journals_until_ && *journals_until_ >= seen.ended_at;
}

ServedBy Seen::served_by(const Observation& seen) const {
  if (!seen.exit_by_origin.empty()) return {seen.exit_by_origin, false};
  if (const auto& saw = origin(seen.token); !seen.token.empty() && !saw.empty()) return {saw.back().from, false};
  if (!seen.token.empty()) {
    const std::vector<Try> tries = tries_of(upstreams(seen.token));
    const auto reached = std::find_if(tries.rbegin(), tries.rend(), [](const Try& one) { return one.reached; });
    if (reached != tries.rend()) return {reached->exit, false};
  }
  return {seen.exit_by_header, true};
}

}  // namespace pinproof::conformance
