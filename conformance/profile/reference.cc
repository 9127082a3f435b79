#include "conformance/profile/reference.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "conformance/catalogue/load.h"
#include "conformance/profile/json_pointer.h"

namespace pinproof::conformance {
namespace {

using sim::InputError;
using sim::JsonReader;

std::string name_of(const ValueReference& reference) {
  switch (reference.kind) {
    case ValueReference::Kind::kText:
      return "the text";
    case ValueReference::Kind::kEnvironment:
      return "the environment variable " + reference.value;
    case ValueReference::Kind::kFile:
      return "the file " + reference.value;
  }
  return {};
}

/// What the reference leads to, as it is there; nothing when it is not.
std::optional<std::string> raw_value(const ValueReference& reference, const Surroundings& surroundings) {
  if (reference.kind == ValueReference::Kind::kText) return reference.value;
  if (reference.kind == ValueReference::Kind::kEnvironment) return surroundings.environment(reference.value);
  auto text = read_text_file(surroundings.folder / reference.value);
  if (std::holds_alternative<InputError>(text)) return std::nullopt;
  return std::get<std::string>(std::move(text));
}

}  // namespace

ValueReference read_reference(const JsonReader& json) {
  if (json.kind() != sim::JsonKind::kObject) {
    // Without showing what stands there: it may be a secret.
    json.refuse("a value", R"({"env": NAME} or {"file": PATH}, since secrets do not stand in profiles)");
  }
  json.object({"env", "file", "pointer"});
  const auto variable = json.optional("env");
  const auto file = json.optional("file");
  if (variable.has_value() == file.has_value()) json.refuse(R"(either "env" or "file")");
  ValueReference reference;
  reference.kind = variable ? ValueReference::Kind::kEnvironment : ValueReference::Kind::kFile;
  reference.value = (variable ? *variable : *file).non_empty_string();
  reference.place = json.pointer();
  if (const auto pointer = json.optional("pointer")) {
    reference.pointer = pointer->string();
    if (!reference.pointer.empty() && reference.pointer.front() != '/') pointer->refuse("a JSON pointer: \"/name\"");
  }
  return reference;
}

sim::Parsed<std::string> find_value(const ValueReference& reference, const Surroundings& surroundings, Lines lines) {
  const auto complain = [&](const std::string& found, const std::string& expected) {
    return InputError{surroundings.profile, reference.place, found, expected};
  };
  const std::string name = name_of(reference);
  auto value = raw_value(reference, surroundings);
  if (!value) {
    const bool is_file = reference.kind == ValueReference::Kind::kFile;
    return complain(name + (is_file ? ", which cannot be read" : ", which is not set"), "a value there");
  }
  if (!reference.pointer.empty()) {
    value = text_at_pointer(*value, reference.pointer);
    if (!value) return complain(name + " without a text at " + reference.pointer, "JSON with one");
  }
  if (value->ends_with('\n')) value->pop_back();
  if (value->ends_with('\r')) value->pop_back();
  if (value->empty()) return complain(name + ", which is empty", "a value there");
  const bool is_line =
      std::none_of(value->begin(), value->end(), [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
  if (lines == Lines::kOne && !is_line) return complain(name + " with several lines", "a single line");
  return std::move(*value);
}

}  // namespace pinproof::conformance
