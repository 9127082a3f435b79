#include "tools/program/expectation_words.h"

#include <fmt/format.h>

#include <chrono>
#include <string_view>
#include <variant>
#include <vector>

#include "conformance/scenario/words.h"
#include "sim/core/time.h"

namespace pinproof::program {
namespace {

using conformance::Bounds;
using conformance::Labels;

std::string shown(sim::Duration duration) { return sim::format_duration(duration); }
std::string shown(std::int64_t number) { return std::to_string(number); }

template <class T>
std::string shown(const Bounds<T>& bounds) {
  if (bounds.at_least && bounds.at_most) {
    if (*bounds.at_least == *bounds.at_most) return "exactly " + shown(*bounds.at_least);
    return shown(*bounds.at_least) + " to " + shown(*bounds.at_most);
  }
  if (bounds.at_least) return "at least " + shown(*bounds.at_least);
  if (bounds.at_most) return "at most " + shown(*bounds.at_most);
  return "any";
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

std::string named(const Labels& labels) {
  std::vector<std::string> quoted;
  for (const std::string& label : labels) quoted.push_back("`" + label + "`");
  return joined(quoted, ", ");
}

std::string_view word(conformance::Outcome outcome) {
  return conformance::word_of(conformance::kOutcomeWords, outcome);
}

struct InWords {
  std::string operator()(const conformance::OutcomeCheck& check) const { return std::string(word(check.outcome)); }

  std::string operator()(const conformance::StatusCheck& check) const {
    return fmt::format("the status is {}", fmt::join(check.any_of, " or "));
  }

  std::string operator()(const conformance::RepinnedCheck& check) const {
    return check.announced ? "a re-pin is announced" : "no re-pin is announced";
  }

  std::string operator()(const conformance::ErrorCodeCheck& check) const {
    return "the error code is " + joined(check.any_of, " or ");
  }

  std::string operator()(const conformance::HeaderCheck& check) const {
    std::vector<std::string> parts;
    if (check.present) parts.emplace_back(*check.present ? "is there" : "is absent");
    if (check.equals) parts.push_back("is \"" + *check.equals + "\"");
    if (check.integer) parts.push_back("is a number, " + shown(*check.integer));
    return "the header " + check.name + (check.on_connect ? " of the reply to CONNECT " : " ") + joined(parts, " and ");
  }

  std::string operator()(const conformance::ExitCheck& check) const {
    std::vector<std::string> parts;
    if (!check.same_as.empty()) parts.push_back("is that of " + named(check.same_as));
    if (!check.different_from.empty()) parts.push_back("is not that of " + named(check.different_from));
    if (check.in) parts.push_back("is one of " + in_words(*check.in));
    return "its exit " + joined(parts, " and ");
  }

  std::string operator()(const conformance::DistinctExitsCheck& check) const {
    return "the number of different exits is " + shown(check.count);
  }
  std::string operator()(const conformance::DelayCheck& check) const {
    return "it is answered after " + shown(check.delay);
  }
  std::string operator()(const conformance::SpacingCheck& check) const {
    return "the time between two forwards is " + shown(check.gap);
  }
  std::string operator()(const conformance::AttemptsCheck& check) const {
    return "the number of attempts at upstreams is " + shown(check.count);
  }

  std::string operator()(const conformance::CountCheck& check) const {
    std::vector<std::string> parts;
    if (check.outcome) parts.push_back("are " + std::string(word(*check.outcome)));
    if (check.repinned) parts.emplace_back(*check.repinned ? "announce a re-pin" : "announce no re-pin");
    return shown(check.count) + " of them " + joined(parts, " and ");
  }

  std::string operator()(const conformance::BodyCheck& check) const {
    std::vector<std::string> parts;
    if (check.bytes) parts.push_back(fmt::format("has {} bytes", *check.bytes));
    if (check.whole) parts.emplace_back(*check.whole ? "is whole" : "is not whole");
    return "the body " + joined(parts, " and ");
  }

  std::string operator()(const conformance::AnnouncedDelayCheck& check) const {
    std::vector<std::string> parts;
    if (check.present) parts.emplace_back(*check.present ? "is there" : "is absent");
    if (check.seconds.at_least || check.seconds.at_most) parts.push_back("is " + shown(check.seconds) + " seconds");
    if (check.agrees_with_delay) parts.emplace_back("agrees with the delay served");
    return "the announced delay " + joined(parts, " and ");
  }

  std::string operator()(const conformance::SessionIdCheck& check) const {
    std::vector<std::string> parts;
    if (check.issued) parts.emplace_back(*check.issued ? "is issued" : "is not issued");
    if (!check.same_as.empty()) parts.push_back("is that of " + named(check.same_as));
    if (!check.different_from.empty()) parts.push_back("is not that of " + named(check.different_from));
    return "a session id " + joined(parts, " and ");
  }

  std::string operator()(const conformance::ListedCheck& check) const {
    std::vector<std::string> parts;
    if (!check.contains.empty()) parts.push_back("has the session of " + named(check.contains));
    if (!check.lacks.empty()) parts.push_back("lacks the session of " + named(check.lacks));
    if (!check.exit_of.empty()) parts.push_back("shows the exit that the origin saw for " + named(check.exit_of));
    if (check.count) parts.push_back("has " + shown(*check.count) + " sessions");
    if (!check.repinned.empty())
      parts.push_back("says that the session of " + named(check.repinned) + " was re-pinned");
    if (!check.not_repinned.empty())
      parts.push_back("says that the session of " + named(check.not_repinned) + " was not re-pinned");
    return "the list " + joined(parts, " and ");
  }

  std::string operator()(const conformance::OriginCheck& check) const {
    std::vector<std::string> parts;
    if (check.reached) parts.emplace_back(*check.reached ? "sees the request" : "sees nothing");
    if (check.method) parts.push_back("sees the method " + *check.method);
    for (const auto& [name, value] : check.headers) parts.push_back("sees " + name + ": " + value);
    if (!check.absent.empty()) parts.push_back("sees no " + joined(check.absent, ", "));
    if (check.body_bytes) parts.push_back(fmt::format("sees a body of {} bytes", *check.body_bytes));
    if (check.body_unchanged) parts.emplace_back("sees the body unchanged");
    return "the origin " + joined(parts, " and ");
  }
};

}  // namespace

std::string in_words(const sim::ExitFilter& filter) {
  std::string place = filter.region;
  for (const std::string& part : {filter.state, filter.city}) {
    if (!part.empty()) place += "/" + part;
  }
  std::string text = filter.type ? std::string(sim::to_string(*filter.type)) + " exits" : "the exits";
  if (!place.empty()) text += " in " + place;
  if (filter.asn) text += fmt::format(", asn {}", *filter.asn);
  return filter == sim::ExitFilter{} ? "any exit" : text;
}

std::string in_words(const conformance::Expectation& expectation) {
  const std::string subject = expectation.of.empty() ? "" : named(expectation.of) + ": ";
  return subject + std::visit(InWords{}, expectation.check) +
         (expectation.requirement.empty() ? " (precondition)" : " (" + expectation.requirement + ")");
}

}  // namespace pinproof::program
