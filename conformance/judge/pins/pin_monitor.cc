#include "conformance/judge/pins/pin_monitor.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>

#include "conformance/judge/pins/list_step.h"
#include "conformance/judge/pins/pin_rules.h"
#include "conformance/judge/pins/pin_samples.h"

namespace pinproof::conformance {
namespace {

bool any_fails(const Holdings& holdings) {
  return std::any_of(holdings.begin(), holdings.end(),
                     [](const Holding& holding) { return holding.verdict == Verdict::kFail; });
}

const Holding* about(const Holdings& holdings, std::string_view requirement, Verdict verdict) {
  const auto found = std::find_if(holdings.begin(), holdings.end(), [&](const Holding& holding) {
    return holding.requirement == requirement && holding.verdict == verdict;
  });
  return found == holdings.end() ? nullptr : &*found;
}

// Sessions of user names are listed by what the names say.
bool may_be(const ListedSession& row, const Asked& asked, const Vocabulary& words) {
  const std::map<std::string_view, std::string_view> said{{"session", asked.session},
                                                          {"region", asked.where.region},
                                                          {"state", asked.where.state},
                                                          {"city", asked.where.city}};
  bool named = false;
  for (const auto& [part, name] : words.listed) {
    const auto part_said = said.find(part);
    const auto shown = row.fields.find(name);
    if (part_said == said.end() || part_said->second.empty() || shown == row.fields.end()) continue;
    if (shown->second != part_said->second) return false;
    named = named || part == "session";
  }
  return named;
}

const Span kAfterAll{Instant::max(), Instant::max(), Instant::max(), std::numeric_limits<std::uint64_t>::max(), 0};

}  // namespace

void PinMonitor::exchange(const ExchangePtr& shared) {
  const Exchange& exchange = *shared;
  judge_finished(span_of(exchange, Duration{}));
  const Asked* const asked = exchange.asked.get();
  if (asked == nullptr || !asked->sticky() || !asked->breaks.empty()) return;
  if (exchange.seen.credentials != CredentialFault::kNone) return;
  if (open_.size() == kOpenMax) judge_finished(kAfterAll);
  Group& group = groups_[asked->key];
  const bool overlapping = std::any_of(group.exchanges.begin(), group.exchanges.end(),
                                       [&](const ExchangePtr& other) { return exchange.overlaps(*other); });
  if (!overlapping) judge_group(group);
  group.exchanges.push_back(shared);
  ++group.open;
  open_.push_back(shared);
}

void PinMonitor::api_call(const ApiCall& call) {
  const Span span = span_of(call);
  judge_finished(span);
  if (call.operation == ApiOperation::kList) return judge_list(call);
  if (call.operation != ApiOperation::kDelete || call.user_name.empty() || call.credentials != CredentialFault::kNone)
    return;
  const bool refused = call.result == ApiResult::kAnswered && call.status >= 400;
  if (refused) return;
  const std::string key = call.account + '\n' + call.user_name;
  const bool answered = call.result == ApiResult::kAnswered && call.status < 300;
  book_.end(key, answered && !groups_.contains(key));
}

void PinMonitor::judge_list(const ApiCall& call) {
  const bool told = call.result == ApiResult::kAnswered && call.status == 200 && !call.malformed;
  if (!told || call.credentials != CredentialFault::kNone || !call.user_name.empty()) return;
  for (const PinBook::Known& known : book_.known(call.account)) {
    if (!known.alone || groups_.contains(known.asked->key)) continue;
    ListStep step{*known.asked, *known.pin};
    step.over = call.sent_at > known.pin->ends_to() + header_.tolerance;
    if (!step.over && call.answered_at + header_.tolerance >= known.pin->ends_from()) continue;
    step.maybe_lost =
        log_.maybe_lost(known.pin->exit, known.pin->last_ok_sent, {call.answered_at, call.answered_order});
    step.whole_window = !known.pin->repinned || header_.readings.at("repin_moves_started_at") == "yes";
    for (const ListedSession& row : call.listed) {
      if (may_be(row, *known.asked, header_.vocabulary)) step.rows.push_back(&row);
    }
    Holdings holdings;
    h_ext_3(step, holdings);
    for (const Holding& holding : holdings) tally_.add(holding, call.id);
  }
}

void PinMonitor::judge_finished(const Span& next) {
  while (!open_.empty() && span_of(*open_.front(), Duration{}).before(next)) {
    const auto group = groups_.find(open_.front()->asked->key);
    if (--group->second.open == 0) {
      judge_group(group->second);
      groups_.erase(group);
    }
    open_.pop_front();
  }
}

void PinMonitor::judge_group(Group& group) {
  // The announced ones first: that order is the gateway's best case.
  if (group.exchanges.size() > 1) {
    std::stable_sort(group.exchanges.begin(), group.exchanges.end(),
                     [](const auto& left, const auto& right) { return left->announced && !right->announced; });
  }
  for (const ExchangePtr& exchange : group.exchanges) judge(*exchange);
  group.exchanges.clear();
}

void PinMonitor::judge(const Exchange& exchange) {
  const std::vector<PinStep> steps = book_.steps(exchange, *exchange.asked);
  std::vector<Holdings> holdings(steps.size());
  std::vector<PinStep> possible;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const PinRule rule : pin_rules()) rule(steps[i], holdings[i]);
    if (!any_fails(holdings[i])) possible.push_back(steps[i]);
  }
  if (steps.size() == 1) {
    // Most often there is but one state: what is said of it is said.
    for (const Holding& holding : holdings.front()) tally_.add(holding, exchange.seen.id);
    if (!possible.empty()) sample(steps.front());
    return book_.adopt(steps, exchange);
  }
  if (possible.empty()) {
    for (const Holding& holding : holdings.front()) tally_.add(holding, exchange.seen.id);
    return book_.adopt({steps.front()}, exchange);
  }
  // What some state says it held, held if no other state says that it did not.
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const Holding& holding : holdings[i]) {
      if (holding.verdict != Verdict::kPass) continue;
      const auto doubted = std::find_if(holdings.begin(), holdings.end(), [&](const Holdings& other) {
        return about(other, holding.requirement, Verdict::kFail) != nullptr;
      });
      if (doubted == holdings.end()) {
        tally_.add(holding, exchange.seen.id);
        continue;
      }
      const PinStep& step = steps[static_cast<std::size_t>(doubted - holdings.begin())];
      Holding open = holding;
      open.verdict = Verdict::kInconclusive;
      open.reason = step.room > Duration::zero()
                        ? fmt::format("the window may or may not have been over: needs {} more room",
                                      sim::format_duration(step.room))
                        : "the session may be in more than one state here, and in one of them this would be wrong";
      tally_.add(open, exchange.seen.id);
    }
  }
  if (possible.size() == 1) sample(possible.front());
  book_.adopt(possible, exchange);
}

