#include "conformance/judge/rotation/rotation_monitor.h"

#include <gtest/gtest.h>

#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view kUser = "helo_{account}-type-res-region-us";
constexpr std::string_view kOne = "127.20.0.1";
constexpr std::string_view kTwo = "127.20.0.2";

// The header's three exits all match, so a fresh one is that of the connection before once in three times.
Request rotating(std::uint64_t id, std::string_view exit, const std::string& connection, bool reused = false) {
  return Request(id).user(kUser).connection(connection, reused).served(exit, 0s);
}

Lines judged(const std::vector<Request>& requests, HistoryHeader header = named_traffic_header()) {
  const ExitLog log(Duration{});
  RotationMonitor monitor(header, log);
  return lines_of(monitor, header, requests);
}

std::vector<Request> on_new_connections(std::size_t count, bool closing, bool fresh) {
  std::vector<Request> requests;
  for (std::uint64_t id = 1; id <= count; ++id) {
    Request one = Request(id).user(kUser).connection("c" + std::to_string(id));
    if (closing) one.says("Connection", "close");
    one.served(fresh && id % 2 == 0 ? kTwo : kOne, 0s);
    requests.push_back(std::move(one));
  }
  return requests;
}

// Twelve times out of twelve the exit before: 3^12 = 531,441, which chance brings more often than once in a million runs. One more is enough.
TEST(Rotation, OneExitForAllConnectionsFailsOnceChanceIsRuledOut) {
  EXPECT_EQ(judged(on_new_connections(13, false, false)), (Lines{"H-ROT-5 pass", "H-ROT-6 pass"}));
  EXPECT_EQ(judged(on_new_connections(14, false, false)),
            (Lines{"H-ROT-1 fail 2 3 4 5 6 7 8 9 10 11 12 13 14", "H-ROT-5 pass", "H-ROT-6 pass"}));
}

TEST(Rotation, WhereEachRequestClosesItIsAnotherRow) {
  EXPECT_EQ(judged(on_new_connections(14, true, false)).front(), "H-ROT-3 fail 2 3 4 5 6 7 8 9 10 11 12 13 14");
}

TEST(Rotation, FreshExitsPassOnceTheyCouldHaveFailed) {
  EXPECT_EQ(judged(on_new_connections(14, false, true)), (Lines{"H-ROT-1 pass", "H-ROT-5 pass", "H-ROT-6 pass"}));
}

TEST(Rotation, ARepeatFailsWhereNoneIsPromised) {
  HistoryHeader header = named_traffic_header();
  header.readings["rotation_repeat"] = "never";
  EXPECT_EQ(judged(on_new_connections(2, false, false), header).front(), "H-ROT-1 fail 1 2");
  EXPECT_EQ(judged(on_new_connections(2, true, false), header).front(), "H-ROT-3 fail 1 2");
}

TEST(Rotation, OnOneConnectionBothAreRight) {
  EXPECT_EQ(judged({rotating(1, kOne, "c1"), rotating(2, kOne, "c1", true)}),
            (Lines{"H-ROT-2 pass", "H-ROT-5 pass", "H-ROT-6 pass"}));
  EXPECT_EQ(judged({rotating(1, kOne, "c1"), rotating(2, kTwo, "c1", true)}),
            (Lines{"H-ROT-2 pass", "H-ROT-5 pass", "H-ROT-6 pass"}));
}

TEST(Rotation, ATunnelKeepsItsExit) {
  Request opening = rotating(1, kOne, "c1");
  opening.exchange().seen.via = Via::kConnect;
  EXPECT_EQ(judged({opening, rotating(2, kTwo, "c1", true).through_tunnel()}).front(), "H-ROT-4 fail 1 2");
  EXPECT_EQ(judged({opening, rotating(2, kOne, "c1", true).through_tunnel()}).front(), "H-ROT-4 pass");
}

TEST(Rotation, AnExitOfAnotherPlaceIsNotWhatWasAskedFor) {
  const Request elsewhere = Request(1).user("helo_{account}-type-res-region-de").served(kOne, 0s);
  EXPECT_EQ(judged({elsewhere}), (Lines{"H-ROT-5 fail 1", "H-ROT-6 pass"}));
  const Request mobile = Request(1).user("helo_{account}-type-mob-region-us").served(kOne, 0s);
  EXPECT_EQ(judged({mobile}), (Lines{"H-ROT-5 fail 1", "H-ROT-6 pass"}));
}

TEST(Rotation, NothingIsAnnounced) {
  EXPECT_EQ(judged({rotating(1, kOne, "c1").told("X-Helodata-Session-Repinned", "true")}),
            (Lines{"H-ROT-5 pass", "H-ROT-6 fail 1"}));
}

}  // namespace
}  // namespace pinproof::conformance
