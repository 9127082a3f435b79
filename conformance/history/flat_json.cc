#include "conformance/history/flat_json.h"

// The library without its binary: these headers are its sources, so they are included in this file only.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <cmath>
#include <string>

namespace pinproof::conformance {
namespace {

namespace json = boost::json;
using sim::JsonKind;

/// What Boost.JSON's parser calls.
class Lister {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  void start(std::string_view text) {
    text_ = text;
    entries_.clear();
    open_.clear();
    key_ = {};
    unescaped_.clear();
    unescaped_.reserve(text.size());  // what is unescaped is never longer, so that views into it stay valid
    piece_ = 0;
  }

  const FlatEntry* entries() const { return entries_.data(); }

  bool on_document_begin(json::error_code& /*error*/) { return true; }
  bool on_document_end(json::error_code& /*error*/) { return true; }
  bool on_object_begin(json::error_code& /*error*/) { return open(JsonKind::kObject); }
  bool on_object_end(std::size_t size, json::error_code& /*error*/) { return close(size); }
  bool on_array_begin(json::error_code& /*error*/) { return open(JsonKind::kArray); }
  bool on_array_end(std::size_t size, json::error_code& /*error*/) { return close(size); }

  bool on_key_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) { return append(part); }
  bool on_key(json::string_view part, std::size_t size, json::error_code& /*error*/) {
    key_ = whole(part, size);
    entries_[open_.back()].keys |= mark_of(key_);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
    return append(part);
  }
  bool on_string(json::string_view part, std::size_t size, json::error_code& /*error*/) {
    const std::string_view text = whole(part, size);
    add(JsonKind::kString).text = text;
    return true;
  }

  bool on_number_part(json::string_view /*part*/, json::error_code& /*error*/) { return true; }
  bool on_int64(std::int64_t value, json::string_view /*text*/, json::error_code& /*error*/) {
    add(JsonKind::kInteger).integer = value;
    return true;
  }
  bool on_uint64(std::uint64_t /*value*/, json::string_view /*text*/, json::error_code& /*error*/) {
    add(JsonKind::kNumber);  // past 64 bits with a sign: no integer, to sim::JsonReader neither
    return true;
  }
  bool on_double(double value, json::string_view /*text*/, json::error_code& error) {
    add(JsonKind::kNumber);
    if (std::isinf(value)) error = json::error::exponent_overflow;  // refused by sim::JsonReader too
    return !error;
  }
  bool on_bool(bool value, json::error_code& /*error*/) {
    add(JsonKind::kBoolean).integer = value ? 1 : 0;
    return true;
  }
  bool on_null(json::error_code& /*error*/) {
    add(JsonKind::kNull);
    return true;
  }
  bool on_comment_part(json::string_view /*part*/, json::error_code& /*error*/) { return false; }
  bool on_comment(json::string_view /*part*/, json::error_code& /*error*/) { return false; }

 private:
  FlatEntry& add(JsonKind kind) {
    FlatEntry& entry = entries_.emplace_back();
    entry.key = key_;
    entry.kind = kind;
    entry.next = static_cast<std::uint32_t>(entries_.size());
    return entry;
  }

  bool open(JsonKind kind) {
    add(kind);
    open_.push_back(static_cast<std::uint32_t>(entries_.size() - 1));
    return true;
  }

  bool close(std::size_t size) {
    FlatEntry& entry = entries_[open_.back()];
    entry.size = static_cast<std::uint32_t>(size);
    entry.next = static_cast<std::uint32_t>(entries_.size());
    open_.pop_back();
    return true;
  }

  bool append(json::string_view part) {
    unescaped_.append(part.data(), part.size());
    return true;
  }

  /// A string comes in pieces where it has escapes, and its last piece may lie in a buffer of the parser.
  std::string_view whole(json::string_view last, std::size_t size) {
    const bool in_text =
        last.size() == size && last.data() >= text_.data() && last.data() <= text_.data() + text_.size();
    if (in_text) return {last.data(), last.size()};
    append(last);
    const std::string_view all = std::string_view(unescaped_).substr(piece_);
    piece_ = unescaped_.size();
    return all;
  }

  std::string_view text_;
  std::vector<FlatEntry> entries_;
  std::vector<std::uint32_t> open_;
  std::string_view key_;
  std::string unescaped_;
  std::size_t piece_ = 0;  // where the string that is coming begins in unescaped_
};

json::parse_options strict() {
  json::parse_options options;  // comments, trailing commas, invalid UTF-8: refused unless allowed
  options.max_depth = sim::kJsonDepthMax;
  return options;
}

}  // namespace

struct FlatJson::Parser {
  json::basic_parser<Lister> parser{strict()};
};

FlatJson::FlatJson() : parser_(std::make_unique<Parser>()) {}
FlatJson::~FlatJson() = default;

FlatValue FlatJson::parse(std::string_view text) {
  auto& parser = parser_->parser;
  parser.reset();
  parser.handler().start(text);
  json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (error || read != text.size() || !parser.done()) throw NotPlain{};
  return {parser.handler().entries(), 0};
}

}  // namespace pinproof::conformance
