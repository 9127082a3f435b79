#include "conformance/judge/monitored.h"

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <set>

#include "conformance/catalogue/load.h"

namespace pinproof::conformance {
namespace {

/// "H-STK-6", of "h_stk_6"; a rule that shares its promise with another says whose it is behind that: "h_rot_5_of_sessions".
std::string id_of(const std::string& stem) {
  std::string id;
  for (const char c : stem.substr(0, stem.find("_of_"))) {
    id += c == '_' ? '-' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return id;
}

TEST(MonitoredRequirements, AreThoseWithARuleInAFileOfTheirName) {
  const auto loaded = load_catalogue(PINPROOF_SOURCE_DIR);
  const auto* const catalogue = std::get_if<Catalogue>(&loaded);
  ASSERT_NE(catalogue, nullptr);
  std::set<std::string> with_a_rule;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PINPROOF_SOURCE_DIR "/conformance/judge")) {
    const std::string id = id_of(entry.path().stem().string());
    if (entry.path().extension() == ".cc" && catalogue->find(id) != nullptr) with_a_rule.insert(id);
  }
  const std::vector<std::string> monitored = monitored_requirements();
  EXPECT_EQ(std::set<std::string>(monitored.begin(), monitored.end()), with_a_rule);
  EXPECT_EQ(monitored.size(), with_a_rule.size()) << "one is listed twice";
}

}  // namespace
}  // namespace pinproof::conformance
