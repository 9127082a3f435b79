#include <limits>
#include <utility>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/catalogue/promise_reader.h"

namespace pinproof::conformance {
namespace {

// A promise of zero length or count would make its monitor pass or fail everything; these two may be nothing at all.
bool may_be_zero(std::string_view name) { return name == "default_retries" || name == "byte_overhead_max"; }

void read_value(const sim::JsonReader& json, std::string_view /*name*/, sim::Duration& into) {
  into = json.duration(sim::Duration(1));
}

void read_value(const sim::JsonReader& json, std::string_view name, std::int64_t& into) {
  into = json.integer(may_be_zero(name) ? 0 : 1);
}

void read_value(const sim::JsonReader& json, std::string_view /*name*/, std::vector<DomainDelay>& into) {
  into.clear();
  for (const auto& [domain, delay] : json.members()) into.push_back({domain, delay.duration()});
}

void read_value(const sim::JsonReader& json, std::string_view /*name*/, std::vector<std::string>& into) {
  into.clear();
  for (const sim::JsonReader& element : json.array()) into.push_back(element.non_empty_string());
}

std::string text_of(sim::Duration value) { return sim::in_quotes(sim::format_duration(value)); }

std::string text_of(std::int64_t value) { return std::to_string(value); }

std::string text_of(const std::vector<DomainDelay>& domains) {
  std::string text;
  for (const DomainDelay& domain : domains) {
    text += (text.empty() ? "" : ",") + sim::json_text(domain.domain) + ":" + text_of(domain.delay);
  }
  return "{" + text + "}";
}

std::string text_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + sim::json_text(name);
  return "[" + text + "]";
}

}  // namespace

void read_promise(const sim::JsonReader& json, const PromiseField& field, Promises& into) {
  std::visit([&](auto member) { read_value(json, field.name, into.*member); }, field.member);
}

std::vector<std::string_view> promise_names() {
  std::vector<std::string_view> names;
  for (const PromiseField& field : promise_fields()) names.push_back(field.name);
  return names;
}

Promises read_promises(const sim::JsonReader& json, const Promises& defaults) {
  Promises promises = defaults;
  json.object(promise_names());
  for (const PromiseField& field : promise_fields()) {
    if (const auto value = json.optional(field.name)) read_promise(*value, field, promises);
  }
  return promises;
}

std::string promises_text(const Promises& promises) {
  std::string text;
  for (const PromiseField& field : promise_fields()) {
    const auto write = [&](auto member) { return text_of(promises.*member); };
    text += (text.empty() ? "" : ",") + sim::json_text(field.name) + ":" + std::visit(write, field.member);
  }
  return "{" + text + "}";
}

}  // namespace pinproof::conformance
