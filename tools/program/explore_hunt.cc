#include "tools/program/explore_hunt.h"

#include <algorithm>
#include <utility>

#include "conformance/catalogue/load.h"
#include "conformance/explore/commands_json.h"
#include "conformance/explore/coverage.h"
#include "conformance/explore/scaled.h"
#include "conformance/target/simulated_target.h"
#include "sim/core/digest.h"
#include "sim/core/json_reader.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

/// Of the text of a file: its name says nothing to another machine.
std::string digest_of_file(const std::string& file) {
  if (file.empty()) return "";
  const auto text = conformance::read_text_file(file);
  sim::Digest digest;
  if (const auto* const read = std::get_if<std::string>(&text)) digest.add(*read);
  return digest.hex();
}

}  // namespace

std::variant<Hunt, NoSubject> load_hunt(const ExploreCommandOptions& options, const Data& data, Streams& streams) {
  auto loaded = load_subject(
      {options.target, options.dialect, options.rules, options.deviate, options.readings, std::nullopt}, data, streams);
  if (auto* const none = std::get_if<NoSubject>(&loaded)) return std::move(*none);
  Hunt hunt{std::get<std::unique_ptr<Subject>>(std::move(loaded)), std::nullopt};
  if (options.target != "sim" && options.target != "lab") return hunt;
  DefendantOptions of_model;
  of_model.dialect = options.dialect;
  of_model.rules = options.rules;
  of_model.deviate = options.deviate;
  of_model.readings = options.readings;
  auto model = Defendant::load(of_model, data);
  if (auto* const message = std::get_if<std::string>(&model)) return NoSubject{kInputError, {std::move(*message)}};
  hunt.model = std::get<Defendant>(std::move(model));
  return hunt;
}

conformance::ExploreTargets targets_of(Hunt& hunt, const std::string& target, const std::string& dialect) {
  conformance::ExploreTargets targets;
  targets.confirmed = [&hunt, dialect] { return hunt.subject->make(dialect); };
  if (!hunt.model) {
    targets.hunted = targets.model = targets.confirmed;
    return targets;
  }
  const bool scaled = target == "sim";
  targets.model = [&hunt, dialect, scaled] {
    conformance::SimulatedTargetOptions options = hunt.model->targets().at(dialect);
    if (scaled) options = conformance::scaled_down(std::move(options));
    return std::make_unique<conformance::SimulatedTarget>(std::move(options));
  };
  targets.hunted = scaled ? targets.model : targets.confirmed;
  return targets;
}

std::string unfindable(const std::string& id, Hunt& hunt, const std::vector<std::string>& dialects, const Data& data) {
  const std::string what = "--requirement " + sim::in_quotes(id);
  const conformance::Requirement* const known = data.catalogue.find(id);
  if (known == nullptr) return what + " is none that the catalogue knows";
  if (known->level == conformance::RequirementLevel::kMay || known->level == conformance::RequirementLevel::kBestEffort)
    return what + " matches nothing: it promises nothing that could be broken";
  std::string searched;
  for (const std::string& dialect : dialects) {
    const auto target = hunt.model ? std::make_unique<conformance::SimulatedTarget>(hunt.model->targets().at(dialect))
                                   : hunt.subject->make(dialect);
    const std::vector<std::string> ids = conformance::exercisable(data.catalogue, target->description());
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) return "";
    searched += (searched.empty() ? "" : " and ") + dialect;
  }
  return what + " matches nothing: no case of " + searched + " can show on this target that it is broken";
}

conformance::Search search_of(const ExploreCommandOptions& options, const Hunt& hunt) {
  conformance::Search search;
  search.version = kVersion;
  search.generator = conformance::kGenerator;
  search.seed = options.seed;
  search.cases = options.cases;
  search.commands = options.commands;
  search.target = options.target;
  search.gateway = hunt.subject->rules_names();
  search.rules = digest_of_file(options.rules);
  search.deviate = options.deviate;
  search.readings = digest_of_file(options.readings);
  search.set = options.set;
  search.requirements = options.requirements;
  search.keep_going = options.keep_going;
  return search;
}

}  // namespace pinproof::program
