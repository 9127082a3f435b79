#include "conformance/judge/pins/pin_book.h"

#include <algorithm>

namespace pinproof::conformance {
namespace {

Instant plus(Instant instant, Duration by) { return instant > sim::kNever - by ? sim::kNever : instant + by; }

// Both clocks run for the same time here, so that first_of_both is the absolute one: nothing is idle for longer than since its
// first request.
bool idle_clock(const HistoryHeader& header) { return header.readings.at("window_clock") == "idle"; }

bool overlaps(const Span& one, const Span& other) { return !one.before(other) && !other.before(one); }

}  // namespace

const std::string& PinBook::key_of(const Asked& asked) const {
  const std::string& reading = header_.readings.at("session_key");
  if (reading == "whole_user_name") return asked.key;
  key_.assign(asked.account).append(1, '\n').append(asked.session);
  if (reading == "id_and_place") {
    for (const std::string* part : {&asked.where.region, &asked.where.state, &asked.where.city}) {
      key_.append(1, '\n').append(*part);
    }
  }
  return key_;
}

PinStates& PinBook::states(const Asked& asked, Instant now) {
  const std::string& name = key_of(asked);
  auto known = keys_.find(name);
  if (known == keys_.end()) {
    if (keys_.size() >= forget_at_) forget_old(now);
    known = keys_.try_emplace(name).first;
    known->second.asked = asked;
    keys_by_session_.emplace(asked.session, name);
  }
  Key& key = known->second;
  key.touched = now;
  if (!deletions_.empty()) {
    const auto deleted = deletions_.find(asked.account);
    if (deleted != deletions_.end() && deleted->second.count != key.deletions_seen) {
      key.deletions_seen = deleted->second.count;
      key.states.may_be_none = true;
      key.states.deleted = deleted->second.latest;
    }
  }
  return key.states;
}

void PinBook::end(const Asked& asked, const Span& deletion, bool surely) {
  // One of which nothing is known yet may have its first request under way.
  PinStates& states = this->states(asked, deletion.to);
  states.deleted = deletion;
  states.may_be_none = true;
  if (!surely) return;
  states.pins.clear();
  states.unknown = false;
}

bool PinBook::namesakes(const Asked& left, const Asked& right) {
  return left.key != right.key && left.session == right.session && left.account == right.account;
}

bool PinBook::has_namesake(const Asked& asked) const {
  const auto [first, last] = keys_by_session_.equal_range(asked.session);
  return std::any_of(first, last, [&](const auto& entry) { return namesakes(keys_.at(entry.second).asked, asked); });
}

void PinBook::end_one_of(const std::string& account, const Span& deletion) {
  Deletions& deletions = deletions_[account];
  ++deletions.count;
  deletions.latest = deletion;
}

PinStep PinBook::step_of(const Exchange& exchange, const Pin* prior) const {
  const Asked& asked = *exchange.asked;
  const Observation& seen = exchange.seen;
  PinStep step{.header = header_, .log = log_, .exchange = exchange, .asked = asked, .prior = prior};
  const std::vector<std::string>& matching = candidates_.matching(asked);
  step.matching = matching.size();
  step.matching_down = candidates_.down(matching, exchange.sent(), exchange.ended());
  if (!step.through_exit()) {
    step.matching_doubtful =
        static_cast<std::size_t>(std::count_if(matching.begin(), matching.end(), [&](const std::string& exit) {
          return log_.maybe_lost(exit, exchange.sent(), exchange.ended());
        }));
    step.tried_doubtful = std::any_of(exchange.upstream.begin(), exchange.upstream.end(), [&](const UpstreamSaw& saw) {
      const bool reached = saw.event == UpstreamEvent::kForwarded || saw.event == UpstreamEvent::kFailed;
      return reached && log_.maybe_lost(saw.exit, exchange.sent(), exchange.ended());
    });
  }
  const std::string reset = exchange.reset_by();
  const bool cut_under_it = !exchange.exit.empty() && exchange.fate != Fate::kServed &&
                            log_.maybe_lost(exchange.exit, exchange.sent(), exchange.ended()) &&
                            !log_.down_throughout(exchange.exit, exchange.sent(), exchange.sent());
  // A tunnel is reset with its exit, though the answer had come through it whole.
  const bool reset_under_it = !reset.empty() && !(exchange.fate == Fate::kServed && reset == exchange.exit);
  step.in_flight_loss = reset_under_it || cut_under_it;
  if (!step.prior) return step;
  const Pin& pin = *step.prior;
  const bool before_opened = pin.opened_at.order != 0 && seen.sent_order != 0 ? seen.sent_order < pin.opened_at.order
                                                                              : seen.sent_at < pin.started_to;
  step.overlaps_opening = pin.repins == 0 && before_opened;
  step.loss = Loss::kNone;
  if (!pin.exit.empty()) {
    step.stayed_up = pin.broken_off && log_.surely_up(pin.exit, pin.last_ok_sent, exchange.answered());
    step.other_up = step.stayed_up && std::any_of(matching.begin(), matching.end(), [&](const std::string& exit) {
                      return exit != pin.exit && !log_.maybe_lost(exit, exchange.sent(), exchange.ended());
                    });
    const bool known_lost = pin.broken_off && pin.broken_off_at <= seen.sent_at;
    if (known_lost || log_.down_throughout(pin.exit, exchange.sent(), exchange.answered())) {
      step.loss = Loss::kCertain;
    } else if (pin.broken_off || log_.maybe_lost(pin.exit, pin.last_ok_sent, exchange.answered())) {
      step.loss = Loss::kPossible;
    }
    step.neighbour_lost =
        step.loss == Loss::kNone && log_.other_lost(pin.exit, pin.last_ok_answered, exchange.answered());
  }
  return step;
}

void PinBook::steps(const PinStates& before, const Exchange& exchange, std::vector<PinStep>& steps) const {
  steps.clear();
  if (before.unknown) {
    steps.push_back(step_of(exchange, nullptr));
    steps.back().life = Life::kUnknown;
    return;
  }
  const Observation& seen = exchange.seen;
  const Duration slack = 2 * header_.tolerance;  // the start of the window and this request may both be off
  for (const Pin& pin : before.pins) {
    PinStep step = step_of(exchange, &pin);
    // The request arrived somewhere in [sent, answered], the window ends somewhere in [ends_from, ends_to]; exactly at its end it is over.
    const bool may_live = seen.sent_at < plus(pin.ends_to(), slack);
    const bool may_be_over = plus(seen.answered_at, slack) >= pin.ends_from();
    if (may_live && may_be_over) step.room = plus(seen.answered_at, slack) - pin.ends_from();
    if (may_live) {
      step.life = Life::kAlive;
      steps.push_back(step);
    }
    if (may_be_over) {
      step.life = Life::kOver;
      steps.push_back(std::move(step));
    }
  }
  const bool at_deletion = before.deleted && overlaps(*before.deleted, span_of(exchange, Duration{}));
  if (before.may_be_none || before.pins.empty() || at_deletion) steps.push_back(step_of(exchange, nullptr));
}

// A session that this request opened.
Pin PinBook::opened(const PinStep& step, const Exchange& exchange) const {
  const Observation& seen = exchange.seen;
  Pin pin;
  pin.exit = exchange.exit;
  pin.started_from = seen.sent_at;
  pin.started_to = seen.answered_at;
  pin.window = step.asked.window;
  pin.opened_by = seen.id;
  pin.opened_at = exchange.answered();
  pin.announced = exchange.announced;
  if (pin.announced) pin.announced_by = seen.id;
  return pin;
}

Pin PinBook::after(const PinStep& step, const Exchange& exchange) const {
  const Observation& seen = exchange.seen;
  Pin pin;
  const bool moved = step.life == Life::kAlive && step.changed();
  // An announcement with neither a change nor a loss is one too many, and moves nothing.
  const bool back_on_the_lost_one = step.exchange.announced && step.loss != Loss::kNone;
  if (step.life == Life::kAlive && !moved && !back_on_the_lost_one) {
    pin = *step.prior;
    if (pin.exit.empty()) pin.exit = exchange.exit;
    if (exchange.announced) {
      pin.announced = true;
      pin.announced_by = seen.id;
    }
    pin.may_announce = pin.may_announce && exchange.fate == Fate::kCutShort;
    // Sent before the request that began the window, and at once with it: then perhaps it was this one that began it.
    pin.started_from = std::min(pin.started_from, seen.sent_at);
  } else if (step.life == Life::kUnknown) {
    pin = opened(step, exchange);
    pin.started_from -= pin.window;
    pin.vague = true;
  } else {
    pin = opened(step, exchange);
    // A change without a word is the new truth, in the window there was; an announced one is a re-pin, and starts a window.
    const bool repin = step.life == Life::kAlive && (exchange.announced || step.loss != Loss::kNone);
    if (step.life == Life::kAlive && !repin) {
      pin.started_from = step.prior->started_from;
      pin.started_to = step.prior->started_to;
      pin.opened_by = step.prior->opened_by;
      pin.opened_at = step.prior->opened_at;
    } else if (repin) {
      pin.repinned = true;
      pin.may_announce = exchange.fate == Fate::kCutShort;
      pin.repins = step.prior->repins + 1;
      pin.end_before_repin = step.prior->ends_to();
      if (header_.readings.at("repin_restarts_window") == "no") {
        pin.started_from = step.prior->started_from;
        pin.started_to = step.prior->started_to;
      }
    }
  }
  if (idle_clock(header_)) {
    pin.started_from = seen.sent_at;
    pin.started_to = seen.answered_at;
  }
  pin.contradicted = false;
  pin.last_ok = seen.id;
  pin.last_ok_sent = exchange.sent();
  pin.last_ok_answered = exchange.answered();
  pin.last_via = seen.via;
  pin.last_connection = seen.connection;
  pin.broken_off = step.in_flight_loss;
  pin.broken_off_at = exchange.seen.ended_at;
  return pin;
}

// It was refused, it failed, or its end is unknown.
void PinBook::adopt_unserved(const PinStep& step, const Exchange& exchange, PinStates& after) const {
  if (step.life == Life::kUnknown) {
    after.unknown = true;
    return;
  }
  if (step.prior && step.life == Life::kAlive) {
    Pin pin = *step.prior;
    if (exchange.fate != Fate::kRefused) {
      if (step.in_flight_loss && exchange.reset_by() == pin.exit && !pin.broken_off) {
        pin.broken_off = true;
        pin.broken_off_at = exchange.seen.ended_at;
      }
    }
    // Whether such a request restarts an idle window is not said.
    if (idle_clock(header_)) pin.started_to = std::max(pin.started_to, exchange.seen.answered_at);
    after.pins.push_back(pin);
    const std::string broke_off = exchange.reset_by();
    const bool elsewhere = (!exchange.exit.empty() && exchange.exit != step.prior->exit) ||
                           (!broke_off.empty() && broke_off != step.prior->exit);
    // Of an exit that was lost before that, and came back, it may be the re-pin that chose it again.
    const bool held_until_sent =
        !step.prior->broken_off && !log_.maybe_lost(step.prior->exit, step.prior->last_ok_sent, exchange.sent());
    const bool on_its_exit = step.in_flight_loss && !elsewhere && held_until_sent;
    if (exchange.fate == Fate::kRefused || step.loss == Loss::kNone || on_its_exit) return;
    // A re-pin may have come about though its request was not answered.
    Pin moved = opened(step, exchange);
    moved.exit.clear();
    moved.repinned = true;
    moved.may_announce = true;
    moved.repins = pin.repins + 1;
    moved.end_before_repin = pin.ends_to();
    after.pins.push_back(moved);
    return;
  }
  // Refused: nothing has changed. Otherwise a session may have been opened by it, or not, by the reading; of one whose end is unknown
  // nothing is known by any.
  const std::string& reading = header_.readings.at("failed_first_request_starts_window");
  const bool known = exchange.fate == Fate::kFailed || exchange.fate == Fate::kClosed;
  const bool may_open = exchange.fate != Fate::kRefused && !(known && reading == "no");
  if (may_open) {
    after.pins.push_back(opened(step, exchange));
    after.pins.back().exit.clear();
  }
  after.may_be_none = after.may_be_none || !(may_open && known && reading == "yes");
}

void PinBook::adopt(const PinStates& before, const std::vector<const PinStep*>& steps, const Exchange& exchange,
                    bool broken, PinStates& after) const {
  after.pins.clear();
  after.unknown = false;
  after.deleted = before.deleted;
  // Told already though it comes later, where a request that is long under way keeps what follows it from being judged.
  after.may_be_none = after.deleted && !after.deleted->before(span_of(exchange, Duration{}));
  for (const PinStep* step : steps) {
    if (!step->through_exit()) {
      adopt_unserved(*step, exchange, after);
      continue;
    }
    after.pins.push_back(this->after(*step, exchange));
    const bool silent = step->alive() && step->changed() && step->loss == Loss::kNone && !exchange.announced;
    if (!broken || !silent) continue;
    after.pins.back().contradicted = true;
    after.pins.push_back(*step->prior);
    after.pins.back().contradicted = true;
  }
  if (after.pins.size() > kStatesMax) {
    after.pins.clear();
    after.unknown = true;
  }
}

std::vector<PinBook::Sibling> PinBook::siblings(const Exchange& exchange) const {
  std::vector<Sibling> found;
  const std::string& own = exchange.asked->key;
  const auto [first, last] = keys_by_session_.equal_range(exchange.asked->session);
  for (auto entry = first; entry != last; ++entry) {
    if (entry->second == own) continue;
    const Key& key = keys_.at(entry->second);
    for (const Pin& pin : key.states.pins) {
      if (!pin.exit.empty() && exchange.seen.answered_at < pin.ends_from()) found.push_back({&key.asked, &pin});
    }
  }
  return found;
}

std::vector<PinBook::Known> PinBook::known(const std::string& account) const {
  std::vector<Known> found;
  const auto deleted = deletions_.find(account);
  for (const auto& [name, key] : keys_) {
    const PinStates& states = key.states;
    if (key.asked.account != account || states.unknown || states.may_be_none || states.pins.size() != 1) continue;
    const Pin& pin = states.pins.front();
    if (pin.exit.empty() || pin.vague) continue;
    if (deleted != deletions_.end() && deleted->second.count != key.deletions_seen) continue;
    found.push_back({&name, &key.asked, &pin, keys_by_session_.count(key.asked.session) == 1});
  }
  std::sort(found.begin(), found.end(), [](const Known& left, const Known& right) { return *left.key < *right.key; });
  return found;
}

void PinBook::forget_old(Instant now) {
  const Duration longest = header_.promised.window_cap * 2;
  for (auto entry = keys_.begin(); entry != keys_.end();) {
    const Key& key = entry->second;
    const std::vector<Pin>& pins = key.states.pins;
    const bool over = key.touched + longest < now &&
                      std::all_of(pins.begin(), pins.end(), [now](const Pin& pin) { return pin.ends_to() < now; });
    if (!over) {
      ++entry;
      continue;
    }
    const auto [first, last] = keys_by_session_.equal_range(key.asked.session);
    for (auto named = first; named != last; ++named) {
      if (named->second == entry->first) {
        keys_by_session_.erase(named);
        break;
      }
    }
    entry = keys_.erase(entry);
  }
  forget_at_ = std::max(kKeysMany, 2 * keys_.size());
}

}  // namespace pinproof::conformance
