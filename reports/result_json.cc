#include "reports/result_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "reports/escape.h"

namespace pinproof::reports {
namespace {

using Json = nlohmann::ordered_json;

// Each structure lists its fields once, for writer and reader alike, so that the two cannot come apart.

template <class T>
struct Fields;

template <>
struct Fields<ExchangeLine> {
  static void visit(auto& archive, auto& line) {
    archive("observation", line.observation);
    archive("at", line.at);
    archive("text", line.text);
    archive("evidence", line.evidence);
  }
};

template <>
struct Fields<Evidence> {
  static void visit(auto& archive, auto& evidence) {
    archive("scenario", evidence.scenario);
    archive("observations", evidence.observations);
    archive("reason", evidence.reason);
    archive("step", evidence.step);
  }
};

template <>
struct Fields<RequirementResult> {
  static void visit(auto& archive, auto& requirement) {
    archive("id", requirement.id);
    archive("level", requirement.level);
    archive("set", requirement.set);
    archive("dialect", requirement.dialect);
    archive("title", requirement.title);
    archive("verdict", requirement.verdict);
    archive("reading", requirement.reading);
    archive("reason", requirement.reason);
    archive("evidence", requirement.evidence);
  }
};

template <>
struct Fields<ScenarioResult> {
  static void visit(auto& archive, auto& scenario) {
    archive("id", scenario.id);
    archive("title", scenario.title);
    archive("dialect", scenario.dialect);
    archive("file", scenario.file);
    archive("verdict", scenario.verdict);
    archive("reason", scenario.reason);
    archive("requirements", scenario.requirements);
    archive("seed", scenario.seed);
    archive("replay", scenario.replay);
    archive("history", scenario.history);
    archive("exchanges", scenario.exchanges);
  }
};

template <>
struct Fields<Target> {
  static void visit(auto& archive, auto& target) {
    archive("name", target.name);
    archive("kind", target.kind);
    archive("version", target.version);
    archive("rules", target.rules);
  }
};

template <>
struct Fields<LedgerDifference> {
  static void visit(auto& archive, auto& difference) {
    archive("kind", difference.kind);
    archive("id", difference.id);
    archive("expected", difference.expected);
    archive("why", difference.why);
    archive("found", difference.found);
    archive("reason", difference.reason);
  }
};

template <>
struct Fields<LedgerOutcome> {
  static void visit(auto& archive, auto& outcome) {
    archive("file", outcome.file);
    archive("narrowed", outcome.narrowed);
    archive("differences", outcome.differences);
  }
};

/// The part of a result that a run does not determine.
struct Volatile {
  double wall_seconds = 0;
};

template <>
struct Fields<Volatile> {
  static void visit(auto& archive, auto& part) { archive("wall_seconds", part.wall_seconds); }
};

template <>
struct Fields<Result> {
  static void visit(auto& archive, auto& result) {
    int format = kResultVersion;
    archive("format", format);
    archive("program", result.program);
    archive("version", result.version);
    archive("result", result.result);
    archive("complete", result.complete);
    archive("seed", result.seed);
    archive("set", result.set);
    archive("target", result.target);
    archive("readings", result.readings);
    archive("statistics", result.statistics);
    archive("requirements", result.requirements);
    archive("scenarios", result.scenarios);
    archive("histories", result.histories);
    archive.optional("ledger", result.ledger);
    Volatile rest{result.wall_seconds};
    archive("volatile", rest);
    archive.store_back(result, rest);
  }
};

class Writer {
 public:
  template <class T>
  static Json write(const T& value) {
    if constexpr (requires(Writer & writer) { Fields<T>::visit(writer, value); }) {
      Writer writer;
      Fields<T>::visit(writer, value);
      return std::move(writer.object_);
    } else {
      return Json(value);
    }
  }

  template <class T>
  static Json write(const std::vector<T>& values) {
    Json array = Json::array();
    for (const T& value : values) array.push_back(write(value));
    return array;
  }

  template <class T>
  static Json write(const std::vector<std::pair<std::string, T>>& members) {
    Json object = Json::object();
    for (const auto& [key, value] : members) object[key] = value;
    return object;
  }

