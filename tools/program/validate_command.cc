#include <fstream>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/catalogue/load.h"
#include "conformance/deviations/deviation_store.h"
#include "conformance/history/history_reader.h"
#include "conformance/profile/profile_reader.h"
#include "conformance/run/ledger.h"
#include "conformance/scenario/scenario_json.h"
#include "reports/escape.h"
#include "reports/matrix_json.h"
#include "reports/result_json.h"
#include "sim/core/input_error.h"
#include "sim/core/json_reader.h"
#include "sim/gateway/rules_json.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/profile_subject.h"
#include "tools/program/subcommands.h"

namespace pinproof::program {
namespace {

/// A file that is what it should be: what it is. Or the first thing wrong with it.
using Checked = std::variant<std::string, sim::InputError>;

class Discard final : public conformance::HistorySink {
 public:
  void header(const conformance::HistoryHeader&) override {}
  void record(const conformance::Record&) override {}
};

/// The keys of the object that `text` is, in the order of the file; nothing where it is no object.
std::optional<std::vector<std::string>> keys_of(std::string_view text) {
  std::vector<std::string> keys;
  const auto error = sim::read_json("", text, [&keys](const sim::JsonReader& json) {
    for (const auto& [key, value] : json.members()) keys.push_back(key);
  });
  return error ? std::nullopt : std::optional(std::move(keys));
}

Checked check_history(const std::string& file, std::istream& in, const conformance::Catalogue& catalogue) {
  in.clear();
  in.seekg(0);
  Discard sink;
  const conformance::HistoryRead read = conformance::read_history(file, in, sink, &catalogue);
  if (read.error) return *read.error;
  const std::string records = std::to_string(read.records) + (read.records == 1 ? " record" : " records");
  return "history, " + records + (read.complete ? "" : ", cut off in its last line");
}

template <class T>
Checked checked(sim::Parsed<T> parsed, std::string kind) {
  if (auto* error = std::get_if<sim::InputError>(&parsed)) return std::move(*error);
  return kind;
}

Checked check_document(const std::string& file, const std::string& text, const Data& data) {
  const conformance::Catalogue& catalogue = data.catalogue;
  std::string kind;
  const auto error = sim::read_json(file, text, [&](const sim::JsonReader& json) {
    for (const auto& [key, value] : json.members()) {
      if (key == "$schema") continue;
      // A deviation says its version nowhere: what it does tells it.
      if (key == "edits" || kind.empty()) kind = key;
    }
    if (!kind.empty()) return;
    json.refuse("an object with no keys",
                "a scenario, rules, readings, a deviation, a profile, a ledger, a history or a result");
  });
  if (error) return *error;
  if (kind == "scenario") return checked(conformance::parse_scenario(file, text, catalogue), "scenario");
  if (kind == "edits") return checked(conformance::load_deviation(file, data.root, catalogue), "deviation");
  if (kind == "profile") {
    return checked(conformance::parse_profile(file, text, profile_defaults(data)), "profile");
  }
  if (kind == "ledger") return checked(conformance::parse_ledger(file, text), "ledger");
  if (kind == "rules") return checked(sim::parse_rules(file, text), "rules");
  if (catalogue.find_reading(kind) != nullptr)
    return checked(conformance::parse_readings(file, text, catalogue), "readings");
  if (kind == "format") {
    auto parsed = reports::parse_result(text);
    if (auto* wrong = std::get_if<reports::ResultError>(&parsed)) {
      return sim::InputError{file, wrong->pointer, wrong->found, wrong->expected};
    }
    return std::string("result");
  }
  if (kind == "deviations_result") {
    const auto parsed = reports::parse_matrix(text);
    if (const auto* wrong = std::get_if<reports::ResultError>(&parsed)) {
      return sim::InputError{file, wrong->pointer, wrong->found, wrong->expected};
    }
    return std::string("deviation matrix");
  }
  return sim::InputError{
      file, "", "the key " + sim::in_quotes(kind) + " first",
      "one that tells the kind of the file: \"scenario\", \"rules\", \"profile\", \"ledger\", \"record\" (a history), "
      "\"format\" (a result), \"deviations_result\" (a deviation matrix) or the name of a reading; or \"edits\" "
      "anywhere (a deviation)"};
}

Checked check(const std::string& file, const Data& data) {
  // A history can be longer than any other file may be; its first line tells it.
  std::ifstream in(file, std::ios::binary);
  std::string first_line;
  for (char c = 0; first_line.size() < conformance::kHistoryLineMax && in.get(c) && c != '\n';) first_line += c;
  if (const auto keys = keys_of(first_line); keys && !keys->empty() && keys->front() == "record")
    return check_history(file, in, data.catalogue);
  auto text = conformance::read_text_file(file);
  if (auto* error = std::get_if<sim::InputError>(&text)) return std::move(*error);
  return check_document(file, std::get<std::string>(text), data);
}

}  // namespace

int run(const ValidateOptions& options, Streams& streams) {
  const Data data = load_data();
  int code = kNothingUnexpected;
  for (const std::string& file : options.files) {
    const Checked result = check(file, data);
    if (const auto* error = std::get_if<sim::InputError>(&result)) {
      code = refuse(streams, error->message());
    } else {
      streams.out << reports::escape(file) << ": " << std::get<std::string>(result) << ", OK\n";
    }
  }
  return code;
}

}  // namespace pinproof::program
