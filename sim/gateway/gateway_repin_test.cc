// What the loss of an exit does to sticky sessions, by the shipped helodata rules (H-PIN).
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/gateway/gateway_names_testing.h"
#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

class Repin : public testing::Test {
 protected:
  TestGateway gate{shipped_rules("helodata")};
};

TEST_F(Repin, TheNextRequestIsServedByAFreshExitAndSaysSoOnce) {  // H-PIN-1, H-PIN-2, H-PIN-4, H-PIN-5
  for (int i = 0; i < 30; ++i) {
    const std::string user = sticky("s" + std::to_string(i));
    const std::uint32_t exit = gate.get({.user = user}).exit;
    gate.drop(exit);
    const Seen second = gate.get({.user = user});
    EXPECT_EQ(second.outcome(), "200");
    EXPECT_NE(second.exit, exit);
    EXPECT_TRUE(kUs.contains(second.exit));
    EXPECT_TRUE(second.repinned());
    EXPECT_EQ(second.header("X-Helodata-Exit-IP"), "127.20.0." + std::to_string(second.exit + 1));
    const Seen third = gate.get({.user = user});
    EXPECT_EQ(third.exit, second.exit);
    EXPECT_FALSE(third.repinned());
    gate.restore(exit);
  }
}

TEST_F(Repin, TheTimerStartsAnewAtTheRepinAndTheCapHoldsAgain) {  // H-PIN-3
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  gate.drop(exit);
  gate.wait_until(29min);
  const std::uint32_t fresh = gate.get({.user = kJob1}).exit;
  gate.wait_until(59min - 1ns);
  EXPECT_EQ(gate.get({.user = kJob1}).exit, fresh);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(59min);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST_F(Repin, EveryDropIsAnotherRepin) {  // H-PIN-6
  std::uint32_t exit = gate.get({.user = kJob1}).exit;
  for (int i = 0; i < 10; ++i) {
    gate.drop(exit);
    const Seen seen = gate.get({.user = kJob1});
    EXPECT_TRUE(seen.repinned());
    EXPECT_NE(seen.exit, exit);
    EXPECT_FALSE(gate.get({.user = kJob1}).repinned());
    gate.restore(exit);
    exit = seen.exit;
  }
}

TEST_F(Repin, TwoDropsBeforeTheNextRequestAreOne) {  // H-PIN-6
  const std::uint32_t exit = gate.get({.user = kTokyo}).exit;
  gate.drop(exit);
  gate.drop(kDe);
  EXPECT_TRUE(gate.get({.user = kTokyo}).repinned());
  EXPECT_FALSE(gate.get({.user = kTokyo}).repinned());
}

TEST_F(Repin, ADropTouchesOnlySessionsOfThatExit) {  // H-PIN-7
  std::vector<std::pair<std::string, std::uint32_t>> sessions;
  for (int i = 0; i < 20; ++i)
    sessions.emplace_back(sticky("s" + std::to_string(i)), gate.get({.user = sticky("s" + std::to_string(i))}).exit);
  gate.drop(2);
  for (const auto& [user, exit] : sessions) {
    const Seen seen = gate.get({.user = user});
    EXPECT_EQ(seen.repinned(), exit == 2);
    EXPECT_EQ(seen.exit == exit, exit != 2);
  }
}

TEST_F(Repin, OfTwoRequestsThatFindTheLossAtOnceOneSaysSo) {  // H-PIN-4
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  Sent one = gate.send({.user = kJob1});
  Sent two = gate.send({.user = kJob1});
  ASSERT_EQ(one.exit(), exit);
  ASSERT_EQ(two.exit(), exit);
  one.refuse();
  two.refuse();
  EXPECT_NE(one.exit(), exit);
  EXPECT_EQ(one.exit(), two.exit()) << "one re-pin, found by both";
  EXPECT_TRUE(two.answer().repinned()) << "the first answer";
  EXPECT_FALSE(one.answer().repinned());
}

TEST_F(Repin, TheHeaderWaitsForTheFirstSuccess) {  // H-PIN-4
  gate.drop(gate.get({.user = kJob1}).exit);
  Sent fails = gate.send({.user = kJob1});
  fails.refuse();
  const std::uint32_t fresh = fails.exit();
  EXPECT_EQ(fails.answer(502, {{"Proxy-Status", "exit"}}).outcome(), "502 exit-failed");
  EXPECT_FALSE(fails.seen().repinned());
  const Seen next = gate.get({.user = kJob1});
  EXPECT_EQ(next.exit, fresh);
  EXPECT_TRUE(next.repinned());
}

TEST_F(Repin, OnConnectTheHeaderIsOnTheReplyToConnect) {  // H-PIN-8
  const TestRequest connect{.user = kJob1, .method = "CONNECT", .target = "site.origin.test:443"};
  gate.drop(gate.get(connect).exit);
  EXPECT_TRUE(gate.get(connect).repinned());
  EXPECT_FALSE(gate.get({.user = kJob1}).repinned());
}

TEST_F(Repin, ARequestInFlightFailsAndTheNextOneIsRepinned) {  // H-PIN-9
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  gate.wait(10min);
  Sent in_flight = gate.send({.user = kJob1});
  const Seen failed = in_flight.reset().seen();
  EXPECT_EQ(failed.outcome(), "502 exit-reset");
  EXPECT_FALSE(failed.repinned());
  EXPECT_EQ(failed.attempts, 1U);
  gate.wait(5min);
  const Seen next = gate.get({.user = kJob1});
  EXPECT_TRUE(next.repinned());
  EXPECT_NE(next.exit, exit);
  gate.wait_until(45min - 1ns);
  EXPECT_EQ(gate.model().sessions(), 1U) << "the window is from the re-pinned request";
  gate.wait_until(45min);
  EXPECT_EQ(gate.model().sessions(), 0U);
}

TEST_F(Repin, AnAnswerCutOffIsAborted) {  // H-PIN-9
  gate.get({.user = kJob1});
  Sent relaying = gate.send({.user = kJob1});
  relaying.begin_answer();
  EXPECT_TRUE(relaying.reset().seen().aborted);
  EXPECT_TRUE(gate.idle());
  EXPECT_TRUE(gate.get({.user = kJob1}).repinned());
}

TEST_F(Repin, GarbageFromTheExitIsALoss) {
  gate.get({.user = kJob1});
  EXPECT_EQ(gate.send({.user = kJob1}).garble().seen().outcome(), "502 exit-failed");
  EXPECT_TRUE(gate.get({.user = kJob1}).repinned());
}

TEST_F(Repin, ALateResetOfTheOldExitDoesNotTouchTheNewOne) {
  gate.get({.user = kJob1});
  Sent one = gate.send({.user = kJob1});
  Sent two = gate.send({.user = kJob1});
  one.reset();
  const Seen fresh = gate.get({.user = kJob1});
  EXPECT_TRUE(fresh.repinned());
  EXPECT_EQ(two.reset().seen().outcome(), "502 exit-reset");
  const Seen next = gate.get({.user = kJob1});
  EXPECT_EQ(next.exit, fresh.exit);
  EXPECT_FALSE(next.repinned());
}

TEST_F(Repin, AFirstRequestThatIsRefusedIsPickedAgainSilently) {
  gate.drop({0, 1, 2});
  for (int i = 0; i < 20; ++i) {
    const Seen seen = gate.get({.user = sticky("s" + std::to_string(i))});
    EXPECT_EQ(seen.outcome(), "200");
    EXPECT_EQ(seen.exit, 3U);
    EXPECT_FALSE(seen.repinned());
  }
}

TEST_F(Repin, ExpiryWinsOverADrop) {  // H-PIN-11
  gate.drop(gate.get({.user = kJob1}).exit);
  gate.wait_until(30min);
  const Seen inside = gate.get({.user = kJob1});
  EXPECT_EQ(inside.outcome(), "200");
  EXPECT_FALSE(inside.repinned()) << "dropped inside the window, asked for after it";
  gate.wait_until(60min);
  gate.drop(inside.exit);
  EXPECT_FALSE(gate.get({.user = kJob1}).repinned()) << "dropped after it";
}

TEST_F(Repin, AnExitBackBeforeAnybodyTriedWasNeverLost) {
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  gate.drop(exit);
  gate.wait(1min);
  gate.restore(exit);
  const Seen seen = gate.get({.user = kJob1});
  EXPECT_EQ(seen.exit, exit);
  EXPECT_FALSE(seen.repinned());
}

TEST_F(Repin, NoExitLeftIsA503AndTheSessionRecoversWhicheverReturns) {  // H-PIN-12
  for (const std::uint32_t returns : kJp) {
    const std::string user = sticky("back" + std::to_string(returns), {.place = "region-jp"});
    gate.get({.user = user});
    gate.drop(kJp);
    for (int i = 0; i < 3; ++i) {
      const Seen none = gate.get({.user = user});
      EXPECT_EQ(none.outcome(), "503 no-exit");
      EXPECT_EQ(none.attempts, 2U) << "each exit of the pool once";
    }
    gate.restore(returns);
    const Seen recovered = gate.get({.user = user});
    EXPECT_EQ(recovered.outcome(), "200");
    EXPECT_EQ(recovered.exit, returns);
    EXPECT_TRUE(recovered.repinned());
    EXPECT_FALSE(gate.get({.user = user}).repinned());
    for (const std::uint32_t exit : kJp) gate.restore(exit);
  }
}

TEST_F(Repin, APoolOfOneRecoversToo) {  // H-PIN-12
  const std::string user = sticky("one", {.place = "region-fr"});
  gate.get({.user = user});
  gate.drop(kFr);
  EXPECT_EQ(gate.get({.user = user}).outcome(), "503 no-exit");
  gate.restore(11);
  EXPECT_TRUE(gate.get({.user = user}).repinned());
}

TEST_F(Repin, AFailedRepinDoesNotStartTheWindowAnew) {
  gate.get({.user = kTokyo});
  gate.drop(kJp);
  gate.wait_until(20min);
  EXPECT_EQ(gate.get({.user = kTokyo}).outcome(), "503 no-exit");
  gate.wait_until(25min);
  Sent one = gate.send({.user = kTokyo});
  Sent two = gate.send({.user = kTokyo});
  one.refuse();
  two.refuse();
  one.play();
  two.play();
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(30min - 1ns);
  EXPECT_EQ(gate.model().sessions(), 1U);
  gate.wait_until(30min);
  EXPECT_EQ(gate.model().sessions(), 0U);
  gate.restore(7);
  const Seen after = gate.get({.user = kTokyo});
  EXPECT_EQ(after.outcome(), "200");
  EXPECT_FALSE(after.repinned()) << "after the window: a new session";
}

TEST_F(Repin, AClientThatLeavesLeavesTheRepinToTheNext) {
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  Sent leaves = gate.send({.user = kJob1});
  leaves.refuse();
  const std::uint32_t fresh = leaves.exit();
  leaves.leave();
  const Seen next = gate.get({.user = kJob1});
  EXPECT_NE(next.exit, exit);
  EXPECT_EQ(next.exit, fresh);
  EXPECT_TRUE(next.repinned());
  EXPECT_TRUE(gate.idle());
}

TEST_F(Repin, AnExitThatIsSilentTimesOutAndIsNotLost) {
  const std::uint32_t exit = gate.get({.user = kJob1}).exit;
  Sent silent = gate.send({.user = kJob1});
  gate.wait(30s - 1ns);
  EXPECT_EQ(silent.seen().status, 0);
  gate.wait(1ns);
  EXPECT_EQ(silent.seen().outcome(), "504 exit-timeout");
  EXPECT_EQ(silent.cancels(), 1);
  EXPECT_TRUE(gate.idle());
  EXPECT_EQ(gate.get({.user = kJob1}).exit, exit);
}

TEST_F(Repin, ARefusalOfAnotherExitWhileOneIsUnderWayIsFollowed) {
  gate.get({.user = kTokyo});
  Sent slow = gate.send({.user = kTokyo});
  gate.drop(slow.exit());
  const Seen moved = gate.get({.user = kTokyo});
  EXPECT_TRUE(moved.repinned());
  EXPECT_FALSE(slow.answer().repinned()) << "through the old exit";
  EXPECT_EQ(gate.get({.user = kTokyo}).exit, moved.exit);
}

}  // namespace
}  // namespace pinproof::sim