void PinMonitor::sample(const PinStep& step) {
  sample_expiry(step);
  sample_siblings(step);
}

void PinMonitor::sample_expiry(const PinStep& step) {
  if (step.life != Life::kOver || step.room > Duration::zero() || !step.through_exit() || step.prior->exit.empty())
    return;
  const std::size_t up = step.matching - step.matching_down;
  if (up < 2 || step.loss == Loss::kCertain) return;
  const bool same = !step.changed();
  if (same && header_.readings.at("expiry_repeat") == "never") {
    Holdings holdings;
    broken(holdings, "H-STK-4",
           fmt::format("the session after the window's end has the exit before it, {}", step.exchange.exit),
           {step.prior->last_ok});
    tally_.add(holdings.front(), step.seen().id);
  }
  for (const ExpiryTrial* trial : expiry_trials()) {
    if (!trial->takes(step)) continue;
    return tally_.count(trial->requirement, trial->counted, 1.0 / static_cast<double>(up), same, step.seen().id);
  }
}

void PinMonitor::sample_siblings(const PinStep& step) {
  if (step.prior || !step.through_exit() || header_.readings.at("session_key") != "whole_user_name") return;
  const std::size_t up = step.matching - step.matching_down;
  if (up < 2) return;
  for (const PinBook::Sibling& sibling : book_.siblings(step.exchange, step.asked)) {
    Holdings holdings;
    h_key_4(sibling, step, holdings);
    for (const Holding& holding : holdings) tally_.add(holding, step.seen().id);
    const bool same = sibling.pin->exit == step.exchange.exit;
    for (const SiblingTrial* trial : sibling_trials()) {
      if (!trial->takes(step, *sibling.asked)) continue;
      tally_.count(trial->requirement, trial->counted, 1.0 / static_cast<double>(up), same, step.seen().id);
      break;
    }
    break;  // one trial a session: its siblings may share an exit among themselves
  }
}

std::vector<Finding> PinMonitor::conclude() {
  judge_finished(kAfterAll);
  return tally_.findings(header_.promised);
}

}  // namespace pinproof::conformance
