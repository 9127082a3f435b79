#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/deviations/deviation.h"
#include "conformance/history/vocabulary_json.h"
#include "conformance/scenario/scenario.h"
#include "reports/terminal_page.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/data_root.h"
#include "tools/program/deviation_lookup.h"
#include "tools/program/list_json.h"
#include "tools/program/scenario_words.h"
#include "tools/program/subcommands.h"
#include "tools/program/suggestions.h"

namespace pinproof::program {
namespace {

using conformance::Deviation;
using conformance::Reading;
using conformance::Requirement;
using conformance::Scenario;
using reports::Ink;
using reports::TerminalPage;

struct WordMeaning {
  std::string_view word;
  std::string_view meaning;
};

constexpr std::array<WordMeaning, 8> kVerdictMeanings = {{
    {"pass", "The history exercised the promise, and nothing in it breaks it."},
    {"fail",
     "The promise was broken: no instant inside the uncertainty of what was observed makes the gateway right. The "
     "observations that "
     "prove it are in the report."},
    {"inconclusive",
     "What was observed allows both: the promise may have held or not. The report says what it would take to decide."},
    {"not_exercised", "Nothing in this history speaks of the promise."},
    {"not_testable",
     "The target lacks something the check needs (it does not show exits, say). The report says what. Never counted as "
     "passed."},
    {"not_supported", "The target's profile says that it does not offer this."},
    {"setup_fail",
     "The scenario could not reach the state that it tests: a precondition was not met. Says nothing about the "
     "promise."},
    {"harness_error", "The harness itself failed. Says nothing about the gateway."},
}};

void list(const std::string& label, const std::vector<std::string>& ids, TerminalPage& page) {
  if (ids.empty()) page.paragraph({{label, Ink::kDim}}, "none", 2);
  for (std::size_t i = 0; i < ids.size(); ++i)
    page.line({{i == 0 ? label : std::string(label.size(), ' '), Ink::kDim}, {ids[i]}}, 2);
}

void explain(const Requirement& requirement, const conformance::Catalogue& catalogue,
             const std::vector<Scenario>& scenarios, const std::vector<Deviation>& deviations, TerminalPage& page) {
  page.paragraph({{requirement.id, Ink::kBold}, {"  "}}, requirement.title, 0, Ink::kBold);
  page.blank();
  page.paragraph({}, requirement.statement, 2);
  page.blank();
  page.paragraph(
      {{"level      ", Ink::kDim}},
      fmt::format("{}, {} set, {}", conformance::to_string(requirement.level), conformance::to_string(requirement.set),
                  requirement.dialect == conformance::RequirementDialect::kBoth
                      ? "both dialects"
                      : conformance::to_string(requirement.dialect)),
      2);
  page.paragraph(
      {{"source     ", Ink::kDim}},
      fmt::format("{}, \"{}\"", conformance::to_string(requirement.source.document), requirement.source.section), 2);
  for (const auto& [name, value] : requirement.promised)
    page.paragraph({{"promised   ", Ink::kDim}}, name + " = " + value, 2);
  for (const std::string& name : requirement.readings) {
    const Reading* reading = catalogue.find_reading(name);
    if (reading == nullptr) continue;
    page.paragraph({{"reading    ", Ink::kDim}},
                   fmt::format("{} = {} by default: {}", name, reading->default_value, reading->question), 2);
    for (const conformance::ReadingValue& value : reading->values)
      page.paragraph({{value.value + ": "}}, value.means, 15);
  }
  page.paragraph({{"needs      ", Ink::kDim}},
                 requirement.needs.empty() ? "nothing special of a target" : to_string(requirement.needs), 2);
  if (!requirement.untestable.empty()) page.paragraph({{"untestable ", Ink::kDim}}, requirement.untestable, 2);
  page.paragraph({{"property   ", Ink::kDim}},
                 properties_for(requirement.id) == 0 ? "none: only what scenarios expect speaks of it"
                                                     : "watched in every history, whatever its scenario expects",
                 2);
  list("deviations ", deviations_for(requirement.id, deviations), page);
  list("scenarios  ", scenarios_for(requirement.id, scenarios), page);
}

void explain(const Deviation& deviation, const conformance::Catalogue& catalogue, TerminalPage& page) {
  page.paragraph({{deviation.id, Ink::kBold}, {"  "}}, deviation.title, 0, Ink::kBold);
  page.blank();
  if (!deviation.why.empty()) {
    page.paragraph({}, deviation.why, 2);
    page.blank();
  }
  const Requirement* requirement = catalogue.find(deviation.requirement);
  page.paragraph({{"breaks     ", Ink::kDim}},
                 requirement == nullptr ? "nothing: it differs from the gateway that ships, and is right"
                                        : requirement->id + ", " + requirement->title,
                 2);
  for (const auto& [name, value] : deviation.readings_named)
    page.paragraph({{"reading    ", Ink::kDim}}, name + " = " + value, 2);
  for (const std::string& edit : deviation.edits) page.line({{"edit       ", Ink::kDim}, {edit}}, 2);
  page.line({{"of         ", Ink::kDim}, {"scenarios/rules/" + deviation.dialect + ".json"}}, 2);
  page.line({{"file       ", Ink::kDim}, {deviation.file}}, 2);
  page.line({{"try it     ", Ink::kDim}, {"pinproof run --deviate " + deviation.id}}, 2);
}

void explain(const Reading& reading, TerminalPage& page) {
  page.paragraph({{reading.name, Ink::kBold}, {"  "}}, reading.question, 0, Ink::kBold);
  page.blank();
  for (const conformance::ReadingValue& value : reading.values) {
    page.paragraph({{value.value, Ink::kBold}, {value.value == reading.default_value ? " (default): " : ": "}},
                   value.means, 2);
  }
  page.blank();
  page.paragraph({{"why        ", Ink::kDim}}, reading.why, 2);
  page.paragraph({{"kind       ", Ink::kDim}},
                 reading.kind == conformance::ReadingKind::kAmbiguous
                     ? "the source leaves it open"
                     : "the source is clear; other vendors promise otherwise",
                 2);
  page.paragraph({{"decides    ", Ink::kDim}}, fmt::format("{}", fmt::join(reading.requirements, ", ")), 2);
}

void explain(const Scenario& scenario, const Data& data, TerminalPage& page) {
  const auto vocabulary = conformance::load_vocabulary(data.root, scenario.dialect);
  if (const auto* error = std::get_if<sim::InputError>(&vocabulary)) throw EnvironmentError(error->message());
  const bool with_users = !std::get<conformance::Vocabulary>(vocabulary).user_name.empty();
  page.paragraph({{scenario.id, Ink::kBold}, {"  "}}, scenario.title, 0, Ink::kBold);
  page.blank();
  std::size_t number = 0;
  for (const conformance::Step& step : scenario.steps) {
    const StepInWords told = in_words(step, with_users);
    page.paragraph({{fmt::format("{:>3}. ", ++number), Ink::kDim}}, told.text, 0);
    for (const std::string& expectation : told.expectations) page.paragraph({{"expects: ", Ink::kDim}}, expectation, 5);
  }
  page.blank();
  for (std::size_t i = 0; i < scenario.requirements.size(); ++i) {
    const Requirement* requirement = data.catalogue.find(scenario.requirements[i]);
    page.paragraph(
        {{i == 0 ? "speaks for " : "           ", Ink::kDim}, {fmt::format("{:<10}", scenario.requirements[i])}},
        requirement == nullptr ? "" : requirement->title, 2);
  }
  for (const auto& [reading, values] : scenario.when) {
    page.paragraph({{"only when  ", Ink::kDim}}, fmt::format("{} = {}", reading, fmt::join(values, " or ")), 2);
  }
  page.line({{"file       ", Ink::kDim}, {scenario.file}}, 2);
}

// What a name may be of. Scenarios and deviations are hundreds of files: read when first asked for.
class Names {
 public:
  Names(const Data& data, Streams& streams) : data_(data), streams_(streams) {}

