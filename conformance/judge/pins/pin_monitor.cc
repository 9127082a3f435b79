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
  // A tunnel keeps its exit (H-ROT-4): only the CONNECT that opened it is a request of the session.
  if (exchange.seen.inside_tunnel) return judge_in_tunnel(exchange);
  if (open_.size() == kOpenMax) judge_finished(kAfterAll);
  Group& group = group_of(book_.key_of(*asked));
  const bool overlapping = std::any_of(group.exchanges.rbegin(), group.exchanges.rend(),
                                       [&](const ExchangePtr& other) { return exchange.overlaps(*other); });
  if (!overlapping) judge_group(group);
  if (group.exchanges.size() == kOrderedMax) judge_part(group, span_of(exchange, Duration{}));
  group.exchanges.push_back(shared);
  ++group.open;
  open_.push_back(shared);
}

void PinMonitor::api_call(const ApiCall& call) {
  const Span span = span_of(call);
  judge_finished(span);
  if (call.operation == ApiOperation::kList) return judge_list(call);
  if (call.operation != ApiOperation::kDelete || call.credentials != CredentialFault::kNone) return;
  const bool refused = call.result == ApiResult::kAnswered && call.status >= 400;
  if (refused) return;
  if (call.user_name.empty()) return book_.end_one_of(call.account, span);
  Observation named;
  named.account = call.account;
  named.user_name = call.user_name;
  const auto asked = read_asked(header_, named);
  if (!asked || !asked->sticky()) return;
  const bool answered = call.result == ApiResult::kAnswered && call.status < 300;
  const bool namesake = book_.has_namesake(*asked) ||
                        std::any_of(open_.begin(), open_.end(),
                                    [&](const ExchangePtr& open) { return PinBook::namesakes(*open->asked, *asked); });
  // It was found in a listing, which does not tell the two apart.
  if (namesake) return book_.end_one_of(call.account, span);
  book_.end(*asked, span, answered && !groups_.contains(book_.key_of(*asked)));
}

void PinMonitor::judge_list(const ApiCall& call) {
  const bool told = call.result == ApiResult::kAnswered && call.status == 200 && !call.malformed;
  if (!told || call.credentials != CredentialFault::kNone || !call.user_name.empty()) return;
  for (const PinBook::Known& known : book_.known(call.account)) {
    const bool namesake_open = std::any_of(open_.begin(), open_.end(), [&](const ExchangePtr& open) {
      return PinBook::namesakes(*open->asked, *known.asked);
    });
    if (!known.alone || namesake_open || groups_.contains(*known.key)) continue;
    ListStep step{*known.asked, *known.pin};
    const Duration slack = 2 * header_.tolerance;  // the start of the window and this instant may both be off
    step.over = call.sent_at > known.pin->ends_to() + slack;
    if (!step.over && call.answered_at + slack >= known.pin->ends_from()) continue;
    step.maybe_lost =
        log_.maybe_lost(known.pin->exit, known.pin->last_ok_sent, {call.answered_at, call.answered_order});
    step.whole_window = header_.readings.at("window_clock") != "idle" &&
                        (!known.pin->repinned || header_.readings.at("repin_moves_started_at") == "yes");
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
    const auto group = groups_.find(book_.key_of(*open_.front()->asked));
    if (--group->second.open == 0) {
      judge_group(group->second);
      last_group_ = groups_.extract(group);
    }
    open_.pop_front();
  }
}

PinMonitor::Group& PinMonitor::group_of(const std::string& key) {
  const auto known = groups_.find(key);
  if (known != groups_.end()) return known->second;
  if (last_group_.empty()) return groups_[key];
  last_group_.key() = key;
  return groups_.insert(std::move(last_group_)).position->second;
}

void PinMonitor::judge_group(Group& group) {
  if (group.exchanges.size() > 1) {
    const Exchange& first = *group.exchanges.front();
    arrival_.arrange(book_.states(*first.asked, first.seen.answered_at), group.exchanges);
  }
  for (const ExchangePtr& exchange : group.exchanges) judge(*exchange);
  group.exchanges.clear();
}

void PinMonitor::judge_part(Group& group, const Span& next) {
  std::vector<ExchangePtr>& exchanges = group.exchanges;
  const Exchange& first = *exchanges.front();
  std::vector<ExchangePtr> sent = exchanges;
  arrival_.arrange(book_.states(*first.asked, first.seen.answered_at), exchanges);
  const auto under_way = std::find_if(exchanges.begin(), exchanges.end(), [&](const ExchangePtr& exchange) {
    return !span_of(*exchange, Duration{}).before(next);
  });
  const auto judged = std::max(under_way, exchanges.begin() + kOrderedMax / 2);
  for (auto exchange = exchanges.begin(); exchange != judged; ++exchange) judge(**exchange);
  // Those that are left stay in order of sending.
  std::erase_if(sent,
                [&](const ExchangePtr& exchange) { return std::find(exchanges.begin(), judged, exchange) != judged; });
  exchanges.swap(sent);
}

void PinMonitor::judge(const Exchange& exchange) {
  PinStates& states = book_.states(*exchange.asked, exchange.seen.answered_at);
  ruling_.rule(book_, states, exchange);
  if (ruling_.broken() || ruling_.steps().size() == 1) {
    tally_.take(ruling_.holdings().front(), exchange.seen.id);
  } else {
    say_of_states(exchange);
  }
  if (!ruling_.broken() && ruling_.kept().size() == 1) sample(*ruling_.kept().front());
  book_.adopt(states, ruling_.kept(), exchange, ruling_.broken(), adopted_);
  std::swap(states, adopted_);
}

void PinMonitor::judge_in_tunnel(const Exchange& exchange) {
  // Of the session's state it tells nothing; how it ends when its exit is lost does not depend on that.
  std::vector<PinStep> steps;
  book_.steps(PinStates{}, exchange, steps);
  Holdings holdings;
  h_pin_9(steps.front(), holdings);
  tally_.take(holdings, exchange.seen.id);
}

void PinMonitor::say_of_states(const Exchange& exchange) {
  // What some state says it held, held if no other state says that it did not. A state that is only there since a request was wrong before
  // raises no doubts.
  const std::vector<PinStep>& steps = ruling_.steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const Holding& holding : ruling_.holdings()[i]) {
      if (holding.verdict != Verdict::kPass) continue;
      const auto doubted = std::find_if(steps.begin(), steps.end(), [&](const PinStep& other) {
        const Holdings& said = ruling_.holdings()[static_cast<std::size_t>(&other - steps.data())];
        return !(other.prior && other.prior->contradicted) &&
               about(said, holding.requirement, Verdict::kFail) != nullptr;
      });
      if (doubted == steps.end()) {
        tally_.add(holding, exchange.seen.id);
        continue;
      }
      Holding open = holding;
      open.verdict = Verdict::kInconclusive;
      open.reason = doubted->room > Duration::zero()
                        ? fmt::format("the window may or may not have been over: needs {} more room",
                                      sim::format_duration(doubted->room))
                        : "the session may be in more than one state here, and in one of them this would be wrong";
      tally_.add(open, exchange.seen.id);
    }
  }
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
  if (step.life != Life::kNone || !step.through_exit() || header_.readings.at("session_key") != "whole_user_name")
    return;
  const std::size_t up = step.matching - step.matching_down;
  if (up < 2) return;
  for (const PinBook::Sibling& sibling : book_.siblings(step.exchange)) {
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
