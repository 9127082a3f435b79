#include "sim/gateway/rules_json.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {
namespace {

Rules parsed(std::string_view name) { return shipped_rules(name); }

TEST(RulesJson, HelodataIsAsItsDocumentsSay) {
  const Rules rules = parsed("helodata");
  EXPECT_EQ(rules.dialect, "helodata");
  EXPECT_EQ(rules.headers.repinned, "X-Helodata-Session-Repinned");
  EXPECT_EQ(rules.session.key, std::vector<KeyPart>{KeyPart::kUserName});
  EXPECT_EQ(rules.session.window.kind, WindowKind::kAbsolute);
  EXPECT_EQ(rules.session.window.minute, 60s);
  EXPECT_EQ(rules.session.window.minutes_cap, 30U);
  EXPECT_EQ(rules.session.window.capped, std::vector<ExitType>{ExitType::kResidential});
  EXPECT_EQ(rules.session.loss.policy, LossPolicy::kRepin);
  EXPECT_EQ(rules.session.loss.announced_value, "true");
  EXPECT_EQ(rules.user_name.segments.size(), 7U);
  EXPECT_EQ(rules.user_name.segments[5].length_max, 32U);
  EXPECT_EQ(rules.pacing.delay, 0s);
  EXPECT_EQ(rules.plans[1].connections, 25U);
  EXPECT_EQ(rules.plans[1].requests_per_second, 50U);
}

TEST(RulesJson, CrawleraIsAsItsDocumentsSay) {
  const Rules rules = parsed("crawlera");
  EXPECT_EQ(rules.dialect, "crawlera");
  EXPECT_EQ(rules.headers.session, "X-Crawlera-Session");
  EXPECT_EQ(rules.headers.next_request_in, "X-Crawlera-Next-Request-In");
  EXPECT_EQ(rules.errors.session_unknown, (ErrorReply{400, "bad_session_id", false}));
  EXPECT_EQ(rules.errors.credentials_missing, (ErrorReply{407, "bad_proxy_auth", true}));
  EXPECT_EQ(rules.session.window.kind, WindowKind::kIdle);
  EXPECT_EQ(rules.session.window.length, 30min);
  EXPECT_EQ(rules.session.limit_per_account, 5000U);
  EXPECT_EQ(rules.pacing.delay, 12s);
  EXPECT_EQ(rules.pacing.soft_limit, 120s);
  EXPECT_EQ(rules.pacing.ceiling, 900s);
  EXPECT_EQ(rules.retries.in_session, 0U);
  EXPECT_EQ(rules.retries.outside_session, 5U);
  EXPECT_EQ(rules.forwarding.connect, ConnectMode::kIntercept);
}

struct Edit {
  const char* rules;  // which file
  std::string from;   // stands there once
  std::string to;
  const char* message;
};

const Edit kEdits[] = {
    // The file as a whole.
    {"helodata", R"("rules": 1,)", R"("rules": 2,)", "at /rules: found 2, expected an integer from 1 to 1"},
    {"helodata", R"("rules": 1,)", "", R"(found an object without "rules", expected that key)"},
    {"helodata", R"("dialect": "helodata",)", R"("dialect": "",)",
     R"(at /dialect: found "", expected a non-empty string of at most 256 bytes)"},
    {"helodata", R"("rotation": {)", R"("rotations": {)",
     R"(at /rotations: found unknown key "rotations", expected one of "$schema", "rules", "name", "dialect", "headers", "errors", )"
     R"("user_name", "authentication", "session", "rotation", "pacing", "retries", "forwarding", "api", "plans", "accounts" )"
     R"((did you mean "rotation"?))"},
    // Headers and errors.
    {"helodata", R"("X-Helodata-Exit-IP")", R"("X Helodata")",
     R"(at /headers/exit_address: found "X Helodata", expected a header field name, or "" for none)"},
    {"helodata", R"("X-Helodata-Exit-IP")", "7", "at /headers/exit_address: found 7, expected a string"},
    {"crawlera", R"("version_value": "pinproof")", R"("version_value": "a\r\nb")",
     R"(at /headers/version_value: found "a\r\nb", expected printable ASCII)"},
    {"helodata", R"({ "status": 404, "code": "not-found" },
    "api_session_unknown")",
     R"({ "status": 200, "code": "not-found" },
    "api_session_unknown")",
     "at /errors/api_unknown/status: found 200, expected an integer from 400 to 599"},
    {"helodata", R"("code": "unknown-region")", R"("code": "a\nb")",
     R"(at /errors/region_unknown/code: found "a\nb", expected printable ASCII)"},
    {"helodata", R"("code": "unknown-region")", R"("kode": "x")",
     R"(at /errors/region_unknown/kode: found unknown key "kode", expected one of "status", "code", "close" (did you mean "code"?))"},
    {"crawlera", R"("session_limit": { "status": 400, "code": "user_session_limit" },)", "",
     R"(at /errors: found an object without "session_limit", expected that key)"},
    // The user name.
    {"helodata", R"("length": [2, 2])", R"("length": [2, 1])",
     "at /user_name/segments/1/length/1: found 1, expected an integer from 2 to 1000000"},
    {"helodata", R"("length": [2, 2])", R"("length": [2])",
     "at /user_name/segments/1/length: found an array with a size of 1, expected an array with a size from 2 to 2"},
    {"helodata", R"("length": [1, 64])", R"("length": [0, 64])",
     "at /user_name/segments/3/length/0: found 0, expected an integer from 1 to 1000000"},
    {"helodata", R"("name": "state", "meaning": "state")", R"("name": "region", "meaning": "state")",
     R"(at /user_name/segments/2/name: found "region", expected a name that no other segment has)"},
    {"helodata", R"("name": "state", "meaning": "state")", R"("name": "state", "meaning": "region")",
     R"(at /user_name/segments/2/meaning: found "region", expected a meaning that no other segment has)"},
    {"helodata", R"("name": "state", "meaning": "state")", R"("name": "the-state", "meaning": "state")",
     R"(at /user_name/segments/2/name: found "the-state", expected a name without '-', which parts segments)"},
    {"helodata", R"("meaning": "minutes")", R"("meaning": "minute")",
     R"(at /user_name/segments/6/meaning: found "minute", expected one of "type", "region", "state", "city", "asn", "session", "minutes" (did you mean "minutes"?))"},
    {"helodata", R"("account_characters": "a-z0-9")", R"("account_characters": "z-a")",
     R"(at /user_name/account_characters: found "z-a", expected ranges that go upwards, such as "a-z0-9")"},
    {"helodata", R"("leading_zeros": false)", R"("leading_zeros": 0)",
     "at /user_name/leading_zeros: found 0, expected true or false"},
    {"helodata", R"("regions": ["us",)", R"("regions": ["",)",
     R"(at /user_name/regions/0: found "", expected a non-empty string of at most 256 bytes)"},
    // Authentication.
    {"helodata", R"("realm": "helodata")", R"("realm": "a\"b")",
     R"(at /authentication/realm: found "a\"b", expected a realm without quotes and backslashes)"},
    {"helodata", R"("judged_by": "request")", R"("judged_by": "conection")",
     R"(at /authentication/judged_by: found "conection", expected one of "request", "connection" (did you mean "connection"?))"},
    // Sessions.
    {"helodata", R"("key": ["user_name"])", R"("key": [])",
     "at /session/key: found an array with a size of 0, expected an array with a size from 1 to 16"},
    {"helodata", R"("key": ["user_name"])", R"("key": ["username"])",
     R"(at /session/key/0: found "username", expected one of "user_name", "account", "type", "region", "state", "city", "asn", "session", )"
     R"("minutes", "method", "connection" (did you mean "user_name"?))"},
    {"helodata", R"("minute": "60s")", R"("minute": "60")",
     R"(at /session/window/minute: found "60", expected a duration from "1ns" to "1h", such as "29m59s")"},
    {"helodata", R"("minute": "60s")", R"("minute": "0s")",
     R"(at /session/window/minute: found "0s", expected a duration from "1ns" to "1h")"},
    {"helodata", R"("minutes_cap": 30)", R"("minutes_cap": -1)",
     "at /session/window/minutes_cap: found -1, expected an integer from 0 to 1000000"},
    {"helodata", R"("minutes_cap": 30)", R"("minutes_cap": 30.5)",
     "at /session/window/minutes_cap: found 30.5, expected an integer from 0 to 1000000"},
    {"helodata", R"("capped": ["res"])", R"("capped": ["isp"])",
     R"(at /session/window/capped/0: found "isp", expected one of "res", "mob")"},
    {"crawlera", R"("length": "30m")", R"("length": "169h")",
     R"(at /session/window/length: found "169h", expected a duration from "0s" to "168h")"},
    {"crawlera", R"("length": "30m")", R"("length": "0s")",
     R"(at /session/window/length: found "0s", expected a duration above "0s", since no user name says it)"},
    {"crawlera", R"("session": "X-Crawlera-Session",)", "",
     R"(at /headers: found no "session", expected the header that sessions are said in)"},
    {"helodata", R"("policy": "repin")", R"("policy": "repined")",
     R"(at /session/loss/policy: found "repined", expected one of "repin", "end", "live_on" (did you mean "repin"?))"},
    {"helodata", R"("announced_value": "true")", R"("announced_value": true)",
     "at /session/loss/announced_value: found true, expected a non-empty string of at most 256 bytes"},
    {"helodata", R"("owner_checked": true)", R"("owner_checked": "yes")",
     R"(at /session/owner_checked: found "yes", expected true or false)"},
    {"crawlera", R"("limit_per_account": 5000)", R"("limit_per_account": 1000001)",
     "at /session/limit_per_account: found 1000001, expected an integer from 0 to 1000000"},
    // Pacing, retries, forwarding.
    {"crawlera", R"("growth_percent": 200)", R"("growth_percent": 100)",
     "at /pacing/growth_percent: found 100, expected an integer from 101 to 1000000"},
    {"crawlera", R"("delay": "3s")", R"("delay": 3)",
     R"(at /pacing/domains/0/delay: found 3, expected a duration from "0s" to "168h", such as "29m59s")"},
    {"crawlera", R"("law": "queue")", R"("law": "que")",
     R"(at /pacing/law: found "que", expected one of "queue", "linear", "multiplicative", "no_growth" (did you mean "queue"?))"},
    {"crawlera", R"("header_max": 5)", R"("header_max": null)",
     "at /retries/header_max: found null, expected an integer from 0 to 1000000"},
    {"crawlera", R"("timeout_max": "180s")", R"("timeout_max": "29s")",
     R"(at /forwarding/timeout_max: found "29s", expected a duration from "30s" to "168h")"},
    {"crawlera", R"("attempt_timeout": "30s")", R"("attempt_timeout": "0s")",
     R"(at /forwarding/attempt_timeout: found "0s", expected a duration from "1ms" to "168h")"},
    // The API, plans, accounts.
    {"crawlera", R"("path": "/sessions")", R"("path": "sessions")",
     R"(at /api/path: found "sessions", expected a path that begins with '/' and does not end with it)"},
    {"crawlera", R"("path": "/sessions")", R"("path": "/")",
     R"(at /api/path: found "/", expected a path that begins with '/' and does not end with it)"},
    {"helodata", R"("name": "trial", "sessions")", R"("name": "business", "sessions")",
     R"(at /plans/1/name: found "business", expected a name that no other plan has)"},
    {"helodata", R"("plan": "trial")", R"("plan": "free")",
     R"(at /accounts/2/plan: found "free", expected the name of a plan in /plans)"},
    {"helodata", R"("name": "two")", R"("name": "one")",
     R"(at /accounts/1/name: found "one", expected a name that no other account has)"},
    {"helodata", R"("user": "s9z8y7x6w5v")", R"("user": "s1a2b3c4d5e")",
     R"(at /accounts/1/user: found "s1a2b3c4d5e", expected a user that no other account has)"},
    {"helodata", R"("user": "s9z8y7x6w5v")", R"("user": "a:b")",
     R"(at /accounts/1/user: found "a:b", expected a user without ':', which ends it in credentials)"},
    {"helodata", R"("api_token": "lab-token-two")", R"("api_token": "lab-token-one")",
     R"(at /accounts/1/api_token: found "lab-token-one", expected a token that no other account has)"},
};

TEST(RulesJson, AMistakeIsToldWithItsPlace) {
  ASSERT_GE(std::size(kEdits), 40U);
  for (const Edit& edit : kEdits) {
    std::string text = shipped_rules_text(edit.rules);
    const std::size_t at = text.find(edit.from);
    ASSERT_NE(at, std::string::npos) << edit.from;
    ASSERT_EQ(text.find(edit.from, at + 1), std::string::npos) << edit.from << " stands there more than once";
    const Parsed<Rules> rules = parse_rules("r.json", text.replace(at, edit.from.size(), edit.to));
    const auto* error = std::get_if<InputError>(&rules);
    ASSERT_NE(error, nullptr) << edit.to << " was accepted";
    EXPECT_EQ(error->message(), std::string("r.json: ") + edit.message);
  }
}

TEST(RulesJson, WhatIsNoJsonIsToldWithItsLine) {
  const Parsed<Rules> rules = parse_rules("r.json", "{\n  \"rules\": 1,\n");
  EXPECT_EQ(std::get<InputError>(rules).message(), "r.json: at 3:1: found end of input, expected string literal");
}

}  // namespace
}  // namespace pinproof::sim
