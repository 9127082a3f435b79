// Issued session ids, and listings of sessions.
#include <algorithm>

#include "conformance/history/user_name_template.h"
#include "conformance/judge/checks/answers.h"
#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {
namespace {

// As the sessions API of the one dialect that lists it calls it.
constexpr const char* kRepinnedField = "repinned";

constexpr std::string_view kCreate = "create";

/// The id that the answer gives.
std::string issued_by(const Observation& seen, const Vocabulary& vocabulary) {
  return vocabulary.session.empty() ? std::string() : std::string(seen.headers.find(vocabulary.session).value_or(""));
}

/// The id that a request was given or used.
std::string session_of(const Observation& seen, const Vocabulary& vocabulary) {
  std::string issued = issued_by(seen, vocabulary);
  if (!issued.empty()) return issued;
  return seen.session == kCreate ? std::string() : seen.session;
}

/// Every id that a label stands for.
std::vector<std::pair<std::string, std::uint64_t>> sessions_of(const std::string& label, const Seen& all) {
  std::vector<std::pair<std::string, std::uint64_t>> sessions;
  const Subject subject = all.find(label);
  for (const Observation* const seen : subject.observations) {
    sessions.emplace_back(session_of(*seen, all.header().vocabulary), seen->id);
  }
  for (const ApiCall* const call : subject.calls) {
    sessions.emplace_back(call->operation == ApiOperation::kCreate ? call->created : call->session, call->id);
  }
  return sessions;
}

Ruling session_id(const SessionIdCheck& check, const std::string& own, const std::string& issued,
                  const std::string& name, std::uint64_t id, const Seen& all) {
  if (check.issued && *check.issued == issued.empty()) {
    return failed("expected " + std::string(*check.issued ? "a session id" : "no session id") + " in the answer to " +
                      name + ", saw " + (issued.empty() ? "none" : issued),
                  {id});
  }
  const auto compare = [&](const std::string& label, bool same) {
    const auto others = sessions_of(label, all);
    if (others.empty()) return undecided("nothing was seen of `" + label + "`", {id});
    std::vector<Ruling> rulings;
    for (const auto& [other, other_id] : others) {
      if (other_id == id) continue;
      if (own.empty() || other.empty()) {
        rulings.push_back(
            failed("expected session ids to compare, but " + (own.empty() ? name : "`" + label + "`") + " has none",
                   {other_id, id}));
      } else if (same != (own == other)) {
        rulings.push_back(failed("expected " +
                                     std::string(same ? "the session of `" : "another session than that of `") + label +
                                     "`, " + other + ", for " + name + ", saw " + own,
                                 {other_id, id}));
      }
    }
    return worst_of(rulings);
  };
  std::vector<Ruling> rulings;
  for (const std::string& label : check.same_as) rulings.push_back(compare(label, true));
  for (const std::string& label : check.different_from) rulings.push_back(compare(label, false));
  return worst_of(rulings);
}

/// Whether a session that an account has listed is the one that an observation used: by id, or where sessions are named by user names,
/// by what both say.
bool is_session_of(const ListedSession& listed, const std::string& account, const Observation& seen,
                   const Vocabulary& vocabulary) {
  if (vocabulary.listed.empty()) {
    const std::string session = session_of(seen, vocabulary);
    return !session.empty() && listed.id == session;
  }
  // Of another account the same user name is another session, and the account's own part is symbolic in both.
  if (seen.account != account) return false;
  const UserNameParts parts = parts_of_user_name(vocabulary.user_name, seen.user_name);
  for (const auto& [part, field] : vocabulary.listed) {
    const auto said = parts.find(part);
    const auto shown = listed.fields.find(field);
    // A listing tells what the exit is like even where the user name did not ask.
    if (part == "session" && (said == parts.end() || shown == listed.fields.end())) return false;
    if (said != parts.end() && shown != listed.fields.end() && said->second != shown->second) return false;
  }
  return true;
}

class Listing {
 public:
  Listing(const ApiCall& call, const Seen& all) : call_(call), all_(all) {}

  Ruling contains(const std::string& label, bool wanted) const {
    const Subject subject = all_.find(label);
    if (subject.empty()) return undecided("nothing was seen of `" + label + "`", {call_.id});
    std::vector<Ruling> rulings;
    for (const Observation* const seen : subject.observations) {
      rulings.push_back(presence(find(*seen) != nullptr, wanted, name_of(*seen), seen->id));
    }
    for (const ApiCall* const call : subject.calls) {
      const std::string& id = call->operation == ApiOperation::kCreate ? call->created : call->session;
      rulings.push_back(presence(!id.empty() && find(id) != nullptr, wanted, name_of(*call), call->id));
    }
    return worst_of(rulings);
  }

  Ruling exit_of(const std::string& label) const {
    const Subject subject = all_.find(label);
    if (subject.observations.empty()) return undecided("nothing was seen of `" + label + "`", {call_.id});
    std::vector<Ruling> rulings;
    for (const Observation* const seen : subject.observations) rulings.push_back(exit_of(*seen));
    return worst_of(rulings);
  }

