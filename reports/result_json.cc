#include "reports/result_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/escape.h"
#include "reports/result_fields.h"

namespace pinproof::reports {
namespace {

using Json = nlohmann::ordered_json;

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
  void operator()(const char* key, const auto& value, const auto&) { (*this)(key, value); }
  void one_of(const char* key, const std::string& word, const auto&) { object_[key] = word; }
  void optional(const char* key, const auto& value) {
    if (value) object_[key] = write(*value);
  }

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
    } else if constexpr (std::is_same_v<T, int>) {
      require(json.is_number_unsigned(), json, pointer, "an integer from 0");
      value = static_cast<int>(std::min<std::uint64_t>(json.get<std::uint64_t>(), std::numeric_limits<int>::max()));
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
    if constexpr (std::is_same_v<T, int>) {  // the version, and nothing else
      require(value == kResultVersion, *member, pointer_to(pointer_, key),
              fmt::format("{}, the version of results that this program reads", kResultVersion));
    }
  }

  template <class T>
  void operator()(const char* key, T& value, const Range<T>& range) {
    (*this)(key, value);
    require_within(value, range, json_[key], pointer_to(pointer_, key));
  }

  void operator()(const char* key, Statistics& statistics, const Range<std::uint64_t>& range) {
    (*this)(key, statistics);
    const std::string pointer = pointer_to(pointer_, key);
    for (const auto& [word, count] : statistics)
      require_within(count, range, json_[key][word], pointer_to(pointer, word));
  }

  void one_of(const char* key, std::string& word, const auto& words) {
    (*this)(key, word);
    if (std::find(words.begin(), words.end(), word) != words.end()) return;
    std::string expected;
    for (const std::string_view one : words) expected += (expected.empty() ? "one of " : ", ") + std::string(one);
    throw ResultError{pointer_to(pointer_, key), named(json_[key]), std::move(expected)};
  }

  template <class T>
  void optional(const char* key, std::optional<T>& value) {
    if (json_.contains(key)) (*this)(key, value.emplace());
  }

 private:
  /// No number fails it too.
  template <class T>
  static void require_within(T value, const Range<T>& range, const Json& json, const std::string& pointer) {
    require(value >= range.min && value <= range.max, json, pointer,
            fmt::format("a number from {} to {}", range.min, range.max));
  }

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
  } catch (const nlohmann::json::exception& error) {
    return ResultError{"", "a number that is too large for any", "a result of `pinproof run --json`"};
  } catch (ResultError& error) {
    return std::move(error);
  }
}

}  // namespace pinproof::reports
