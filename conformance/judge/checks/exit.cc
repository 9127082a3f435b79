// Which exit served.
#include <algorithm>
#include <optional>
#include <set>

#include "conformance/judge/checks/answers.h"
#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {
namespace {

std::string words_of(const sim::ExitFilter& filter) {
  std::string words;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) words.append(words.empty() ? "" : ", ").append(name).append(" ").append(value);
  };
  if (filter.type) add("type", sim::to_string(*filter.type));
  add("region", filter.region);
  add("state", filter.state);
  add("city", filter.city);
  if (filter.asn) add("ASN", std::to_string(*filter.asn));
  return words;
}

/// The exit, or why there is none to compare.
struct Known {
  std::string address;
  std::string words;  // the address, and how far it is to be believed
  std::optional<Ruling> missing;
};

Known exit_of(const Observation& seen, const Seen& all) {
  const ServedBy served = all.served_by(seen);
  if (!served.address.empty()) {
    return {served.address, served.address + (served.claimed ? " (claimed by the gateway's header)" : ""),
            std::nullopt};
  }
  const Vocabulary& vocabulary = all.header().vocabulary;
  if (seen.end != AnswerEnd::kComplete) return {"", "", no_answer(seen, vocabulary)};
  if (!all.header().capabilities.has(Capability::kExits) || !all.journals_reach(seen)) {
    return {"", "", undecided("the exit of " + name_of(seen) + " is not known", {seen.id})};
  }
  return {"", "",
          failed("expected an exit to serve " + name_of(seen) + ", but none did: " + answer_words(seen, vocabulary),
                 {seen.id})};
}

Ruling compare(const Observation& seen, const std::string& label, bool same, const Seen& all) {
  const Known own = exit_of(seen, all);
  if (own.missing) return *own.missing;
  const Subject others = all.find(label);
  if (others.observations.empty()) return undecided("nothing was seen of `" + label + "`", {seen.id});
  std::vector<Ruling> rulings;
  for (const Observation* const other : others.observations) {
    if (other->id == seen.id) continue;
    const Known exit = exit_of(*other, all);
    if (exit.missing) {
      // What is missing is missing of the other one: it proves nothing about this one.
      rulings.push_back(undecided(exit.missing->reason, {other->id, seen.id}));
    } else if (same != (exit.address == own.address)) {
      const std::string expected = same ? "the exit of " : "another exit than that of ";
      rulings.push_back(failed("expected " + expected + name_of(*other) + ", " + exit.words + ", for " + name_of(seen) +
                                   ", saw " + own.words,
                               {other->id, seen.id}));
    }
  }
  return worst_of(rulings);
}

Ruling inside(const Observation& seen, const sim::ExitFilter& filter, const Seen& all) {
  const Known own = exit_of(seen, all);
  if (own.missing) return *own.missing;
  const std::vector<sim::Exit>& exits = all.header().exits;
  const auto exit =
      std::find_if(exits.begin(), exits.end(), [&](const sim::Exit& one) { return one.address == own.address; });
  if (exit == exits.end()) return undecided("where " + own.words + " is, is not known", {seen.id});
  if (filter.matches(*exit)) return passed();
  sim::ExitFilter actual;
  actual.type = exit->type;
  actual.region = exit->region;
  actual.state = exit->state;
  actual.city = exit->city;
  actual.asn = exit->asn;
  return failed("expected an exit of " + words_of(filter) + " for " + name_of(seen) + ", saw " + own.words + " of " +
                    words_of(actual),
                {seen.id});
}

}  // namespace

Ruling rule(const ExitCheck& check, const Subject& subject, const Seen& all) {
  return on_each(subject, [&](const Observation& seen) {
    std::vector<Ruling> rulings;
    for (const std::string& label : check.same_as) rulings.push_back(compare(seen, label, true, all));
    for (const std::string& label : check.different_from) rulings.push_back(compare(seen, label, false, all));
    if (check.in) rulings.push_back(inside(seen, *check.in, all));
    return worst_of(rulings);
  });
}

Ruling rule(const DistinctExitsCheck& check, const Subject& subject, const Seen& all) {
  std::set<std::string> exits;
  std::vector<Ruling> missing;
  for (const Observation* const seen : subject.observations) {
    const Known exit = exit_of(*seen, all);
    if (exit.missing) {
      missing.push_back(*exit.missing);
    } else {
      exits.insert(exit.address);
    }
  }
  // Each one whose exit is not known may have been another exit, or one of those seen.
  const auto seen = static_cast<std::int64_t>(exits.size());
  const Range<std::int64_t> range{seen, seen + static_cast<std::int64_t>(missing.size())};
  const Ruling ruling = within<std::int64_t>("a number of exits", range, check.count, subject.ids());
  if (ruling.verdict == Verdict::kInconclusive && !missing.empty()) return worst_of(missing);
  return ruling;
}

}  // namespace pinproof::conformance
