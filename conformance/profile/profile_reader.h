// Reads a profile: scenarios/profiles/*.json, or a file of the user's. scenarios/schema/profile.schema.json is its schema, docs/profiles.md its page.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/profile/profile.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

/// What a profile departs from.
struct ProfileDefaults {
  const Catalogue& catalogue;
  std::map<std::string, Vocabulary, std::less<>> vocabularies;  // by dialect
};

/// ROOT/conformance/vocabulary, see history/vocabulary_json.h.
sim::Parsed<ProfileDefaults> load_profile_defaults(const std::filesystem::path& root, const Catalogue& catalogue);

sim::Parsed<Profile> parse_profile(std::string file, std::string_view text, const ProfileDefaults& defaults);
sim::Parsed<Profile> load_profile(const std::filesystem::path& file, const ProfileDefaults& defaults);

struct LoadedProfiles {
  std::vector<Profile> profiles;        // in order of name
  std::vector<sim::InputError> errors;  // of each file that is none, in order of path
};

/// All that ship with `root`: every file of ROOT/scenarios/profiles, though not of the folders in it.
LoadedProfiles load_profiles(const std::filesystem::path& root, const ProfileDefaults& defaults);

}  // namespace pinproof::conformance
