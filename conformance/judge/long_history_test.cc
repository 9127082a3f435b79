// One violation in the middle of 100,000 good observations: the judge fails exactly the requirement that it breaks, with exactly the
// observations that prove it, and nothing else. The histories are made by the arithmetic below, not by the reference gateway, and go
// through the judge record by record, as a file's would.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "conformance/catalogue/load.h"
#include "conformance/history/vocabulary_json.h"
#include "conformance/judge/judge.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kObservations = 33'000;  // ten times slower there, and no other code
#else
constexpr std::uint64_t kObservations = 100'000;
#endif
constexpr std::uint64_t kMiddle = kObservations / 2 + 1;
constexpr std::uint64_t kJournalsEvery = 1'000;

/// A request that was served, unless it is said otherwise.
struct Served {
  std::uint64_t id = 0;
  Instant at;
  std::string user_name;
  std::string session;  // as sent
  std::string host = "shop.origin.test";
  std::string exit;
  int status = 200;  // other than 200: the gateway's own answer, and the exit refused the connection
  CredentialFault credentials = CredentialFault::kNone;
  std::vector<std::pair<std::string, std::string>> sent = {};
  std::vector<std::pair<std::string, std::string>> told = {};
  std::vector<std::pair<std::string, std::string>> reached_origin = {};  // beside Host
  std::string dropped_before = {};                                       // an exit
};

void feed(Judge& judge, const Served& one) {
  const bool served = one.status == 200;
  const std::string token = "t-" + std::to_string(one.id);
  if (!one.dropped_before.empty()) {
    judge.record(ExitActed{one.dropped_before, sim::ExitAction::kDrop, {}, {}, {}, one.at, 3 * one.id - 2});
  }
  const auto upstream = [&](UpstreamEvent event) {
    judge.record(UpstreamSaw{one.exit, event, "GET", one.host, token, one.at});
  };
  upstream(served ? UpstreamEvent::kForwarded : UpstreamEvent::kRefused);
  Observation seen;
  if (served) {
    OriginSaw origin{one.exit, "GET", "/t/" + token, token, {{"Host", one.host}}, 0, 0, one.at};
    for (const auto& [name, value] : one.reached_origin) origin.headers.add(name, value);
    judge.record(origin);
    upstream(UpstreamEvent::kAnswered);
    seen.exit_by_origin = one.exit;
    seen.body_bytes = 16;
    seen.body_declared = 16;
  }
  seen.id = one.id;
  seen.actor = "client";
  seen.account = "one";
  seen.credentials = one.credentials;
  seen.connection = "c" + std::to_string(one.id);
  seen.user_name = one.user_name;
  seen.session = one.session;
  seen.method = "GET";
  seen.host = one.host;
  seen.path = "/t/" + token;
  seen.token = token;
  for (const auto& [name, value] : one.sent) seen.sent.add(name, value);
  seen.sent_at = seen.answered_at = seen.ended_at = one.at;
  seen.sent_order = 3 * one.id - 1;
  seen.answered_order = 3 * one.id;
  seen.status = one.status;
  for (const auto& [name, value] : one.told) seen.headers.add(name, value);
  judge.record(seen);
  if (one.id % kJournalsEvery == 0) judge.record(JournalComplete{one.at});
}

HistoryHeader header_of(const std::string& dialect, const std::vector<std::string>& exits) {
  const auto catalogue = std::get<Catalogue>(load_catalogue(PINPROOF_SOURCE_DIR));
  HistoryHeader header;
  header.dialect = dialect;
  header.promised = catalogue.promises;
  header.readings = catalogue.default_readings();
  header.vocabulary = std::get<Vocabulary>(load_vocabulary(PINPROOF_SOURCE_DIR, dialect));
  header.capabilities = {Capability::kTime, Capability::kDrop, Capability::kExits, Capability::kAttempts,
                         Capability::kApi};
  for (const std::string& address : exits) {
    header.exits.push_back({address, 3128, sim::ExitType::kResidential, "us", "ca", "la", 7922});
  }
  header.exits.push_back({"10.9.0.1", 3128, sim::ExitType::kResidential, "de", "be", "berlin", 3320});
  return header;
}

