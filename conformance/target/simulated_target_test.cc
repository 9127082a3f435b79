#include "conformance/target/simulated_target.h"

#include <gtest/gtest.h>

#include "conformance/history/history_writer.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

constexpr const char* kSticky = "helo_{account}-type-res-region-us-session-job1-sesstime-30";

Stimulus stimulus(std::uint64_t id, const std::string& user_name = kSticky) {
  Stimulus stimulus;
  stimulus.id = id;
  stimulus.actor = "client";
  stimulus.account = "one";
  stimulus.user_name = user_name;
  stimulus.method = "GET";
  stimulus.host = "site.origin.test";
  stimulus.token = "t-" + std::to_string(id);
  stimulus.path = "/t/" + stimulus.token + "?size=16";
  return stimulus;
}

Stimulus by_connect(Stimulus stimulus) {
  stimulus.via = Via::kConnect;
  return stimulus;
}

Stimulus kept(Stimulus stimulus) {
  stimulus.connection.kind = ConnectionChoice::Kind::kKept;
  return stimulus;
}

template <class Kind>
std::vector<Kind> of_kind(const std::vector<Record>& records) {
  std::vector<Kind> found;
  for (const Record& record : records) {
    if (const auto* const one = std::get_if<Kind>(&record)) found.push_back(*one);
  }
  return found;
}

std::vector<Record> records_of(Target& target) {
  std::vector<Record> records;
  target.take(records);
  return records;
}

/// Submits, waits for the answer, and gives the observation.
Observation ask(Target& target, const Stimulus& stimulus) {
  target.submit(stimulus);
  target.wait_for({stimulus.id});
  const auto seen = of_kind<Observation>(records_of(target));
  if (seen.size() != 1) {
    ADD_FAILURE() << seen.size() << " observations";
    return {};
  }
  return seen.front();
}

TEST(SimulatedTarget, SeesARequestFromEverySide) {
  const auto target = shipped_target("helodata");
  target->submit(stimulus(1));
  target->wait_for({1});
  const auto records = records_of(*target);

  const Observation seen = of_kind<Observation>(records).at(0);
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.end, AnswerEnd::kComplete);
  EXPECT_EQ(seen.body_bytes, 16U);
  EXPECT_EQ(seen.body_declared, 16U);
  EXPECT_EQ(seen.connection, "c1");
  EXPECT_FALSE(seen.connection_reused);
  EXPECT_EQ(seen.exit_by_origin, of_kind<OriginSaw>(records).at(0).from);
  EXPECT_EQ(seen.exit_by_header, seen.exit_by_origin);
  const auto upstream = of_kind<UpstreamSaw>(records);
  ASSERT_EQ(upstream.size(), 2U);
  EXPECT_EQ(upstream[0].event, UpstreamEvent::kForwarded);
  EXPECT_EQ(upstream[0].token, "t-1");
  EXPECT_EQ(upstream[1].event, UpstreamEvent::kAnswered);
}

TEST(SimulatedTarget, NoSecretEntersARecord) {
  SimulatedTargetOptions options = shipped_target_options("helodata");
  const sim::Account account = options.rules.accounts.at(0);
  SimulatedTarget target(std::move(options));
  target.submit(stimulus(1));
  target.wait_for({1});
  for (const Record& record : records_of(target)) {
    const std::string line = record_line(record);
    EXPECT_EQ(line.find(account.user), std::string::npos) << line;
    EXPECT_EQ(line.find(account.password), std::string::npos) << line;
  }
}

TEST(SimulatedTarget, ConnectIsSeenWithItsOwnReply) {
  const auto target = shipped_target("helodata");
  const Observation plain = ask(*target, stimulus(1));
  const Observation seen = ask(*target, by_connect(stimulus(2)));
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.host, "site.origin.test");
  ASSERT_TRUE(seen.connect.has_value());
  EXPECT_EQ(seen.connect->status, 200);
  EXPECT_EQ(seen.exit_by_origin, plain.exit_by_origin);
  EXPECT_EQ(seen.exit_by_header, plain.exit_by_origin);
}

TEST(SimulatedTarget, ARefusedConnectIsTheAnswer) {
  const auto target = shipped_target("helodata");
  Stimulus wrong = by_connect(stimulus(1));
  wrong.credentials = CredentialFault::kWrongPassword;
  const Observation seen = ask(*target, wrong);
  EXPECT_EQ(seen.status, 407);
  ASSERT_TRUE(seen.connect.has_value());
  EXPECT_EQ(seen.connect->status, 407);
  EXPECT_TRUE(seen.headers.has("Proxy-Authenticate"));
  EXPECT_EQ(seen.exit_by_origin, "");
}

TEST(SimulatedTarget, ATunnelIsUsedAgainForTheSameHostAndUser) {
  const auto target = shipped_target("helodata");
  const Observation first = ask(*target, kept(by_connect(stimulus(1))));
  const Observation again = ask(*target, kept(by_connect(stimulus(2))));
  EXPECT_FALSE(first.inside_tunnel);
  EXPECT_TRUE(again.inside_tunnel);
  EXPECT_EQ(again.connection, first.connection);
  EXPECT_EQ(again.connect, std::nullopt);
  EXPECT_EQ(again.exit_by_origin, first.exit_by_origin);

  Stimulus other_host = kept(by_connect(stimulus(3)));
  other_host.host = "other.origin.test";
  EXPECT_FALSE(ask(*target, other_host).inside_tunnel);
}

