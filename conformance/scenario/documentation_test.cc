// docs/scenarios.md is the page for authors: every verb and every check stands there with an example, and every
// example is right.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "conformance/catalogue/load.h"
#include "conformance/scenario/expectation_reader.h"
#include "conformance/scenario/scenario_testing.h"
#include "conformance/scenario/step_reader.h"

namespace pinproof::conformance {
namespace {

std::string page() {
  auto text = read_text_file(std::string(PINPROOF_SOURCE_DIR) + "/docs/scenarios.md");
  if (const auto* error = std::get_if<sim::InputError>(&text)) ADD_FAILURE() << error->message();
  return std::holds_alternative<std::string>(text) ? std::get<std::string>(text) : "";
}

/// The text of every ```json block.
std::vector<std::string> examples(const std::string& text) {
  const std::string fence = "```json\n";
  std::vector<std::string> blocks;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::size_t end = text.find("```", at);
    blocks.push_back(text.substr(at, end - at));
    at = end;
  }
  return blocks;
}

/// All examples without white space, so that keys can be looked for as they are written.
std::string examples_packed() {
  std::string packed;
  for (const std::string& block : examples(page())) {
    std::copy_if(block.begin(), block.end(), std::back_inserter(packed), [](char c) { return c != ' ' && c != '\n'; });
  }
  return packed;
}

TEST(Documentation, shows_every_verb) {
  const std::string all = examples_packed();
  for (const std::string_view verb : step_verbs()) {
    EXPECT_NE(all.find("{\"" + std::string(verb) + "\":"), std::string::npos)
        << "docs/scenarios.md shows no " << verb << " step";
  }
}

TEST(Documentation, shows_every_check) {
  const std::string all = examples_packed();
  for (const std::string_view word : check_words()) {
    EXPECT_NE(all.find("\"" + std::string(word) + "\":"), std::string::npos)
        << "docs/scenarios.md shows no " << word << " check";
  }
}

TEST(Documentation, has_examples_that_load_as_they_stand) {
  const std::vector<std::string> blocks = examples(page());
  EXPECT_GE(blocks.size(), 4);
  for (const std::string& block : blocks) EXPECT_EQ(complaint(block), "(none)") << block;
}

}  // namespace
}  // namespace pinproof::conformance