/// What a case makes of an observation that would have been good.
using Edit = std::function<void(Served& one)>;

struct Violation {
  std::string name;
  std::string requirement;
  std::vector<std::uint64_t> evidence;
  Edit edit;
};

void expect_one_violation(const Violation& violation, Judgement judgement) {
  std::vector<std::string> others;
  std::size_t fails = 0;
  for (const Finding& finding : judgement.findings) {
    if (finding.verdict == Verdict::kFail && finding.requirement == violation.requirement) {
      ++fails;
      EXPECT_EQ(finding.evidence, violation.evidence) << finding.reason;
    } else if (finding.verdict != Verdict::kPass && finding.verdict != Verdict::kNotExercised) {
      others.push_back(finding.requirement + " " + std::string(to_string(finding.verdict)) + ": " + finding.reason);
    }
  }
  EXPECT_EQ(fails, violation.requirement.empty() ? 0U : 1U);
  EXPECT_EQ(others, std::vector<std::string>{});
  for (const auto& [requirement, verdict] : judgement.requirements) {
    if (requirement == violation.requirement) {
      EXPECT_EQ(verdict, Verdict::kFail);
    } else {
      EXPECT_TRUE(verdict == Verdict::kPass || verdict == Verdict::kNotExercised) << requirement;
    }
  }
  EXPECT_EQ(judgement.verdict, violation.requirement.empty() ? Verdict::kPass : Verdict::kFail) << judgement.reason;
}

std::string name_of(const testing::TestParamInfo<Violation>& info) { return info.param.name; }

// ---- helodata: 500 sticky sessions in turn, a request every 10 ms, so that each is used every 5 s and 1,000 s are within every window of
// 30 minutes. Session 0 is the one in the middle, and alone on its exit; the others share twenty.

constexpr std::uint64_t kNamed = 500;
constexpr const char* kOwnExit = "10.0.1.1";
constexpr const char* kFreshExit = "10.0.1.2";
constexpr const char* kIdleExit = "10.0.1.3";
constexpr const char* kRepinned = "X-Helodata-Session-Repinned";

std::string name_of_session(const std::string& id, const std::string& minutes) {
  return "helo_{account}-type-res-region-us-session-" + id + "-sesstime-" + minutes;
}

std::uint64_t session_of(std::uint64_t id) { return (id + kNamed - kMiddle % kNamed) % kNamed; }

Served named(std::uint64_t id) {
  const std::uint64_t session = session_of(id);
  Served one;
  one.id = id;
  one.at = sim::kStart + id * 10ms;
  one.user_name = name_of_session("s" + std::to_string(session), "30");
  one.exit = session == 0 ? kOwnExit : "10.0.0." + std::to_string(1 + session % 20);
  return one;
}

Judgement judged_named(const Edit& edit) {
  std::vector<std::string> exits{kOwnExit, kFreshExit, kIdleExit};
  for (int i = 1; i <= 20; ++i) exits.push_back("10.0.0." + std::to_string(i));
  Judge judge;
  judge.header(header_of("helodata", exits));
  for (std::uint64_t id = 1; id <= kObservations; ++id) {
    Served one = named(id);
    edit(one);
    feed(judge, one);
  }
  return judge.conclude();
}

/// From the middle on, the session in the middle is at that exit.
Edit moves_to(const std::string& exit, const Edit& in_the_middle) {
  return [=](Served& one) {
    if (session_of(one.id) == 0 && one.id >= kMiddle) one.exit = exit;
    if (one.id == kMiddle) in_the_middle(one);
  };
}

Edit in_the_middle(const Edit& edit) {
  return [=](Served& one) {
    if (one.id == kMiddle) edit(one);
  };
}

void nothing(Served& /*one*/) {}

