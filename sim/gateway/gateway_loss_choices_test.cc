// Every choice that rules have about the loss of an exit, shown to change what a client sees.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

Rules with(const std::function<void(LossRules&)>& change) {
  Rules rules = shipped_rules("helodata");
  change(rules.session.loss);
  return rules;
}

TEST(LossChoices, ThePolicyMayEndTheSession) {
  TestGateway gate(with([](LossRules& loss) { loss.policy = LossPolicy::kEnd; }));
  gate.drop(gate.get({.user = kJob1}).exit);
  EXPECT_EQ(gate.get({.user = kJob1}).outcome(), "502 exit-refused");
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST(LossChoices, ThePolicyMayLetItLiveOn) {
  TestGateway gate(with([](LossRules& loss) { loss.policy = LossPolicy::kLiveOn; }));
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  gate.drop(exit);
  EXPECT_EQ(gate.get({.user = kJob1}).outcome(), "502 exit-refused");
  EXPECT_EQ(gate.send({.user = kJob1}).reset().seen().outcome(), "502 exit-reset");
  gate.restore(exit);
  const Seen back = gate.get({.user = kJob1});
  EXPECT_EQ(back.exit, exit);
  EXPECT_FALSE(back.repinned());
}

TEST(LossChoices, IssuedSessionsMayBeRepinnedWithTheirWholeWindow) {
  Rules rules = shipped_rules("crawlera");
  rules.session.loss.policy = LossPolicy::kRepin;
  rules.session.loss.announced = Announcement::kFirstSuccess;
  rules.headers.repinned = "X-Helodata-Session-Repinned";
  TestGateway gate(rules);
  TestRequest request{
      .user = "labkeyone00000000000000000000000", .password = "", .headers = {{"X-Crawlera-Session", "create"}}};
  const Seen created = gate.get(request);
  request.headers = {{"X-Crawlera-Session", created.header("X-Crawlera-Session")}};
  gate.drop(created.exit);
  gate.wait_until(10min);
  const Seen moved = gate.get(request);
  EXPECT_TRUE(moved.repinned());
  EXPECT_NE(moved.exit, created.exit);
  gate.wait_until(40min - 1ns);
  EXPECT_EQ(gate.get(request).exit, moved.exit);
}

// Where twenty re-pins from one region go.
std::set<std::uint32_t> repinned_to(RepinPool pool) {
  TestGateway gate(with([pool](LossRules& loss) { loss.pool = pool; }));
  std::set<std::uint32_t> exits;
  for (int i = 0; i < 60; ++i) {
    const std::string user = sticky("s" + std::to_string(i), {.place = "region-jp"});
    const std::uint32_t exit = gate.get({.user = user}).exit;
    gate.drop(exit);
    exits.insert(gate.get({.user = user}).exit);
    gate.restore(exit);
  }
  return exits;
}

TEST(LossChoices, ThePoolMayBeWider) {
  EXPECT_EQ(repinned_to(RepinPool::kMatching), kJp);
  EXPECT_EQ(repinned_to(RepinPool::kType), (std::set<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 11}));
  EXPECT_EQ(repinned_to(RepinPool::kAny).size(), 12U);
}

// How often a re-pin after a reset, which leaves the exit up, goes back to it: of forty in a pool of two.
int back_to_the_lost(RepinChoice choice) {
  TestGateway gate(with([choice](LossRules& loss) { loss.choice = choice; }));
  int back = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string user = sticky("s" + std::to_string(i), {.place = "region-jp"});
    const std::uint32_t exit = gate.get({.user = user}).exit;
    gate.send({.user = user}).reset();
    const Seen next = gate.get({.user = user});
    EXPECT_TRUE(next.repinned());
    back += next.exit == exit ? 1 : 0;
  }
  return back;
}

TEST(LossChoices, TheFreshExitMayBeTheLostOne) {
  EXPECT_EQ(back_to_the_lost(RepinChoice::kOther), 0);
  EXPECT_EQ(back_to_the_lost(RepinChoice::kSame), 40);
  const int any = back_to_the_lost(RepinChoice::kAny);
  EXPECT_GT(any, 5);
  EXPECT_LT(any, 35);
}

TEST(LossChoices, NeighboursMayBeRepinnedToo) {
  for (const LossReach reach : {LossReach::kSession, LossReach::kRegion, LossReach::kAll}) {
    TestGateway gate(with([reach](LossRules& loss) { loss.reach = reach; }));
    gate.get({.user = kJob1});
    gate.get({.user = sticky("neighbour")});
    gate.get({.user = kTokyo});
    gate.send({.user = kJob1}).reset();
    EXPECT_TRUE(gate.get({.user = kJob1}).repinned());
    EXPECT_EQ(gate.get({.user = sticky("neighbour")}).repinned(), reach != LossReach::kSession);
    EXPECT_EQ(gate.get({.user = kTokyo}).repinned(), reach == LossReach::kAll);
  }
}

