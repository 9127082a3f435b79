#include "conformance/history/vocabulary_json.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

Vocabulary shipped(std::string_view dialect) {
  auto loaded = load_vocabulary(PINPROOF_SOURCE_DIR, dialect);
  if (const auto* const error = std::get_if<sim::InputError>(&loaded)) ADD_FAILURE() << error->message();
  return std::get<Vocabulary>(loaded);
}

TEST(Vocabulary, HelodataSpeaksAsItsPagesSay) {
  const Vocabulary vocabulary = shipped("helodata");
  EXPECT_EQ(vocabulary.repinned, "X-Helodata-Session-Repinned");
  EXPECT_EQ(vocabulary.repinned_value, "true");
  EXPECT_EQ(vocabulary.error, "X-Helodata-Error-Code");
  EXPECT_EQ(vocabulary.session, "");
}

TEST(Vocabulary, CrawleraSpeaksAsItsPagesSay) {
  const Vocabulary vocabulary = shipped("crawlera");
  EXPECT_EQ(vocabulary.session, "X-Crawlera-Session");
  EXPECT_EQ(vocabulary.next_request_in, "X-Crawlera-Next-Request-In");
  EXPECT_EQ(vocabulary.max_retries, "X-Crawlera-Max-Retries");
  EXPECT_EQ(vocabulary.user_name, "");
}

TEST(Vocabulary, ReadsBackWhatItWrites) {
  for (const char* const dialect : {"helodata", "crawlera"}) {
    const Vocabulary vocabulary = shipped(dialect);
    const auto again = parse_vocabulary("v.json", vocabulary_text(vocabulary));
    ASSERT_TRUE(std::holds_alternative<Vocabulary>(again)) << std::get<sim::InputError>(again).message();
    EXPECT_EQ(std::get<Vocabulary>(again), vocabulary);
  }
}

TEST(Vocabulary, RefusesATemplateThatCannotBeFilled) {
  const auto parsed = parse_vocabulary("v.json", R"({"user_name": "u-{country}"})");
  ASSERT_TRUE(std::holds_alternative<sim::InputError>(parsed));
  EXPECT_EQ(std::get<sim::InputError>(parsed).message(),
            "v.json: at /user_name: found the unknown part {country}, expected a template of a user name");
}

}  // namespace
}  // namespace pinproof::conformance