const Violation kNamedViolations[] = {
    {"Nothing", "", {}, nothing},
    {"ASilentChange", "H-STK-1", {kMiddle - kNamed, kMiddle}, moves_to(kFreshExit, nothing)},
    {"OneRequestAstray", "H-STK-1", {kMiddle - kNamed, kMiddle}, in_the_middle([](Served& one) {
       one.exit = kFreshExit;
     })},
    {"AnExpiryThatIsAnnounced",
     "H-STK-5",
     {kMiddle - 6'100, kMiddle},
     [](Served& one) {
       if (one.id != kMiddle && one.id != kMiddle - 6'100) return;  // 61 s
       one.user_name = name_of_session("minute", "1");
       one.exit = one.id == kMiddle ? kFreshExit : kIdleExit;
       if (one.id == kMiddle) one.told = {{kRepinned, "true"}};
     }},
    {"AWindowOverTheCap", "H-STK-6", {kMiddle}, in_the_middle([](Served& one) {
       one.user_name = name_of_session("long", "31");
       one.exit = kFreshExit;
     })},
    {"ThirtyThreeCharacters", "H-STK-8", {kMiddle}, in_the_middle([](Served& one) {
       one.user_name = name_of_session(std::string(33, 'a'), "30");
       one.exit = kFreshExit;
     })},
    {"ADropThatEndsTheSession",
     "H-PIN-1",
     {kMiddle - kNamed, kMiddle},
     [](Served& one) {
       if (session_of(one.id) != 0 || one.id < kMiddle) return;
       one.exit = one.id == kMiddle ? kOwnExit : kFreshExit;
       if (one.id == kMiddle) {
         one.dropped_before = kOwnExit;
         one.status = 502;
       }
       if (one.id == kMiddle + kNamed) one.told = {{kRepinned, "true"}};
     }},
    {"ARePinThatIsNotAnnounced",
     "H-PIN-2",
     {kMiddle - kNamed, kMiddle},
     moves_to(kFreshExit, [](Served& one) { one.dropped_before = kOwnExit; })},
    {"ARePinAnnouncedTwice",
     "H-PIN-4",
     {kMiddle, kMiddle + kNamed},
     [](Served& one) {
       if (session_of(one.id) != 0 || one.id < kMiddle) return;
       one.exit = kFreshExit;
       if (one.id == kMiddle) one.dropped_before = kOwnExit;
       if (one.id <= kMiddle + kNamed) one.told = {{kRepinned, "true"}};
     }},
    {"ARePinToAnotherRegion",
     "H-PIN-5",
     {kMiddle - kNamed, kMiddle},
     moves_to("10.9.0.1",
              [](Served& one) {
                one.dropped_before = kOwnExit;
                one.told = {{kRepinned, "true"}};
              })},
    {"ARePinAtANeighboursDrop",
     "H-PIN-7",
     {kMiddle - kNamed, kMiddle},
     moves_to(kFreshExit,
              [](Served& one) {
                one.dropped_before = kIdleExit;
                one.told = {{kRepinned, "true"}};
              })},
    {"WrongCredentialsServed", "H-AUT-1", {kMiddle}, in_the_middle([](Served& one) {
       one.credentials = CredentialFault::kWrongPassword;
     })},
    {"CredentialsThatReachTheOrigin", "G-1", {kMiddle}, in_the_middle([](Served& one) {
       one.reached_origin = {{"Proxy-Authorization", "redacted"}};
     })},
};

class NamedSessions : public testing::TestWithParam<Violation> {};
TEST_P(NamedSessions, FailThatRequirementWithThatEvidence) {
  expect_one_violation(GetParam(), judged_named(GetParam().edit));
}
INSTANTIATE_TEST_SUITE_P(LongHistory, NamedSessions, testing::ValuesIn(kNamedViolations), name_of);

// ---- crawlera: 200 issued sessions in turn, a request every 120 ms, so that each is used every 24 s: twice the default delay, and never
// idle for long. Each has an exit of its own. The first 200 requests create them.

constexpr std::uint64_t kIssued = 200;
constexpr const char* kSpare = "10.0.1.1";
constexpr const char* kSession = "X-Crawlera-Session";

std::string exit_of_issued(std::uint64_t id) { return "10.0.0." + std::to_string(1 + id % kIssued); }
std::string issued_id(std::uint64_t id) { return std::to_string(9'000'000 + id % kIssued); }

void asks(Served& one, const std::string& session, const std::string& answered) {
  one.session = session;
  one.sent = {{kSession, session}};
  one.told = {{"X-Crawlera-Version", "1"}};
  if (!answered.empty()) one.told.emplace_back(kSession, answered);
}

Served issued(std::uint64_t id) {
  Served one;
  one.id = id;
  one.at = sim::kStart + id * 120ms;
  one.exit = exit_of_issued(id);
  asks(one, id <= kIssued ? "create" : issued_id(id), issued_id(id));
  return one;
}

Judgement judged_issued(const Edit& edit) {
  std::vector<std::string> exits{kSpare};
  for (std::uint64_t i = 0; i < kIssued; ++i) exits.push_back(exit_of_issued(i));
  Judge judge;
  judge.header(header_of("crawlera", exits));
  for (std::uint64_t id = 1; id <= kObservations; ++id) {
    Served one = issued(id);
    edit(one);
    feed(judge, one);
  }
  return judge.conclude();
}

const Violation kIssuedViolations[] = {
    {"Nothing", "", {}, nothing},
    {"TenSecondsApart", "C-PAC-1", {kMiddle - 91, kMiddle}, in_the_middle([](Served& one) {
       one.exit = exit_of_issued(kMiddle - 91);  // 10.92 s
       asks(one, issued_id(kMiddle - 91), issued_id(kMiddle - 91));
     })},
    {"TwoSecondsApartToAPopularHost",
     "C-PAC-2",
     {kMiddle, kMiddle + 17},
     [](Served& one) {
       if (one.id != kMiddle && one.id != kMiddle + 17) return;  // 2.04 s, of 3
       one.host = "popular.origin.test";
       one.exit = exit_of_issued(kMiddle);
       asks(one, issued_id(kMiddle), issued_id(kMiddle));
     }},
    {"ADelayAnnouncedBelowTheSoftLimit", "C-PAC-6", {kMiddle}, in_the_middle([](Served& one) {
       one.told.emplace_back("X-Crawlera-Next-Request-In", "12");
     })},
    {"ACreationWithoutAnId", "C-SES-1", {kMiddle}, in_the_middle([](Served& one) {
       one.exit = kSpare;
       asks(one, "create", "");
     })},
    {"AnotherIp",
     "C-SES-2",
     {kMiddle - kIssued, kMiddle},
     [](Served& one) {
       if (one.id >= kMiddle && one.id % kIssued == kMiddle % kIssued) one.exit = kSpare;
     }},
    {"AnIdThatNobodyIssued", "C-SES-4", {kMiddle}, in_the_middle([](Served& one) {
       one.exit = kSpare;
       asks(one, "424242", "424242");
     })},
    {"AliveAfterThirtyOneMinutes",
     "C-SES-7",
     {kMiddle - 15'600, kMiddle},
     [](Served& one) {
       if (one.id != kMiddle && one.id != kMiddle - 15'600) return;  // 31 min 12 s
       one.exit = kSpare;
       asks(one, one.id == kMiddle ? "777" : "create", "777");
     }},
    {"MalformedRetriesServed", "C-RET-4", {kMiddle}, in_the_middle([](Served& one) {
       one.sent.emplace_back("X-Crawlera-Max-Retries", "many");
     })},
};

class IssuedSessions : public testing::TestWithParam<Violation> {};
TEST_P(IssuedSessions, FailThatRequirementWithThatEvidence) {
  expect_one_violation(GetParam(), judged_issued(GetParam().edit));
}
INSTANTIATE_TEST_SUITE_P(LongHistory, IssuedSessions, testing::ValuesIn(kIssuedViolations), name_of);

}  // namespace
}  // namespace pinproof::conformance
