#include "sim/world/origin.h"

#include <gtest/gtest.h>

namespace pinproof::sim {
namespace {

OriginAnswer get(std::string target, std::string method = "GET", std::string_view body = {}) {
  return answer_of_origin({.method = std::move(method), .target = std::move(target), .headers = {}}, body);
}

struct AnswerCase {
  const char* name;
  const char* method;
  const char* target;
  int status;
  const char* content_length;
  const char* body;
  std::optional<std::uint64_t> gate_at;
};

class Origin : public testing::TestWithParam<AnswerCase> {};

TEST_P(Origin, AnswersAsTheUrlSays) {
  const AnswerCase& c = GetParam();
  const OriginAnswer answer = get(c.target, c.method);
  EXPECT_EQ(answer.head.status, c.status);
  EXPECT_EQ(answer.head.headers.find("Content-Length").value_or("none"), c.content_length);
  EXPECT_EQ(answer.body, c.body);
  EXPECT_EQ(answer.gate_at, c.gate_at);
}

constexpr auto kBadSize = "the origin cannot read the option size\n";
constexpr auto kBadGate = "the origin cannot read the option gate\n";
constexpr auto kBadStatus = "the origin cannot read the option status\n";

INSTANTIATE_TEST_SUITE_P(
    Table, Origin,
    testing::Values(AnswerCase{"token_alone", "GET", "/t/abc", 200, "4", "abc\n", {}},
                    AnswerCase{"absolute_form", "GET", "http://o.test/t/abc?size=3", 200, "3", "abc", {}},
                    AnswerCase{"no_token", "GET", "/", 200, "1", "\n", {}},
                    AnswerCase{"empty_body", "GET", "/t/x?size=0", 200, "0", "", {}},
                    AnswerCase{
                        "pattern_goes_round", "GET", "/t/x?size=28", 200, "28", "abcdefghijklmnopqrstuvwxyzab", {}},
                    AnswerCase{"status", "GET", "/t/x?status=404&size=2", 404, "2", "ab", {}},
                    AnswerCase{"gated_before_the_body", "GET", "/t/x?size=8&gate=0", 200, "8", "abcdefgh", 0},
                    AnswerCase{"gated_inside", "GET", "/t/x?gate=7&size=8", 200, "8", "abcdefgh", 7},
                    AnswerCase{"gate_at_the_end", "GET", "/t/x?gate=8&size=8", 400, "39", kBadGate, {}},
                    AnswerCase{"head", "HEAD", "/t/x?size=100", 200, "100", "", {}},
                    AnswerCase{"head_is_never_gated", "HEAD", "/t/x?size=8&gate=4", 200, "8", "", {}},
                    AnswerCase{"no_content", "GET", "/t/x?status=204&size=9", 204, "none", "", {}},
                    AnswerCase{"not_modified", "GET", "/t/x?status=304", 304, "none", "", {}},
                    AnswerCase{"unknown_option", "GET", "/t/x?colour=red&size=1", 200, "1", "a", {}},
                    AnswerCase{"size_negative", "GET", "/t/x?size=-1", 400, "39", kBadSize, {}},
                    AnswerCase{"size_empty", "GET", "/t/x?size=", 400, "39", kBadSize, {}},
                    AnswerCase{"size_with_a_tail", "GET", "/t/x?size=1k", 400, "39", kBadSize, {}},
                    AnswerCase{"size_over_the_limit", "GET", "/t/x?size=67108865", 400, "39", kBadSize, {}},
                    AnswerCase{"size_overflowing", "GET", "/t/x?size=99999999999999999999", 400, "39", kBadSize, {}},
                    AnswerCase{"status_interim", "GET", "/t/x?status=100", 400, "41", kBadStatus, {}},
                    AnswerCase{"status_over", "GET", "/t/x?status=600", 400, "41", kBadStatus, {}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Origin, LargestBody) { EXPECT_EQ(get("/t/x?size=67108864").body.size(), 67'108'864U); }

TEST(Origin, SetsACookie) {
  EXPECT_EQ(get("/t/x?cookie=red").head.headers.find("Set-Cookie"), "c=red; Path=/");
  EXPECT_FALSE(get("/t/x").head.headers.has("Set-Cookie"));
}

TEST(Origin, SaysWhatItRead) { EXPECT_EQ(get("/t/x", "POST", "hello").head.headers.find("Origin-Read-Bytes"), "5"); }

TEST(Token, OfATarget) {
  EXPECT_EQ(token_of_target("http://o.test/t/r17"), "r17");
  EXPECT_EQ(token_of_target("https://o.test:8443/t/r17?size=1"), "r17");
  EXPECT_EQ(token_of_target("/t/r17/more"), "r17");
  EXPECT_EQ(token_of_target("/t/"), "");
  EXPECT_EQ(token_of_target("/x/r17"), "");
  EXPECT_EQ(token_of_target("o.test:443"), "");
  EXPECT_EQ(token_of_target(""), "");
}

TEST(Token, OfAConnectHost) {
  EXPECT_EQ(token_of_connect_host("t-r17.o.test"), "t-r17");
  EXPECT_EQ(token_of_connect_host("t-r17.o.test:443"), "t-r17");
  EXPECT_EQ(token_of_connect_host("t-r17"), "t-r17");
  EXPECT_EQ(token_of_connect_host("o.test"), "");
  EXPECT_EQ(token_of_connect_host("test.o.test"), "");
}

}  // namespace
}  // namespace pinproof::sim
