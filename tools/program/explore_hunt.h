// Whom `pinproof explore` searches, by dialect; and the model of it that cases are shrunk on, which a profile has none of.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conformance/explore/exploration.h"
#include "conformance/explore/explorer.h"
#include "tools/program/data.h"
#include "tools/program/defendant.h"
#include "tools/program/options.h"
#include "tools/program/streams.h"
#include "tools/program/subject.h"

namespace pinproof::program {

struct Hunt {
  std::unique_ptr<Subject> subject;
  std::optional<Defendant> model;
};

std::variant<Hunt, NoSubject> load_hunt(const ExploreCommandOptions& options, const Data& data, Streams& streams);

/// `hunt` is to outlive them. `target`: "sim", "lab", or a profile.
conformance::ExploreTargets targets_of(Hunt& hunt, const std::string& target, const std::string& dialect);

/// Why nothing that breaks the requirement `id` could ever be found in those dialects; "" where it can.
std::string unfindable(const std::string& id, Hunt& hunt, const std::vector<std::string>& dialects, const Data& data);

/// What was asked for, as its result tells it and shards are compared by. Call it once both files were read without complaint.
conformance::Search search_of(const ExploreCommandOptions& options, const Hunt& hunt);

}  // namespace pinproof::program