TEST(SimulatedTarget, AKeptConnectionIsOneUntilItIsClosed) {
  const auto target = shipped_target("helodata");
  const Observation first = ask(*target, kept(stimulus(1)));
  const Observation second = ask(*target, kept(stimulus(2)));
  EXPECT_TRUE(second.connection_reused);
  EXPECT_EQ(second.connection, first.connection);
  target->close("client", {ConnectionChoice::Kind::kKept, ""});
  const Observation third = ask(*target, kept(stimulus(3)));
  EXPECT_FALSE(third.connection_reused);
  EXPECT_NE(third.connection, first.connection);
}

TEST(SimulatedTarget, AnAnswerIsHeldAtItsGateUntilReleased) {
  const auto target = shipped_target("helodata");
  Stimulus gated = stimulus(1);
  gated.path += "&gate=8";
  target->submit(gated);
  target->wait_until(sim::kStart + 5s);
  EXPECT_TRUE(of_kind<Observation>(records_of(*target)).empty());
  target->release("t-1");
  target->wait_for({1});
  const auto seen = of_kind<Observation>(records_of(*target));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].answered_at, sim::kStart);
  EXPECT_EQ(seen[0].ended_at, sim::kStart + 5s);
  EXPECT_EQ(seen[0].end, AnswerEnd::kComplete);
}

TEST(SimulatedTarget, AClientThatWaitsInVainGivesUp) {
  const auto target = shipped_target("helodata");
  Stimulus gated = stimulus(1);
  gated.path += "&gate=8";
  const Observation seen = ask(*target, gated);
  EXPECT_EQ(seen.end, AnswerEnd::kTimedOut);
  EXPECT_EQ(target->now(), sim::kStart + target->description().answer_wait);
  EXPECT_EQ(seen.ended_at, target->now());
}

TEST(SimulatedTarget, AnAbandonedRequestEndsAtOnce) {
  const auto target = shipped_target("helodata");
  Stimulus gated = stimulus(1);
  gated.path += "&gate=8";
  target->submit(gated);
  target->settle();
  target->abandon(1);
  const auto seen = of_kind<Observation>(records_of(*target));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].end, AnswerEnd::kAbandoned);
}

TEST(SimulatedTarget, ADropIsRecordedAndFelt) {
  const auto target = shipped_target("helodata");
  const Observation first = ask(*target, stimulus(1));
  const auto& exits = target->description().exits;
  for (std::size_t i = 0; i < exits.size(); ++i) {
    if (exits[i].address == first.exit_by_origin) {
      target->act({sim::ExitId{static_cast<std::uint32_t>(i)}, sim::ExitAction::kDrop, std::nullopt, std::nullopt, {}});
    }
  }
  EXPECT_EQ(of_kind<ExitActed>(records_of(*target)).at(0).exit, first.exit_by_origin);
  const Observation next = ask(*target, stimulus(2));
  EXPECT_NE(next.exit_by_origin, first.exit_by_origin);
  EXPECT_EQ(next.headers.find("X-Helodata-Session-Repinned"), "true");
}

TEST(SimulatedTarget, SessionsAreCreatedListedAndDeleted) {
  const auto target = shipped_target("crawlera");
  const auto call = [&](std::uint64_t id, ApiOperation operation, const std::string& session) {
    target->submit(ApiStimulus{id, "client", "one", CredentialFault::kNone, operation, session, ""});
    target->wait_for({id});
    return of_kind<ApiCall>(records_of(*target)).at(0);
  };
  const ApiCall created = call(1, ApiOperation::kCreate, "");
  EXPECT_EQ(created.status, 200);
  EXPECT_FALSE(created.created.empty());
  const ApiCall listed = call(2, ApiOperation::kList, "");
  ASSERT_EQ(listed.listed.size(), 1U);
  EXPECT_EQ(listed.listed[0].id, created.created);
  EXPECT_LT(call(3, ApiOperation::kDelete, created.created).status, 400);
  EXPECT_TRUE(call(4, ApiOperation::kList, "").listed.empty());
  EXPECT_GE(call(5, ApiOperation::kDelete, created.created).status, 400);
}

TEST(SimulatedTarget, SessionsOfUserNamesAreFoundAndDeletedByThem) {
  const auto target = shipped_target("helodata");
  const Observation seen = ask(*target, stimulus(1));
  const auto call = [&](std::uint64_t id, ApiOperation operation) {
    target->submit(ApiStimulus{id, "client", "one", CredentialFault::kNone, operation, "", kSticky});
    target->wait_for({id});
    return of_kind<ApiCall>(records_of(*target)).at(0);
  };
  const ApiCall listed = call(2, ApiOperation::kList);
  ASSERT_EQ(listed.listed.size(), 1U);
  EXPECT_EQ(listed.listed[0].exit, seen.exit_by_origin);
  EXPECT_EQ(listed.listed[0].fields.at("session_id"), "job1");
  EXPECT_EQ(listed.listed[0].fields.at("subuser"), "{account}");
  EXPECT_LT(call(3, ApiOperation::kDelete).status, 400);
  EXPECT_TRUE(call(4, ApiOperation::kList).listed.empty());
  EXPECT_GE(call(5, ApiOperation::kDelete).status, 400);
}

TEST(SimulatedTarget, AResetForgetsAndTheSameSeedRepeats) {
  const auto target = shipped_target("helodata");
  const auto exit_with = [&](std::uint64_t seed) {
    target->reset(seed);
    return ask(*target, stimulus(1)).exit_by_origin;
  };
  const std::string first = exit_with(7);
  EXPECT_EQ(exit_with(7), first);
  EXPECT_EQ(target->now(), sim::kStart);
}

}  // namespace
}  // namespace pinproof::conformance