  Ruling repinned(const std::string& label, bool wanted) const {
    const Subject subject = all_.find(label);
    if (subject.observations.empty()) return undecided("nothing was seen of `" + label + "`", {call_.id});
    std::vector<Ruling> rulings;
    for (const Observation* const seen : subject.observations) rulings.push_back(repinned(*seen, wanted));
    return worst_of(rulings);
  }

 private:
  const ListedSession* find(const std::string& id) const {
    const auto found =
        std::find_if(call_.listed.begin(), call_.listed.end(), [&](const ListedSession& one) { return one.id == id; });
    return found == call_.listed.end() ? nullptr : &*found;
  }

  const ListedSession* find(const Observation& seen) const {
    const auto found = std::find_if(call_.listed.begin(), call_.listed.end(), [&](const ListedSession& one) {
      return is_session_of(one, call_.account, seen, all_.header().vocabulary);
    });
    return found == call_.listed.end() ? nullptr : &*found;
  }

  Ruling presence(bool listed, bool wanted, const std::string& name, std::uint64_t id) const {
    if (listed == wanted) return passed();
    return failed("expected " + name_of(call_) + (wanted ? " to list" : " not to list") + " the session of " + name +
                      ", saw " + std::to_string(call_.listed.size()) + " sessions " + (listed ? "with" : "without") +
                      " it",
                  {id, call_.id});
  }

  Ruling exit_of(const Observation& seen) const {
    const ListedSession* const listed = find(seen);
    if (listed == nullptr) return presence(false, true, name_of(seen), seen.id);
    const ServedBy served = all_.served_by(seen);
    if (served.address.empty()) return undecided("the exit of " + name_of(seen) + " is not known", {seen.id, call_.id});
    if (listed->exit == served.address) return passed();
    return failed("expected " + name_of(call_) + " to list the exit of " + name_of(seen) + ", " + served.address +
                      ", saw " + (listed->exit.empty() ? "none" : listed->exit),
                  {seen.id, call_.id});
  }

  Ruling repinned(const Observation& seen, bool wanted) const {
    const ListedSession* const listed = find(seen);
    if (listed == nullptr) return presence(false, true, name_of(seen), seen.id);
    const auto field = listed->fields.find(kRepinnedField);
    if (field != listed->fields.end() && field->second == (wanted ? "true" : "false")) return passed();
    return failed("expected " + name_of(call_) + " to list the session of " + name_of(seen) + " as " +
                      (wanted ? "" : "not ") + "re-pinned, saw " +
                      (field == listed->fields.end() ? "nothing said of it" : '"' + field->second + '"'),
                  {seen.id, call_.id});
  }

  const ApiCall& call_;
  const Seen& all_;
};

}  // namespace

Ruling rule(const SessionIdCheck& check, const Subject& subject, const Seen& all) {
  struct One {
    const SessionIdCheck& check;
    const Seen& all;
    Ruling operator()(const Observation& seen) const {
      const Vocabulary& vocabulary = all.header().vocabulary;
      if (!answered(seen)) return no_answer(seen, vocabulary);
      return session_id(check, session_of(seen, vocabulary), issued_by(seen, vocabulary), name_of(seen), seen.id, all);
    }
    Ruling operator()(const ApiCall& call) const {
      if (!answered(call)) return no_answer(call);
      return session_id(check, call.created, call.created, name_of(call), call.id, all);
    }
  };
  return on_each(subject, One{check, all});
}

Ruling rule(const ListedCheck& check, const Subject& subject, const Seen& all) {
  if (subject.calls.empty()) return undecided("a listing is expected of what is none", subject.ids());
  std::vector<Ruling> rulings;
  for (const ApiCall* const call : subject.calls) {
    if (!answered(*call)) {
      rulings.push_back(no_answer(*call));
      continue;
    }
    if (call->status / 100 != 2 || call->malformed) {
      rulings.push_back(outcome_is(Outcome::kServed, *call));
      continue;
    }
    const Listing listing(*call, all);
    for (const std::string& label : check.contains) rulings.push_back(listing.contains(label, true));
    for (const std::string& label : check.lacks) rulings.push_back(listing.contains(label, false));
    for (const std::string& label : check.exit_of) rulings.push_back(listing.exit_of(label));
    for (const std::string& label : check.repinned) rulings.push_back(listing.repinned(label, true));
    for (const std::string& label : check.not_repinned) rulings.push_back(listing.repinned(label, false));
    if (check.count) {
      const auto count = static_cast<std::int64_t>(call->listed.size());
      rulings.push_back(
          within<std::int64_t>("a number of sessions in " + name_of(*call), {count, count}, *check.count, {call->id}));
    }
  }
  return worst_of(rulings);
}

}  // namespace pinproof::conformance
