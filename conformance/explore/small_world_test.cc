#include "conformance/explore/small_world.h"

#include <gtest/gtest.h>

#include "conformance/explore/coverage.h"
#include "conformance/explore/explore_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

TEST(SmallWorld, OfADialectThatNamesSessions) {
  const SmallWorld world = world_of("helodata");
  EXPECT_TRUE(world.names_sessions && world.has_api);
  EXPECT_FALSE(world.issues_sessions || world.spaces_requests || world.retries_on_request);
  ASSERT_FALSE(world.sticky.empty());
  const Key& first = world.keys[world.sticky.front()];
  EXPECT_EQ(first.name, "u1");
  EXPECT_EQ(first.window, 30min);
  EXPECT_EQ(world.retries, std::vector<std::string>{""});
}

TEST(SmallWorld, OfADialectThatIssuesThem) {
  const SmallWorld world = world_of("crawlera");
  EXPECT_TRUE(world.issues_sessions && world.has_api && world.spaces_requests && world.retries_on_request);
  EXPECT_FALSE(world.names_sessions);
  EXPECT_EQ(world.sticky.size(), 4U);
  EXPECT_EQ(world.keys[world.sticky.front()].window, 30min);
  EXPECT_EQ(world.session_cap, 5U) << "5,000, scaled down";
  EXPECT_EQ(world.retries_header, "X-Crawlera-Max-Retries");
}

TEST(SmallWorld, EveryKeyIsOfOneKind) {
  for (const char* const dialect : {"helodata", "crawlera"}) {
    const SmallWorld world = world_of(dialect);
    EXPECT_EQ(world.sticky.size() + world.rotating.size() + world.malformed.size(), world.keys.size());
    for (const std::uint8_t place : world.rotating) EXPECT_EQ(world.keys[place].window, std::nullopt);
    EXPECT_GE(world.clients.size(), 3U) << "two of one account, and one of another";
    EXPECT_EQ(world.clients[0].account, world.clients[1].account);
    EXPECT_NE(world.clients[0].account, world.clients[2].account);
  }
}

// The promised numbers, each with what is near it.
TEST(SmallWorld, BoundariesAreThoseThatArePromised) {
  const std::vector<std::string> helodata = boundary_names(world_of("helodata"));
  EXPECT_EQ(
      std::vector<std::string>(helodata.begin(), helodata.begin() + 6),
      (std::vector<std::string>{"window", "window -1s", "window +1s", "window -1ms", "window +1ms", "window_cap"}));
  const SmallWorld crawlera = world_of("crawlera");
  std::vector<std::pair<std::string, Duration>> spans;
  for (std::size_t i = crawlera.boundaries + 2; i < crawlera.spans.size(); ++i)
    spans.emplace_back(crawlera.spans[i].name, crawlera.spans[i].length);
  EXPECT_EQ(spans,
            (std::vector<std::pair<std::string, Duration>>{
                {"default_delay", 12s}, {"delay_of_a_domain", 3s}, {"soft_limit", 2min}, {"delay_ceiling", 15min}}));
}

}  // namespace
}  // namespace pinproof::conformance
