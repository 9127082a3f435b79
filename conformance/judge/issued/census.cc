#include "conformance/judge/issued/census.h"

namespace pinproof::conformance {

void Census::drop(std::set<Entry>& entries, std::optional<Instant>& key, Issued& session) {
  if (!key) return;
  entries.erase({*key, session.serial, &session});
  everywhere_ -= weight_of(entries);
  key.reset();
}

void Census::put(std::set<Entry>& entries, std::optional<Instant>& key, Instant at, Issued& session) {
  key = at;
  entries.insert(entries.end(), {at, session.serial, &session});
  everywhere_ += weight_of(entries);
}

// To where it is to be counted now, if at all; most often it is counted there already, and later.
void Census::move(std::set<Entry>& entries, std::optional<Instant>& key, std::optional<Instant> to, Issued& session) {
  if (key == to) return;
  if (!to) return drop(entries, key, session);
  if (!key) return put(entries, key, *to, session);
  auto entry = entries.extract({*key, session.serial, &session});
  std::get<0>(entry.value()) = *to;
  entries.insert(entries.end(), std::move(entry));  // who was used last ends last, most often
  key = to;
}

void Census::forget(Issued& session) {
  drop(sure_, session.counted.sure, session);
  drop(possible_, session.counted.possible, session);
  drop(young_, session.counted.young, session);
  drop(leaving_, session.counted.leaving, session);
}

void Census::count(Issued& session, Instant end_from, Instant end_to) {
  session.end_from = end_from;
  const bool ended = session.surely_ended();
  const bool alive = session.end == IssuedEnd::kNone;
  const auto where = [](bool counted, Instant at) { return counted ? std::optional(at) : std::nullopt; };
  Issued::Counted& counted = session.counted;
  move(leaving_, counted.leaving, where(ended, session.ended.to), session);
  move(possible_, counted.possible, where(!ended, end_to), session);
  move(sure_, counted.sure, where(alive && session.grown, end_from), session);
  move(young_, counted.young, where(alive && !session.grown, session.created.to), session);
}

void Census::advance(const Span& now, const std::function<void(Issued&)>& over) {
  while (!young_.empty() && std::get<2>(*young_.begin())->created.before(now)) {
    Issued& session = *std::get<2>(*young_.begin());
    drop(young_, session.counted.young, session);
    session.grown = true;
    put(sure_, session.counted.sure, session.end_from, session);
  }
  while (!leaving_.empty() && std::get<2>(*leaving_.begin())->ended.before(now)) {
    Issued& session = *std::get<2>(*leaving_.begin());
    forget(session);
    over(session);
  }
  while (!possible_.empty() && std::get<0>(*possible_.begin()) <= now.from) {
    Issued& session = *std::get<2>(*possible_.begin());
    forget(session);
    over(session);
  }
  while (!sure_.empty() && std::get<0>(*sure_.begin()) <= now.from) {
    drop(sure_, std::get<2>(*sure_.begin())->counted.sure, *std::get<2>(*sure_.begin()));
  }
}

std::int64_t Census::surely_alive(const Span& span) const {
  auto count = static_cast<std::int64_t>(sure_.size());
  for (const Entry& entry : sure_) {
    if (std::get<0>(entry) > span.to) break;
    --count;
  }
  return count;
}

std::vector<Issued*> Census::surely_alive_now() const {
  std::vector<Issued*> sessions;
  sessions.reserve(sure_.size());
  for (const Entry& entry : sure_) sessions.push_back(std::get<2>(entry));
  return sessions;
}

}  // namespace pinproof::conformance
