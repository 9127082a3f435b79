#include "conformance/judge/pins/pin_book.h"

#include <algorithm>

namespace pinproof::conformance {
namespace {

Instant plus(Instant instant, Duration by) { return instant > sim::kNever - by ? sim::kNever : instant + by; }

}  // namespace

void PinBook::end(const std::string& key, bool surely) {
  const auto known = keys_.find(key);
  if (known == keys_.end()) return;
  known->second.may_be_none = true;
  if (surely) known->second.pins.clear();
}

PinStep PinBook::step_of(const Exchange& exchange, const Asked& asked, const Pin* prior) const {
  const Observation& seen = exchange.seen;
  PinStep step{.header = header_, .log = log_, .exchange = exchange, .asked = asked, .prior = prior};
  step.matching = candidates_.matching(asked).size();
  step.matching_down = step.matching - candidates_.up(asked, exchange.sent(), exchange.ended());
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
    if (pin.broken_off || log_.down_throughout(pin.exit, exchange.sent(), exchange.answered())) {
      step.loss = Loss::kCertain;
    } else if (log_.maybe_lost(pin.exit, pin.last_ok_sent, exchange.answered())) {
      step.loss = Loss::kPossible;
    }
    step.neighbour_lost =
        step.loss == Loss::kNone && log_.other_lost(pin.exit, pin.last_ok_answered, exchange.answered());
  }
  return step;
}

std::vector<PinStep> PinBook::steps(const Exchange& exchange, const Asked& asked) const {
  std::vector<PinStep> all;
  const auto known = keys_.find(exchange.asked->key);
  const Observation& seen = exchange.seen;
  if (known != keys_.end()) {
    for (const Pin& pin : known->second.pins) {
      PinStep step = step_of(exchange, asked, &pin);
      // The request arrived somewhere in [sent, answered], the window ends somewhere in [ends_from, ends_to]; exactly at its end it is over.
      const bool may_live = seen.sent_at < plus(pin.ends_to(), header_.tolerance);
      const bool may_be_over = plus(seen.answered_at, header_.tolerance) >= pin.ends_from();
      if (may_live && may_be_over) step.room = plus(seen.answered_at, header_.tolerance) - pin.ends_from();
      if (may_live) {
        step.life = Life::kAlive;
        all.push_back(step);
      }
      if (may_be_over) {
        step.life = Life::kOver;
        all.push_back(std::move(step));
      }
    }
  }
  if (known == keys_.end() || known->second.may_be_none || known->second.pins.empty()) {
    all.push_back(step_of(exchange, asked, nullptr));
  }
  return all;
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
      pin.announced = exchange.announced;
      pin.repins = step.prior->repins + 1;
      pin.end_before_repin = step.prior->ends_to();
      if (header_.readings.at("repin_restarts_window") == "no") {
        pin.started_from = step.prior->started_from;
        pin.started_to = step.prior->started_to;
      }
    }
  }
  pin.last_ok = seen.id;
  pin.last_ok_sent = exchange.sent();
  pin.last_ok_answered = exchange.answered();
  pin.last_via = seen.via;
  pin.last_connection = seen.connection;
  pin.broken_off = step.in_flight_loss;
  return pin;
}

void PinBook::adopt(const std::vector<PinStep>& steps, const Exchange& exchange) {
  const Asked& asked = steps.front().asked;
  const auto [entry, fresh] = keys_.try_emplace(exchange.asked->key);
  Key& key = entry->second;
  if (fresh) {
    key.asked = asked;
    keys_by_session_.emplace(asked.session, entry->first);
  }
  key.touched = exchange.seen.answered_at;
  std::vector<Pin> pins;
  bool none = false;
  for (const PinStep& step : steps) {
    if (step.through_exit()) {
      pins.push_back(after(step, exchange));
      continue;
    }
    if (exchange.fate == Fate::kRefused) {
      // Refused: nothing has changed.
      if (step.prior && step.life == Life::kAlive) pins.push_back(*step.prior);
      none = none || !step.prior || step.life == Life::kOver;
      continue;
    }
    // It failed, or its end is unknown: a session may have been opened by it, or not; a lost one stays lost until the next.
    if (step.prior && step.life == Life::kAlive) {
      Pin pin = *step.prior;
      pin.broken_off = pin.broken_off || (step.in_flight_loss && exchange.reset_by() == pin.exit);
      pins.push_back(pin);
      if (step.loss != Loss::kNone && !step.in_flight_loss) {
        // A re-pin may have come about though its request was not answered.
        Pin moved = opened(step, exchange);
        moved.exit.clear();
        moved.repinned = true;
        moved.repins = pin.repins + 1;
        moved.end_before_repin = pin.ends_to();
        pins.push_back(moved);
      }
    } else {
      none = true;
      Pin begun = opened(step, exchange);
      begun.exit.clear();
      pins.push_back(begun);
    }
  }
  if (pins.size() > kStatesMax) pins.resize(kStatesMax);
  key.pins = std::move(pins);
  key.may_be_none = none;
  if (keys_.size() > kKeysMax) forget_old(exchange.seen.answered_at);
}

std::vector<PinBook::Sibling> PinBook::siblings(const Exchange& exchange, const Asked& asked) const {
  std::vector<Sibling> found;
  const std::string own = exchange.asked->key;
  const auto [first, last] = keys_by_session_.equal_range(asked.session);
  for (auto entry = first; entry != last; ++entry) {
    if (entry->second == own) continue;
    const Key& key = keys_.at(entry->second);
    for (const Pin& pin : key.pins) {
      if (!pin.exit.empty() && exchange.seen.answered_at < pin.ends_from()) found.push_back({&key.asked, &pin});
    }
  }
  return found;
}

std::vector<PinBook::Known> PinBook::known(const std::string& account) const {
  std::vector<Known> found;
  for (const auto& [name, key] : keys_) {
    if (key.asked.account != account || key.may_be_none || key.pins.size() != 1 || key.pins.front().exit.empty())
      continue;
    found.push_back({&key.asked, &key.pins.front(), keys_by_session_.count(key.asked.session) == 1});
  }
  std::sort(found.begin(), found.end(),
            [](const Known& left, const Known& right) { return left.asked->key < right.asked->key; });
  return found;
}

void PinBook::forget_old(Instant now) {
  const Duration longest = header_.promised.window_cap * 2;
  for (auto entry = keys_.begin(); entry != keys_.end();) {
    const Key& key = entry->second;
    const bool over = key.touched + longest < now && std::all_of(key.pins.begin(), key.pins.end(),
                                                                 [now](const Pin& pin) { return pin.ends_to() < now; });
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
}

}  // namespace pinproof::conformance
