#include "sim/http/message.h"

#include <gtest/gtest.h>

namespace pinproof::sim {
namespace {

TEST(Message, ARequestIsAGetAndAResponseA200) {
  EXPECT_EQ(RequestHead{}.method, "GET");
  EXPECT_EQ(ResponseHead{}.status, 200);
}

TEST(Message, HeadsCompareByEverythingInThem) {
  const RequestHead head{"GET", "http://a.test/", {{"A", "1"}}};
  EXPECT_EQ(head, (RequestHead{"GET", "http://a.test/", {{"A", "1"}}}));
  EXPECT_FALSE(head == (RequestHead{"PUT", "http://a.test/", {{"A", "1"}}}));
  EXPECT_FALSE(head == (RequestHead{"GET", "http://a.test", {{"A", "1"}}}));
  EXPECT_FALSE(head == (RequestHead{"GET", "http://a.test/", {{"A", "2"}}}));
  EXPECT_FALSE((ResponseHead{200, {}}) == (ResponseHead{201, {}}));
}

// RFC 9110, 15, and the codes that the two vendors made up.
TEST(Message, EveryStatusThatAGatewayGivesHasAPhrase) {
  struct Row {
    int status;
    const char* phrase;
  };
  const Row rows[] = {
      {200, "OK"},
      {204, "No Content"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {407, "Proxy Authentication Required"},
      {413, "Content Too Large"},
      {429, "Too Many Requests"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {523, "Origin Is Unreachable"},
      {540, "Bad Header"},
      {299, "Unknown"},
      {0, "Unknown"},
      {-1, "Unknown"},
  };
  for (const Row& row : rows) EXPECT_EQ(reason_phrase(row.status), row.phrase) << row.status;
}

}  // namespace
}  // namespace pinproof::sim
