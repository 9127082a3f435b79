#include "conformance/scenario/expectation_json.h"

#include <nlohmann/json.hpp>

#include "conformance/scenario/words.h"

namespace pinproof::conformance {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(std::int64_t value) { return value; }
Json value_of(Duration value) { return sim::format_duration(value); }

template <typename T>
Json bounds_to_json(const Bounds<T>& bounds) {
  if (bounds.at_least && bounds.at_least == bounds.at_most) return value_of(*bounds.at_least);
  Json json = Json::object();
  if (bounds.at_least) json["at_least"] = value_of(*bounds.at_least);
  if (bounds.at_most) json["at_most"] = value_of(*bounds.at_most);
  return json;
}

void add_labels(Json& json, const char* key, const Labels& labels) {
  if (!labels.empty()) json[key] = strings_to_json(labels);
}

/// Adds the one check word with its value.
struct CheckWriter {
  Json& json;

  void operator()(const OutcomeCheck& check) const { json["outcome"] = word_of(kOutcomeWords, check.outcome); }

  void operator()(const StatusCheck& check) const {
    json["status"] = check.any_of.size() == 1 ? Json(check.any_of.front()) : Json(check.any_of);
  }

  void operator()(const RepinnedCheck& check) const { json["repinned"] = check.announced; }
  void operator()(const ErrorCodeCheck& check) const { json["error"] = strings_to_json(check.any_of); }

  void operator()(const HeaderCheck& check) const {
    Json& header = json["header"];
    header["name"] = check.name;
    if (check.on_connect) header["on_connect"] = true;
    if (check.present) header["present"] = *check.present;
    if (check.equals) header["equals"] = *check.equals;
    if (check.integer) header["integer"] = bounds_to_json(*check.integer);
  }

  void operator()(const ExitCheck& check) const {
    Json& exit = json["exit"];
    add_labels(exit, "same_as", check.same_as);
    add_labels(exit, "different_from", check.different_from);
    if (check.in) exit["in"] = exit_filter_to_json(*check.in);
  }

  void operator()(const DistinctExitsCheck& check) const { json["distinct_exits"] = bounds_to_json(check.count); }
  void operator()(const DelayCheck& check) const { json["delay"] = bounds_to_json(check.delay); }
  void operator()(const SpacingCheck& check) const { json["spacing"] = bounds_to_json(check.gap); }
  void operator()(const AttemptsCheck& check) const { json["attempts"] = bounds_to_json(check.count); }

  void operator()(const CountCheck& check) const {
    Json& count = json["count"];
    if (check.repinned) count["repinned"] = *check.repinned;
    if (check.outcome) count["outcome"] = word_of(kOutcomeWords, *check.outcome);
    count["times"] = bounds_to_json(check.count);
  }

  void operator()(const BodyCheck& check) const {
    Json& body = json["body"];
    if (check.bytes) body["bytes"] = *check.bytes;
    if (check.whole) body["whole"] = *check.whole;
  }

  void operator()(const AnnouncedDelayCheck& check) const {
    Json& announced = json["announced_delay"];
    if (check.present) announced["present"] = *check.present;
    if (check.seconds != Bounds<std::int64_t>{}) announced["seconds"] = bounds_to_json(check.seconds);
    if (check.agrees_with_delay) announced["agrees_with_delay"] = true;
  }

  void operator()(const SessionIdCheck& check) const {
    Json& id = json["session_id"];
    if (check.issued) id["issued"] = *check.issued;
    add_labels(id, "same_as", check.same_as);
    add_labels(id, "different_from", check.different_from);
  }

  void operator()(const ListedCheck& check) const {
    Json& listed = json["listed"];
    add_labels(listed, "contains", check.contains);
    add_labels(listed, "lacks", check.lacks);
    add_labels(listed, "exit_of", check.exit_of);
    if (check.count) listed["count"] = bounds_to_json(*check.count);
    add_labels(listed, "repinned", check.repinned);
    add_labels(listed, "not_repinned", check.not_repinned);
  }

  void operator()(const OriginCheck& check) const {
    Json& origin = json["origin"];
    if (check.reached) origin["reached"] = *check.reached;
    if (check.method) origin["method"] = *check.method;
    for (const auto& [name, value] : check.headers) origin["headers"][name] = value;
    if (!check.absent.empty()) origin["absent"] = strings_to_json(check.absent);
    if (check.body_bytes) origin["body_bytes"] = *check.body_bytes;
    if (check.body_unchanged) origin["body_unchanged"] = true;
  }
};

}  // namespace

nlohmann::ordered_json expectation_to_json(const Expectation& expectation) {
  Json json = Json::object();
  if (!expectation.requirement.empty()) json["requirement"] = expectation.requirement;
  if (!expectation.of.empty()) json["of"] = strings_to_json(expectation.of);
  std::visit(CheckWriter{json}, expectation.check);
  return json;
}

nlohmann::ordered_json exit_filter_to_json(const sim::ExitFilter& filter) {
  Json json = Json::object();
  if (filter.type) json["type"] = word_of(kExitTypeWords, *filter.type);
  if (!filter.region.empty()) json["region"] = filter.region;
  if (!filter.state.empty()) json["state"] = filter.state;
  if (!filter.city.empty()) json["city"] = filter.city;
  if (filter.asn) json["asn"] = *filter.asn;
  return json;
}

nlohmann::ordered_json strings_to_json(const std::vector<std::string>& strings) {
  return strings.size() == 1 ? Json(strings.front()) : Json(strings);
}

}  // namespace pinproof::conformance
