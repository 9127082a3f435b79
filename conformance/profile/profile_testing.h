// A small profile for tests, and edits of its text.
#pragma once

#include <string>

#include "conformance/profile/profile_reader.h"

namespace pinproof::conformance {

const ProfileDefaults& test_defaults();

/// The text of a profile called "p", with the one `from` in it replaced.
std::string test_profile_text(const std::string& from, const std::string& to);
Profile test_profile(const std::string& from = "", const std::string& to = "");

}  // namespace pinproof::conformance
