// What a gateway does only where its rules have a fault, and what it has to remember for that.
#include <algorithm>
#include <array>

#include "sim/gateway/gateway_model.h"

namespace pinproof::sim {

// All but the cookies: whose they were may come back.
void Gateway::Model::Memory::forget(std::uint64_t session) {
  repins.erase(session);
  exhausted.erase(session);
  first_exit.erase(session);
  user_name.erase(session);
  carried.erase(session);
  while (!exit_by_host.empty()) {
    const auto first = exit_by_host.lower_bound({session, std::string()});
    if (first == exit_by_host.end() || first->first.first != session) return;
    exit_by_host.erase(first);
  }
}

// What is asked for, less the parts that the rules do not look at (against H-ROT-5, H-PIN-5).
ExitFilter Gateway::Model::less_picky(ExitFilter wanted, std::span<const KeyPart> ignored) {
  for (const KeyPart part : ignored) {
    if (part == KeyPart::kType) wanted.type.reset();
    if (part == KeyPart::kRegion) wanted.region.clear();
    if (part == KeyPart::kState) wanted.state.clear();
    if (part == KeyPart::kCity) wanted.city.clear();
    if (part == KeyPart::kAsn) wanted.asn.reset();
  }
  return wanted;
}

// A session whose name is refused all the same, under that name (against H-STK-11).
void Gateway::Model::open_for_refused_name(const ErrorReply& error, Instant now) {
  const std::string& name = credentials_.user;
  const auto parsed = grammar_.parse(name);
  const auto* refusal = std::get_if<const ErrorReply*>(&parsed);
  if (refusal == nullptr || *refusal != &error || sessions_.find(name) || name.size() > SessionTable::kKeyMax) return;
  for (std::uint32_t i = 0; i < accounts_.size(); ++i) {
    if (!name.starts_with(rules_.user_name.prefix + rules_.accounts[i].user + '-')) continue;
    Active unsent;
    unsent.account = i;
    unsent.window = 10min;
    unsent.among = picker_.candidates(ExitFilter{});
    unsent.exit = pick(unsent.among, {}, now);
    if (unsent.exit != kNoExit) create_session(name, unsent, now);
    return;
  }
}

// A session goes to another exit though nothing was lost (against H-STK-1, C-SES-2; announced, H-PIN-10).
void Gateway::Model::move(SessionRef ref, Active& active, Instant now) {
  Session& session = *sessions_.get(ref);
  const ExitId other = pick(session.among, std::array{session.exit}, now);
  if (other == kNoExit) return;
  session.exit = active.exit = other;
  if (!rules_.session.moves_announced) return;
  session.repinned = session.announcement_due = true;
  sessions_.restart(ref, sessions_.window(ref), now);
}

// The oldest sessions are dropped without a word (against H-POOL-1).
void Gateway::Model::keep_newest(SessionRef newest) {
  while (sessions_.size() > rules_.session.kept_max) {
    const SessionRef oldest = sessions_.all().front();
    if (oldest == newest) return;
    end_session(oldest, true);
  }
}

// An exit has one session at a time (against H-KEY-4).
void Gateway::Model::avoid_exits_of_sessions(Active& active) const {
  for (const SessionRef ref : sessions_.all()) active.tried.push_back(sessions_.get(ref)->exit);
}

// The exit of this host in this session: that of the first host is the session's own (against C-SES-12).
void Gateway::Model::give_host_an_exit(Active& active, Instant now) {
  const std::uint64_t serial = sessions_.get(active.session)->serial;
  const auto first = memory_.exit_by_host.lower_bound({serial, std::string()});
  const bool known = first != memory_.exit_by_host.end() && first->first.first == serial;
  const auto [found, added] = memory_.exit_by_host.try_emplace({serial, active.host}, active.exit);
  if (added && known) {
    const ExitId other = pick(active.among, std::array{active.exit}, now);
    if (other != kNoExit) found->second = other;
  }
  active.exit = found->second;
}

// Fields of earlier requests of the session go out with those that lack them (against H-NOT-2).
void Gateway::Model::carry(const Headers& sent, Active& active) {
  const Session* session = sessions_.get(active.session);
  if (session == nullptr) return;
  Headers& kept = memory_.carried[session->serial];
  for (const std::string& name : rules_.forwarding.carried) {
    if (const auto value = sent.find(name)) {
      kept.remove(name);
      kept.add(name, *value);
    } else if (const auto earlier = kept.find(name)) {
      active.carried.add(name, *earlier);
    }
  }
}

// Whose cookies they are, by name of the jar; no name: nobody's.
std::string Gateway::Model::jar_of(const Active& active) const {
  switch (rules_.forwarding.cookies_kept) {
    case CookieJar::kNone:
      return {};
    case CookieJar::kSession: {
      const Session* session = sessions_.get(active.session);
      return session == nullptr ? std::string() : "session " + std::to_string(session->serial);
    }
    case CookieJar::kAccount:
      return "account " + std::to_string(active.account);
    case CookieJar::kExit:
      return "exit " + std::to_string(index_of(active.exit));
  }
  return {};
}

void Gateway::Model::keep_cookies(const Active& active, const Headers& answered) {
  const std::string jar = jar_of(active);
  const auto set = answered.find("Set-Cookie");
  if (set && !jar.empty()) memory_.cookies[jar] = std::string(set->substr(0, set->find(';')));
}

void Gateway::Model::add_cookies(const Active& active, Headers& kept) const {
  const auto found = memory_.cookies.find(jar_of(active));
  if (found != memory_.cookies.end()) kept.add("Cookie", found->second);
}

// By slot; one waits for it for certain (against C-PAC-9).
std::uint32_t Gateway::Model::newest_waiting_for(ExitId exit) const {
  std::uint32_t newest = 0;
  std::uint64_t arrival = 0;
  for (std::uint32_t slot = 0; slot < active_.size(); ++slot) {
    const Active& each = active_[slot];
    if (each.phase != Phase::kHeld || each.exit != exit || each.arrival < arrival) continue;
    newest = slot;
    arrival = each.arrival;
  }
  return newest;
}

}  // namespace pinproof::sim
