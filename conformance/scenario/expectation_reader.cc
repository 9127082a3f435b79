#include "conformance/scenario/expectation_reader.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "conformance/scenario/limits.h"
#include "conformance/scenario/words.h"

namespace pinproof::conformance {
namespace {

using sim::JsonKind;
using sim::JsonReader;

/// Hands every label to whoever asked for them.
class LabelReader {
 public:
  explicit LabelReader(const LabelSink& sink) : sink_(sink) {}

  Labels read(const JsonReader& json, LabelUse use) const {
    Labels labels;
    const auto one = [&](const JsonReader& where) {
      labels.push_back(where.non_empty_string(kReferenceMax));
      if (sink_) sink_(where, labels.back(), use);
    };
    if (json.kind() == JsonKind::kArray) {
      for (const JsonReader& element : json.array(1, kListMax)) one(element);
    } else {
      one(json);
    }
    return labels;
  }

  Labels read_optional(const JsonReader& json, std::string_view key, LabelUse use) const {
    const auto member = json.optional(key);
    return member ? read(*member, use) : Labels{};
  }

 private:
  const LabelSink& sink_;
};

/// A bare value is meant exactly; an object has one bound or both.
template <typename T, typename ReadOne>
Bounds<T> read_bounds(const JsonReader& json, ReadOne read_one) {
  if (json.kind() != JsonKind::kObject) {
    const T exactly = read_one(json);
    return {exactly, exactly};
  }
  json.object({"at_least", "at_most"});
  Bounds<T> bounds;
  if (const auto low = json.optional("at_least")) bounds.at_least = read_one(*low);
  if (const auto high = json.optional("at_most")) bounds.at_most = read_one(*high);
  if (!bounds.at_least && !bounds.at_most) json.refuse("an object without bounds", "\"at_least\", \"at_most\" or both");
  if (bounds.at_least && bounds.at_most && *bounds.at_least > *bounds.at_most) {
    json.at("at_most").refuse("at least what \"at_least\" says");
  }
  return bounds;
}

Bounds<std::int64_t> read_count_bounds(const JsonReader& json) {
  return read_bounds<std::int64_t>(
      json, [](const JsonReader& value) { return value.integer(0, std::numeric_limits<std::int32_t>::max()); });
}

Bounds<Duration> read_duration_bounds(const JsonReader& json) {
  return read_bounds<Duration>(json,
                               [](const JsonReader& value) { return value.duration(Duration::zero(), kWaitMax); });
}

/// An object with no key but `keys` and at least one of them: an empty check would hold of everything.
void conditions(const JsonReader& json, const std::vector<std::string_view>& keys) {
  json.object(keys);
  if (json.members().empty()) {
    std::string list;
    for (const std::string_view key : keys) list += (list.empty() ? "" : ", ") + sim::in_quotes(key);
    json.refuse("an object without a condition", "at least one of " + list);
  }
}

Check read_status(const JsonReader& json, const LabelReader&) {
  StatusCheck check;
  const auto one = [&](const JsonReader& value) { check.any_of.push_back(static_cast<int>(value.integer(100, 599))); };
  if (json.kind() == JsonKind::kArray) {
    for (const JsonReader& element : json.array(1, kListMax)) one(element);
  } else {
    one(json);
  }
  return check;
}

Check read_header(const JsonReader& json, const LabelReader&) {
  json.object({"name", "on_connect", "present", "equals", "integer"});
  HeaderCheck check;
  check.name = json.at("name").non_empty_string(kFieldMax);
  if (const auto on_connect = json.optional("on_connect")) check.on_connect = on_connect->boolean();
  if (const auto present = json.optional("present")) check.present = present->boolean();
  if (const auto equals = json.optional("equals")) check.equals = equals->string();
  if (const auto integer = json.optional("integer")) check.integer = read_count_bounds(*integer);
  if (!check.present && !check.equals && !check.integer) {
    json.refuse("an object without a condition", "at least one of \"present\", \"equals\", \"integer\"");
  }
  if (check.present == false && (check.equals || check.integer)) {
    json.at("present").refuse("true, or left out, beside \"equals\" or \"integer\"");
  }
  return check;
}

Check read_exit(const JsonReader& json, const LabelReader& labels) {
  conditions(json, {"same_as", "different_from", "in"});
  ExitCheck check;
  check.same_as = labels.read_optional(json, "same_as", LabelUse::kExit);
  check.different_from = labels.read_optional(json, "different_from", LabelUse::kExit);
  if (const auto in = json.optional("in")) {
    conditions(*in, {"type", "region", "state", "city", "asn"});
    check.in = read_exit_filter(*in);
  }
  return check;
}

Check read_count(const JsonReader& json, const LabelReader&) {
  json.object({"repinned", "outcome", "times"});
  CountCheck check;
  if (const auto repinned = json.optional("repinned")) check.repinned = repinned->boolean();
  if (const auto outcome = json.optional("outcome")) check.outcome = read_word(*outcome, kOutcomeWords);
  if (!check.repinned && !check.outcome) {
    json.refuse("an object that does not say what to count", "\"repinned\", \"outcome\" or both");
  }
  check.count = read_count_bounds(json.at("times"));
  return check;
}

Check read_body(const JsonReader& json, const LabelReader&) {
  conditions(json, {"bytes", "whole"});
  BodyCheck check;
  if (const auto bytes = json.optional("bytes")) {
    check.bytes = static_cast<std::uint64_t>(bytes->integer(0, static_cast<std::int64_t>(kBodyMax)));
  }
  if (const auto whole = json.optional("whole")) check.whole = whole->boolean();
  return check;
}

Check read_announced_delay(const JsonReader& json, const LabelReader&) {
  conditions(json, {"present", "seconds", "agrees_with_delay"});
  AnnouncedDelayCheck check;
  if (const auto present = json.optional("present")) check.present = present->boolean();
  if (const auto seconds = json.optional("seconds")) check.seconds = read_count_bounds(*seconds);
  if (const auto agrees = json.optional("agrees_with_delay")) {
    if (!agrees->boolean()) agrees->refuse("true, or left out");
    check.agrees_with_delay = true;
  }
  if (check.present == false && (json.optional("seconds") || check.agrees_with_delay)) {
    json.at("present").refuse("true, or left out, beside \"seconds\" or \"agrees_with_delay\"");
  }
  return check;
}

Check read_session_id(const JsonReader& json, const LabelReader& labels) {
  conditions(json, {"issued", "same_as", "different_from"});
  SessionIdCheck check;
  if (const auto issued = json.optional("issued")) check.issued = issued->boolean();
  check.same_as = labels.read_optional(json, "same_as", LabelUse::kSessionId);
  check.different_from = labels.read_optional(json, "different_from", LabelUse::kSessionId);
  return check;
}

Check read_listed(const JsonReader& json, const LabelReader& labels) {
  conditions(json, {"contains", "lacks", "exit_of", "count", "repinned", "not_repinned"});
  ListedCheck check;
  check.contains = labels.read_optional(json, "contains", LabelUse::kListed);
  check.lacks = labels.read_optional(json, "lacks", LabelUse::kListed);
  check.exit_of = labels.read_optional(json, "exit_of", LabelUse::kListedExit);
  if (const auto count = json.optional("count")) check.count = read_count_bounds(*count);
  check.repinned = labels.read_optional(json, "repinned", LabelUse::kListed);
  check.not_repinned = labels.read_optional(json, "not_repinned", LabelUse::kListed);
  return check;
}

Check read_origin(const JsonReader& json, const LabelReader&) {
  conditions(json, {"reached", "method", "headers", "absent", "body_bytes", "body_unchanged"});
  OriginCheck check;
  if (const auto reached = json.optional("reached")) check.reached = reached->boolean();
  if (const auto method = json.optional("method")) check.method = method->non_empty_string(kNameMax);
  if (const auto headers = json.optional("headers")) {
    for (const auto& [name, value] : headers->members()) check.headers.emplace_back(name, value.string());
  }
  if (const auto absent = json.optional("absent")) check.absent = read_strings(*absent, kFieldMax);
  if (const auto bytes = json.optional("body_bytes")) {
    check.body_bytes = static_cast<std::uint64_t>(bytes->integer(0, static_cast<std::int64_t>(kBodyMax)));
  }
  if (const auto unchanged = json.optional("body_unchanged")) {
    if (!unchanged->boolean()) unchanged->refuse("true, or left out");
    check.body_unchanged = true;
  }
  if (check.reached == false && json.members().size() > 1)
    json.at("reached").refuse("true, or left out, beside others");
  return check;
}

struct CheckReader {
  std::string_view word;
  Check (*read)(const JsonReader& json, const LabelReader& labels);
};

constexpr CheckReader kCheckReaders[] = {
    {"outcome",
     [](const JsonReader& json, const LabelReader&) -> Check { return OutcomeCheck{read_word(json, kOutcomeWords)}; }},
    {"status", read_status},
    {"repinned", [](const JsonReader& json, const LabelReader&) -> Check { return RepinnedCheck{json.boolean()}; }},
    {"error",
     [](const JsonReader& json, const LabelReader&) -> Check { return ErrorCodeCheck{read_strings(json, kFieldMax)}; }},
    {"header", read_header},
    {"exit", read_exit},
    {"distinct_exits",
     [](const JsonReader& json, const LabelReader&) -> Check { return DistinctExitsCheck{read_count_bounds(json)}; }},
    {"delay",
     [](const JsonReader& json, const LabelReader&) -> Check { return DelayCheck{read_duration_bounds(json)}; }},
    {"spacing",
     [](const JsonReader& json, const LabelReader&) -> Check { return SpacingCheck{read_duration_bounds(json)}; }},
    {"attempts",
     [](const JsonReader& json, const LabelReader&) -> Check { return AttemptsCheck{read_count_bounds(json)}; }},
    {"count", read_count},
    {"body", read_body},
    {"announced_delay", read_announced_delay},
    {"session_id", read_session_id},
    {"listed", read_listed},
    {"origin", read_origin},
};

}  // namespace

const std::vector<std::string_view>& check_words() {
  static const std::vector<std::string_view> words = [] {
    std::vector<std::string_view> all;
    for (const CheckReader& reader : kCheckReaders) all.push_back(reader.word);
    return all;
  }();
  return words;
}

Expectation read_expectation(const JsonReader& json, const LabelSink& on_label) {
  std::vector<std::string_view> keys{"requirement", "of"};
  keys.insert(keys.end(), check_words().begin(), check_words().end());
  json.object(keys);

  const CheckReader* chosen = nullptr;
  for (const CheckReader& reader : kCheckReaders) {
    if (!json.optional(reader.word)) continue;
    if (chosen != nullptr) {
      json.refuse("both " + sim::in_quotes(chosen->word) + " and " + sim::in_quotes(reader.word),
                  "one check an expectation");
    }
    chosen = &reader;
  }
  if (chosen == nullptr) {
    std::string list;
    for (const std::string_view word : check_words()) list += (list.empty() ? "" : ", ") + sim::in_quotes(word);
    json.refuse("an expectation without a check", "one of " + list);
  }

  const LabelReader labels(on_label);
  Expectation expectation;
  expectation.step = json.pointer();
  if (const auto requirement = json.optional("requirement"))
    expectation.requirement = requirement->non_empty_string(kNameMax);
  expectation.of = labels.read_optional(json, "of", LabelUse::kSubject);
  expectation.check = chosen->read(json.at(chosen->word), labels);
  return expectation;
}

sim::ExitFilter read_exit_filter(const JsonReader& json) {
  json.object({"type", "region", "state", "city", "asn"});
  sim::ExitFilter filter;
  if (const auto type = json.optional("type")) filter.type = read_word(*type, kExitTypeWords);
  if (const auto region = json.optional("region")) filter.region = region->non_empty_string(kNameMax);
  if (const auto state = json.optional("state")) filter.state = state->non_empty_string(kNameMax);
  if (const auto city = json.optional("city")) filter.city = city->non_empty_string(kNameMax);
  if (const auto asn = json.optional("asn")) {
    filter.asn = static_cast<std::uint32_t>(asn->integer(0, std::numeric_limits<std::uint32_t>::max()));
  }
  return filter;
}

std::vector<std::string> read_strings(const JsonReader& json, std::size_t length_max) {
  std::vector<std::string> strings;
  if (json.kind() == JsonKind::kArray) {
    for (const JsonReader& element : json.array(1, kListMax)) strings.push_back(element.non_empty_string(length_max));
  } else {
    strings.push_back(json.non_empty_string(length_max));
  }
  return strings;
}

}  // namespace pinproof::conformance