TEST(LossChoices, HowManyExitsARequestTries) {
  TestGateway gate(with([](LossRules& loss) { loss.picks_max = 1; }));
  gate.get({.user = kJob1});
  gate.drop(kUs);
  const Seen seen = gate.get({.user = kJob1});
  EXPECT_EQ(seen.outcome(), "503 no-exit");
  EXPECT_EQ(seen.attempts, 2U);
}

// The header of: the request in flight at the loss, the three after it, and one in the next window.
std::string announcements(Announcement announced) {
  TestGateway gate(with([announced](LossRules& loss) { loss.announced = announced; }));
  std::string told;
  const auto note = [&](const Seen& seen) { told += seen.repinned() ? '1' : '0'; };
  note(gate.get({.user = kJob1}));
  told += ' ';
  note(gate.send({.user = kJob1}).reset().seen());
  told += ' ';
  for (int i = 0; i < 3; ++i) note(gate.get({.user = kJob1}));
  gate.wait_until(30min);
  told += ' ';
  note(gate.get({.user = kJob1}));
  return told;
}

TEST(LossChoices, WhatIsAnnouncedWhere) {
  EXPECT_EQ(announcements(Announcement::kFirstSuccess), "0 0 100 0");
  EXPECT_EQ(announcements(Announcement::kEveryResponse), "1 0 111 1");
  EXPECT_EQ(announcements(Announcement::kUntilWindowEnds), "0 0 111 0");
  EXPECT_EQ(announcements(Announcement::kInFlightFailure), "0 1 000 0");
  EXPECT_EQ(announcements(Announcement::kSilent), "0 0 000 0");
}

TEST(LossChoices, AnAnnouncementWithoutAHeaderIsNone) {
  for (const Announcement announced : {Announcement::kEveryResponse, Announcement::kInFlightFailure}) {
    Rules rules = with([announced](LossRules& loss) { loss.announced = announced; });
    rules.headers.repinned.clear();
    TestGateway gate(rules);
    EXPECT_FALSE(gate.get({.user = kJob1}).headers.has(""));
    EXPECT_FALSE(gate.send({.user = kJob1}).reset().seen().headers.has(""));
  }
}

TEST(LossChoices, TheValueAnnounced) {
  TestGateway gate(with([](LossRules& loss) { loss.announced_value = "1"; }));
  gate.drop(gate.get({.user = kJob1}).exit);
  EXPECT_EQ(gate.get({.user = kJob1}).header("X-Helodata-Session-Repinned"), "1");
}

TEST(LossChoices, OnConnectTheHeaderMayBeLost) {
  TestGateway gate(with([](LossRules& loss) { loss.announced_on_connect = false; }));
  gate.drop(gate.get({.user = kJob1}).exit);
  EXPECT_FALSE(gate.get({.user = kJob1, .method = "CONNECT", .target = "site.origin.test:443"}).repinned());
  EXPECT_FALSE(gate.get({.user = kJob1}).repinned()) << "lost, not put off";
}

TEST(LossChoices, ExpiryMayBeAnnouncedAsARepin) {
  TestGateway gate(with([](LossRules& loss) { loss.expiry_announced = true; }));
  gate.get({.user = kJob1});
  gate.wait_until(30min);
  EXPECT_TRUE(gate.get({.user = kJob1}).repinned());
  EXPECT_FALSE(gate.get({.user = kJob1}).repinned());
}

TEST(LossChoices, ARequestInFlightMayBeRetriedUnseen) {
  TestGateway gate(with([](LossRules& loss) { loss.in_flight_retried = true; }));
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  Sent sent = gate.send({.user = kJob1});
  sent.reset();
  EXPECT_NE(sent.exit(), exit);
  EXPECT_TRUE(sent.answer().repinned());
  EXPECT_EQ(sent.attempts(), 2U);
}

TEST(LossChoices, AFirstRequestInFlightIsRetriedWithoutAHeader) {
  TestGateway gate(with([](LossRules& loss) { loss.in_flight_retried = true; }));
  Sent sent = gate.send({.user = kJob1});
  EXPECT_FALSE(sent.reset().answer().repinned());
}

TEST(LossChoices, RetriesInFlightComeToAnEnd) {
  TestGateway gate(with([](LossRules& loss) {
    loss.in_flight_retried = true;
    loss.choice = RepinChoice::kSame;
    loss.picks_max = 5;
  }));
  gate.get({.user = kJob1});
  Sent sent = gate.send({.user = kJob1});
  while (sent.seen().status == 0) sent.reset();
  EXPECT_EQ(sent.seen().outcome(), "502 exit-reset");
  EXPECT_LE(sent.attempts(), 6U);
}

}  // namespace
}  // namespace pinproof::sim