  void operator()(const char* key, const auto& value) { object_[key] = write(value); }
  void optional(const char* key, const auto& value) {
    if (value) object_[key] = write(*value);
  }
  static void store_back(const Result&, const Volatile&) {}

 private:
  Json object_ = Json::object();
};

std::string named(const Json& json) {
  switch (json.type()) {
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "an array";
    default:
      return escape(json.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
  }
}

std::string pointer_to(const std::string& parent, std::string_view key) {
  std::string pointer = parent + "/";
  for (const char c : key) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return pointer;
}

/// Reads an object's fields; throws the ResultError of the first thing wrong, which parse_result catches.
class Reader {
 public:
  Reader(const Json& json, std::string pointer) : json_(json), pointer_(std::move(pointer)) {
    if (!json.is_object()) throw ResultError{pointer_, named(json), "an object"};
  }

  template <class T>
  static void read(const Json& json, const std::string& pointer, T& value) {
    if constexpr (requires(Reader & reader) { Fields<T>::visit(reader, value); }) {
      Reader reader(json, pointer);
      Fields<T>::visit(reader, value);
      reader.refuse_strangers();
    } else if constexpr (std::is_same_v<T, std::string>) {
      require(json.is_string(), json, pointer, "a string");
      value = json.get<std::string>();
    } else if constexpr (std::is_same_v<T, bool>) {
      require(json.is_boolean(), json, pointer, "true or false");
      value = json.get<bool>();
    } else if constexpr (std::is_same_v<T, double>) {
      require(json.is_number(), json, pointer, "a number");
      value = json.get<double>();
    } else {
      require(json.is_number_unsigned(), json, pointer, "an integer from 0");
      value = json.get<T>();
    }
  }

  template <class T>
  static void read(const Json& json, const std::string& pointer, std::vector<T>& values) {
    require(json.is_array(), json, pointer, "an array");
    for (std::size_t i = 0; i < json.size(); ++i)
      read(json[i], pointer_to(pointer, std::to_string(i)), values.emplace_back());
  }

  template <class T>
  static void read(const Json& json, const std::string& pointer, std::vector<std::pair<std::string, T>>& members) {
    require(json.is_object(), json, pointer, "an object");
    for (const auto& [key, value] : json.items()) {
      members.emplace_back(key, T{});
      read(value, pointer_to(pointer, key), members.back().second);
    }
  }

  template <class T>
  void operator()(const char* key, T& value) {
    const auto member = json_.find(key);
    if (member == json_.end()) throw ResultError{pointer_, "no \"" + std::string(key) + "\"", "it here"};
    known_.insert(key);
    read(*member, pointer_to(pointer_, key), value);
    if constexpr (std::is_same_v<T, int>) {
      require(value == kResultVersion, *member, pointer_to(pointer_, key), fmt::format("{}", kResultVersion));
    }
  }

  template <class T>
  void optional(const char* key, std::optional<T>& value) {
    if (json_.contains(key)) (*this)(key, value.emplace());
  }

  static void store_back(Result& result, const Volatile& rest) { result.wall_seconds = rest.wall_seconds; }

 private:
  static void require(bool holds, const Json& json, const std::string& pointer, std::string expected) {
    if (!holds) throw ResultError{pointer, named(json), std::move(expected)};
  }

  void refuse_strangers() const {
    for (const auto& [key, value] : json_.items()) {
      if (!known_.contains(key))
        throw ResultError{pointer_to(pointer_, escape(key, 60)), "an unknown key", "none but those of the schema"};
    }
  }

  const Json& json_;
  std::string pointer_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace

std::string ResultError::message() const {
  return (pointer.empty() ? "" : "at " + pointer + ": ") + "found " + found + ", expected " + expected;
}

std::string to_json(const Result& result) {
  return escape_json_text(Writer::write(result).dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

std::variant<Result, ResultError> parse_result(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    Result result;
    Reader::read(json, "", result);
    return result;
  } catch (const nlohmann::json::parse_error& error) {
    return ResultError{fmt::format("byte {}", error.byte), "text that is not JSON",
                       "a result of `pinproof run --json`"};
  } catch (ResultError& error) {
    return std::move(error);
  }
}

}  // namespace pinproof::reports