  const std::vector<Scenario>& scenarios() {
    if (!scenarios_) scenarios_ = scenarios_to_show(data_, streams_);
    return *scenarios_;
  }
  const std::vector<Deviation>& deviations() {
    if (!deviations_) deviations_ = deviations_to_show(data_, streams_);
    return *deviations_;
  }

  std::vector<std::string> all() {
    std::vector<std::string> names;
    for (const Requirement& requirement : data_.catalogue.requirements) names.push_back(requirement.id);
    for (const Reading& reading : data_.catalogue.readings) names.push_back(reading.name);
    for (const WordMeaning& meaning : kVerdictMeanings) names.emplace_back(meaning.word);
    for (const Scenario& scenario : scenarios()) names.push_back(scenario.id);
    for (const Deviation& deviation : deviations()) names.push_back(deviation.id);
    return names;
  }

 private:
  const Data& data_;
  Streams& streams_;
  std::optional<std::vector<Scenario>> scenarios_;
  std::optional<std::vector<Deviation>> deviations_;
};

/// False: nothing has that name.
bool explain(const std::string& id, const Data& data, Names& names, TerminalPage& page) {
  const auto has_id = [&id](const auto& one) { return one.id == id; };
  const auto meaning = std::find_if(kVerdictMeanings.begin(), kVerdictMeanings.end(),
                                    [&id](const WordMeaning& one) { return one.word == id; });
  if (meaning != kVerdictMeanings.end()) {
    page.paragraph({{id, Ink::kBold}, {"  "}}, meaning->meaning, 0);
    return true;
  }
  if (const Reading* reading = data.catalogue.find_reading(id)) {
    explain(*reading, page);
    return true;
  }
  if (const Requirement* requirement = data.catalogue.find(id)) {
    explain(*requirement, data.catalogue, names.scenarios(), names.deviations(), page);
    return true;
  }
  const auto scenario = std::find_if(names.scenarios().begin(), names.scenarios().end(), has_id);
  if (scenario != names.scenarios().end()) {
    explain(*scenario, data, page);
    return true;
  }
  const auto deviation = std::find_if(names.deviations().begin(), names.deviations().end(), has_id);
  if (deviation == names.deviations().end()) return false;
  explain(*deviation, data.catalogue, page);
  return true;
}

}  // namespace

int run(const ExplainOptions& options, Streams& streams) {
  const Data data = load_data();
  Names names(data, streams);
  TerminalPage page({streams.colour, streams.width});
  for (std::size_t i = 0; i < options.ids.size(); ++i) {
    const std::string& id = options.ids[i];
    if (i > 0) page.blank();
    if (!explain(id, data, names, page))
      return refuse(streams, "explain: nothing is called \"" + id + "\"" + did_you_mean(nearest(id, names.all())));
  }
  streams.out << page.take();
  return 0;
}

}  // namespace pinproof::program
