#include "conformance/judge/facts/exit_log.h"

#include <algorithm>

namespace pinproof::conformance {
namespace {

// Enough for every loss that can still matter to a live window; older ones run together, so that memory stays bounded.
constexpr std::size_t kKept = 256;

Instant later(Instant instant, Duration by) { return instant > sim::kNever - by ? sim::kNever : instant + by; }

}  // namespace

bool ExitLog::before(const Moment& one, const Moment& other) const {
  if (one.order != 0 && other.order != 0) return one.order < other.order;
  return later(one.at, tolerance_) < other.at;
}

void ExitLog::record(const ExitActed& acted) {
  Outages::value_type& entry = *outages_.try_emplace(acted.exit).first;
  std::vector<Outage>& outages = entry.second;
  if (std::find(lately_down_.begin(), lately_down_.end(), &entry) == lately_down_.end()) {
    lately_down_.push_back(&entry);
  }
  const Moment now{acted.at, acted.order};
  // Whatever held until now ends here: restored, or replaced by what is done now. A reset leaves the exit as it was.
  if (acted.action != sim::ExitAction::kReset) {
    for (Outage& outage : outages) {
      if (outage.to.at > acted.at) outage.to = now;
    }
  }
  if (outages.size() == kKept) {
    // The oldest two become one, in which the exit may have been lost at any time.
    outages[1] = {outages[0].from, outages[1].to, false};
    outages.erase(outages.begin());
  }
  switch (acted.action) {
    case sim::ExitAction::kRestore:
      break;
    case sim::ExitAction::kReset:
      outages.push_back({now, now, false});
      break;
    case sim::ExitAction::kDrop:
    case sim::ExitAction::kFail:
    case sim::ExitAction::kSlow:
    case sim::ExitAction::kBlackhole: {
      const Moment end = acted.lasting ? later(acted.at, *acted.lasting) : sim::kNever;
      // With a count it may be over after any request, and only the exit knows.
      outages.push_back({now, end, acted.action == sim::ExitAction::kDrop && !acted.count});
      break;
    }
  }
}

bool ExitLog::maybe_lost(const std::string& exit, Moment from, Moment to) const {
  const auto found = outages_.find(exit);
  if (found == outages_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](const Outage& outage) { return !before(to, outage.from) && !before(outage.to, from); });
}

bool ExitLog::surely_up(const std::string& exit, Moment from, Moment to) const {
  const auto found = outages_.find(exit);
  if (found == outages_.end()) return true;
  return std::none_of(found->second.begin(), found->second.end(), [&](const Outage& outage) {
    const bool reset = outage.from.at == outage.to.at && !outage.refuses;
    return !reset && !before(to, outage.from) && !before(outage.to, from);
  });
}

bool ExitLog::down_throughout(const std::string& exit, Moment from, Moment to) const {
  const auto found = outages_.find(exit);
  return found != outages_.end() && down_throughout(found->second, from, to);
}

bool ExitLog::down_throughout(const std::vector<Outage>& outages, Moment from, Moment to) const {
  return std::any_of(outages.begin(), outages.end(), [&](const Outage& outage) {
    return outage.refuses && before(outage.from, from) && before(to, outage.to);
  });
}

bool ExitLog::other_lost(const std::string& exit, Moment from, Moment to) const {
  const auto began = [&](const Outage& outage) { return !before(outage.from, from) && !before(to, outage.from); };
  return std::any_of(outages_.begin(), outages_.end(), [&](const auto& entry) {
    return entry.first != exit && std::any_of(entry.second.begin(), entry.second.end(), began);
  });
}

std::vector<const std::string*> ExitLog::down_throughout(Moment from, Moment to) const {
  std::vector<const std::string*> down;
  down.reserve(lately_down_.size());
  std::erase_if(lately_down_, [&](const Outages::value_type* entry) {
    const auto& [exit, outages] = *entry;
    if (down_throughout(outages, from, to)) down.push_back(&exit);
    return outages.empty() || later(outages.back().to.at, kDownKept) < from.at;
  });
  return down;
}

}  // namespace pinproof::conformance
