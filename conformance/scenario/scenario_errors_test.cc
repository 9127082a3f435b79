// What is wrong with a scenario is said with its place, what stood there and what was expected. The schema, which
// editors use, refuses the same shapes.
#include <gmock/gmock.h>

#include <vector>

#include "conformance/scenario/scenario_testing.h"
#include "conformance/scenario/schema_json.h"

namespace pinproof::conformance {
namespace {

struct Case {
  std::string text;
  std::string message;  // "…" at its end: and so on
};

void expect_message(const Case& row) {
  const std::string_view dots = "…";
  const bool cut = row.message.ends_with(dots);
  const std::string start = cut ? row.message.substr(0, row.message.size() - dots.size()) : row.message;
  const std::string said = complaint(row.text);
  EXPECT_EQ(cut ? said.substr(0, start.size()) : said, start) << row.text;
}

const std::vector<Case>& malformed() {
  static const std::vector<Case> cases{
      {helodata_scenario("{}"), R"(at /steps/0: found an object without a verb, expected one of "request"…)"},
      {helodata_scenario("7"), "at /steps/0: found 7, expected an object"},
      {helodata_scenario(R"({"reqest": "a"})"),
       R"(at /steps/0: found an object without a verb, expected one of "request"…)"},
      {helodata_scenario(R"({"request": "a", "begin": "b"})"),
       R"(at /steps/0: found both "request" and "begin", expected one verb a step)"},
      {helodata_scenario(R"({"request": 7})"), "at /steps/0/request: found 7, expected a string"},
      {helodata_scenario(R"({"request": "no spaces"})"),
       R"(at /steps/0/request: found "no spaces", expected a label of at most 40 letters, digits, '-', '_' and '.', beginning with a letter or digit)"},
      {helodata_scenario(R"({"request": ""})"),
       R"(at /steps/0/request: found "", expected a label of at most 40 letters, digits, '-', '_' and '.', beginning with a letter or digit)"},
      {helodata_scenario(R"({"request": "a", "usr": "S"})"),
       R"(at /steps/0/usr: found unknown key "usr", expected one of "request"…)"},
      {helodata_scenario(R"({"request": "a", "count": 2})"),
       R"(at /steps/0/count: found unknown key "count", expected one of "request"…)"},
      {helodata_scenario(R"({"burst": "a"})"), R"(at /steps/0: found an object without "count", expected that key)"},
      {helodata_scenario(R"({"burst": "a", "count": 1})"),
       "at /steps/0/count: found 1, expected an integer from 2 to 10000"},
      {helodata_scenario(R"({"burst": "a", "count": 10001})"),
       "at /steps/0/count: found 10001, expected an integer from 2 to 10000"},
      {helodata_scenario(R"({"burst": "a", "count": 2, "every": "1"})"),
       R"(at /steps/0/every: found "1", expected a duration from "0s" to "24h", such as "29m59s")"},
      {helodata_scenario(R"({"request": "a", "via": "socks"})"),
       R"(at /steps/0/via: found "socks", expected one of "plain", "connect")"},
      {helodata_scenario(R"({"request": "a", "connection": "keep"})"),
       R"(at /steps/0/connection: found "keep", expected "new", "kept" or {"name": NAME})"},
      {helodata_scenario(R"({"request": "a", "credentials": "wrong"})"),
       R"(at /steps/0/credentials: found "wrong", expected one of "good", "missing", "wrong_password", "unknown_account", "malformed")"},
      {helodata_scenario(R"({"request": "a", "user": {"raw": "x", "session": "y"}})"),
       R"(at /steps/0/user/session: found unknown key "session", expected "raw")"},
      {helodata_scenario(R"({"request": "a", "user": {"session": ""}})"),
       R"(at /steps/0/user/session: found "", expected a non-empty string of at most 1024 bytes)"},
      {helodata_scenario(R"({"request": "a", "user": 7})"),
       R"(at /steps/0/user: found 7, expected a name from "users", or an object)"},
      {helodata_scenario(R"({"request": "a", "session": "crate"})"),
       R"(at /steps/0/session: found a field that helodata has no use for, expected "user": its sessions are named in the user name)"},
      {helodata_scenario(R"({"request": "a", "host": "SITE"})"),
       R"(at /steps/0/host: found "SITE", expected a symbolic host of lower-case letters, digits, '-' and '.')"},
      {helodata_scenario(R"({"request": "a", "headers": {"X": 1}})"),
       "at /steps/0/headers/X: found 1, expected a string"},
      {helodata_scenario(R"({"request": "a", "body_bytes": -1})"),
       "at /steps/0/body_bytes: found -1, expected an integer from 0 to 67108864"},
      {helodata_scenario(R"({"request": "a", "answer_bytes": 67108865})"),
       "at /steps/0/answer_bytes: found 67108865, expected an integer from 0 to 67108864"},
      {helodata_scenario(R"({"request": "a", "answer_status": 199})"),
       "at /steps/0/answer_status: found 199, expected an integer from 200 to 599"},
      {helodata_scenario(R"({"request": "a", "gate_at": 1})"),
       R"(at /steps/0/gate_at: found unknown key "gate_at", expected one of "request"…)"},
      {helodata_scenario(R"({"begin": "a", "expect": [{"status": 200}]}, {"await": "a"})"),
       R"(at /steps/0/expect: found unknown key "expect", expected one of "begin"…)"},
      {helodata_scenario(R"({"parallel": [{"request": "a"}]})"),
       "at /steps/0/parallel: found an array with a size of 1, expected an array with a size from 2 to 256"},
      {helodata_scenario(R"({"parallel": [{"request": "a"}, {"wait": "1s"}]})"),
       R"(at /steps/0/parallel/1: found an object without a verb, expected one of "request", "burst", "create_session", "list_sessions", "delete_session")"},
      {helodata_scenario(R"({"wait": "1800"})"),
       R"(at /steps/0/wait: found "1800", expected a duration from "0s" to "24h", such as "29m59s")"},
      {helodata_scenario(R"({"wait": "-1s"})"),
       R"(at /steps/0/wait: found "-1s", expected a duration from "0s" to "24h")"},
      {helodata_scenario(R"({"request": "a"}, {"drop": {}})"),
       R"(at /steps/1/drop: found an object that selects nothing, expected "served", "not_served" or "where")"},
      {helodata_scenario(R"({"request": "a"}, {"drop": "a"})"), R"(at /steps/1/drop: found "a", expected an object)"},
      {helodata_scenario(R"({"request": "a"}, {"restore": {"served": "a"}, "for": "1s"})"),
       R"(at /steps/1/for: found unknown key "for", expected one of "restore", "note")"},
      {helodata_scenario(R"({"request": "a"}, {"slow": {"served": "a"}})"),
       R"(at /steps/1: found an object without "delay", expected that key)"},
      {helodata_scenario(R"({"drop": {"where": {"typ": "res"}}})"),
       R"(at /steps/0/drop/where/typ: found unknown key "typ", expected one of "type", "region", "state", "city", "asn" (did you mean "type"?))"},
      {helodata_scenario(R"({"drop": {"where": {"type": "home"}}})"),
       R"(at /steps/0/drop/where/type: found "home", expected one of "res", "mob")"},
      {helodata_scenario(R"({"close": "new"})"),
       R"(at /steps/0/close: found "new", expected "kept" or {"name": NAME})"},
      {helodata_scenario(R"({"expect": []})"),
       "at /steps/0/expect: found an array with a size of 0, expected an array with a size from 1 to 32"},
      {helodata_scenario(R"({"request": "a", "expect": [{}]})"),
       R"(at /steps/0/expect/0: found an expectation without a check, expected one of "outcome"…)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"status": 200, "repinned": true}]})"),
       R"(at /steps/0/expect/0: found both "status" and "repinned", expected one check an expectation)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"outcome": "ok"}]})"),
       R"(at /steps/0/expect/0/outcome: found "ok", expected one of "served", "refused", "upstream_error", "unavailable", "delay_refused")"},
      {helodata_scenario(R"({"request": "a", "expect": [{"status": 99}]})"),
       "at /steps/0/expect/0/status: found 99, expected an integer from 100 to 599"},
      {helodata_scenario(R"({"request": "a", "expect": [{"repined": true}]})"),
       R"(at /steps/0/expect/0/repined: found unknown key "repined", expected one of "requirement"…)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"exit": {}}]})"),
       R"(at /steps/0/expect/0/exit: found an object without a condition, expected at least one of "same_as", "different_from", "in")"},
      {helodata_scenario(R"({"request": "a", "expect": [{"exit": {"in": {}}}]})"),
       R"(at /steps/0/expect/0/exit/in: found an object without a condition, expected at least one of "type", "region", "state", "city", "asn")"},
      {helodata_scenario(R"({"request": "a", "expect": [{"delay": {"min": "1s"}}]})"),
       R"(at /steps/0/expect/0/delay/min: found unknown key "min", expected one of "at_least", "at_most")"},
      {helodata_scenario(R"({"request": "a", "expect": [{"attempts": {}}]})"),
       R"(at /steps/0/expect/0/attempts: found an object without bounds, expected "at_least", "at_most" or both)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"header": {"name": "X"}}]})"),
       R"(at /steps/0/expect/0/header: found an object without a condition, expected at least one of "present", "equals", "integer")"},
      {helodata_scenario(R"({"request": "a", "expect": [{"count": {"times": 1}}]})"),
       R"(at /steps/0/expect/0/count: found an object that does not say what to count, expected "repinned", "outcome" or both)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"count": {"repinned": true}}]})"),
       R"(at /steps/0/expect/0/count: found an object without "times", expected that key)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"origin": {"body_unchanged": false}}]})"),
       "at /steps/0/expect/0/origin/body_unchanged: found false, expected true, or left out"},
      {helodata_scenario(R"({"request": "a", "expect": {"status": 200}})"),
       "at /steps/0/expect: found an object, expected an array with a size from 1 to 32"},
      {helodata_scenario(""),
       "at /steps: found an array with a size of 0, expected an array with a size from 1 to 1000"},
      {helodata_scenario(R"({"wait": "1s"})", R"("users": {"S": "T"}, )"),
       R"(at /users/S: found "T", expected an object: the parts of a user name, or {"raw": …})"},
      {helodata_scenario(R"({"wait": "1s"})", R"("actors": {"a": 1}, )"),
       "at /actors/a: found 1, expected a non-empty string of at most 40 bytes"},
      {helodata_scenario(R"({"wait": "1s"})", R"("seed": -1, )"),
       "at /seed: found -1, expected an integer of at least 0"},
      {helodata_scenario(R"({"wait": "1s"})", R"("author": "me", )"),
       R"(at /author: found unknown key "author", expected one of "$schema", "scenario", "id", "title", "dialect", "requirements", "when", "actors", "users", "steps", "produced_by", "seed")"},
      {crawlera_scenario(R"({"create_session": "a", "user": {}})"),
       R"(at /steps/0/user: found unknown key "user", expected one of "create_session", "note", "expect", "actor", "credentials", "count")"},
      {crawlera_scenario(R"({"delete_session": "a", "session": "create"})"),
       R"(at /steps/0/session: found "create", expected {"of": LABEL} or {"raw": ID})"},
      {crawlera_scenario(R"({"request": "a", "session": {"of": "b", "raw": "c"}})"),
       R"(at /steps/0/session: found an object, expected "create", {"of": LABEL} or {"raw": ID})"},
  };
  return cases;
}

TEST(ScenarioErrors, say_what_is_malformed) {
  for (const Case& row : malformed()) expect_message(row);
}

TEST(ScenarioErrors, of_shape_are_refused_by_the_schema_too) {
  const JsonSchema schema(shipped_scenario_schema());
  ASSERT_EQ(schema.complaint(helodata_scenario(R"({"wait": "1s"})")), std::nullopt);
  for (const Case& row : malformed()) EXPECT_NE(schema.complaint(row.text), std::nullopt) << row.text;
}

// What only the parser can know: names, the order of steps, the dialect, the catalogue.
TEST(ScenarioErrors, say_what_makes_no_sense) {
  const std::vector<Case> cases{
      {helodata_scenario(R"({"request": "a"}, {"request": "a"})"),
       R"(at /steps/1/request: found the label "a" of /steps/0 again, expected a label of its own)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"exit": {"same_as": "b"}}]}, {"request": "b"})"),
       R"(at /steps/0/expect/0/exit/same_as: found "b", expected the label of an earlier step)"},
      {helodata_scenario(R"({"request": "first"}, {"request": "b", "expect": [{"exit": {"same_as": "frist"}}]})"),
       R"(at /steps/1/expect/0/exit/same_as: found "frist", expected the label of an earlier step (did you mean "first"?))"},
      {helodata_scenario(R"({"burst": "b", "count": 2}, {"wait": "1m", "after": "b[3]"})"),
       R"(at /steps/1/after: found "b[3]", expected an index from 1 to 2)"},
      {helodata_scenario(R"({"request": "a"}, {"wait": "1m", "after": "a[1]"})"),
       R"(at /steps/1/after: found "a[1]", expected a label without index: it is no burst)"},
      {helodata_scenario(R"({"request": "a", "user": "S"})"),
       R"(at /steps/0/user: found "S", expected a name from "users")"},
      {helodata_scenario(R"({"request": "a", "user": "stick"})",
                         R"("users": {"sticky": {"session": "@s", "minutes": 1}}, )"),
       R"(at /steps/0/user: found "stick", expected a name from "users" (did you mean "sticky"?))"},
      {helodata_scenario(R"({"request": "a", "actor": "browser"})"),
       R"(at /steps/0/actor: found "browser", expected "client")"},
      {helodata_scenario(R"({"await": "a"})"),
       R"(at /steps/0/await: found "a", expected the label of an earlier step)"},
      {helodata_scenario(R"({"request": "a"}, {"await": "a"})"),
       R"(at /steps/1/await: found "a", which /steps/0 has waited for already, expected a label of "begin", once)"},
      {helodata_scenario(R"({"begin": "a"})"),
       R"(at /steps: found "a" begun at /steps/0 and left there, expected an "await" or "abandon" of it in a later step)"},
      {helodata_scenario(R"({"begin": "a"}, {"await": "a"}, {"abandon": "a"})"),
       R"(at /steps/2/abandon: found "a", which /steps/0 has waited for already, expected a label of "begin", once)"},
      {helodata_scenario(R"({"begin": "a"}, {"release": "a"}, {"await": "a"})"),
       R"(at /steps/1/release: found "a", expected a label begun with "gate_at": nothing else waits to be released)"},
      {helodata_scenario(R"({"begin": "a", "gate_at": 0}, {"release": "a"}, {"release": "a"}, {"await": "a"})"),
       R"(at /steps/2/release: found "a", which is not held any more, expected a request still held)"},
      {helodata_scenario(R"({"begin": "a", "gate_at": 0}, {"expect": [{"of": "a", "status": 200}]}, {"await": "a"})"),
       R"(at /steps/1/expect/0/of: found "a", begun at /steps/0 and not awaited yet, expected something answered)"},
      {helodata_scenario(R"({"begin": "a", "gate_at": 16}, {"await": "a"})"),
       R"(at /steps/0/gate_at: found 16, expected less than the 16 bytes of the answer ("answer_bytes"))"},
      {helodata_scenario(R"({"expect": [{"status": 200}]})"),
       R"(at /steps/0/expect/0: found an expectation without "of", expected the labels that it is about)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"requirement": "H-STK-2", "status": 200}]})"),
       R"(at /steps/0/expect/0/requirement: found "H-STK-2", expected one of "H-STK-1", "H-PIN-2" (did you mean "H-STK-1"?))"},
      {helodata_scenario(R"({"list_sessions": "a", "expect": [{"exit": {"in": {"region": "us"}}}]})"),
       "at /steps/0/expect/0: found a check about a list_sessions, expected one that can be made of it: this is for a "
       "request"},
      {helodata_scenario(R"({"list_sessions": "a"}, {"expect": [{"of": "a", "attempts": 1}]})"),
       "at /steps/1/expect/0/of: found a check about a list_sessions, expected one that can be made of it: this is for "
       "a request"},
      {helodata_scenario(R"({"request": "a", "expect": [{"listed": {"count": 1}}]})"),
       "at /steps/0/expect/0: found a check about a request, expected one that can be made of it: this is for a "
       "list_sessions"},
      {helodata_scenario(R"({"request": "a"}, {"list_sessions": "l", "expect": [{"listed": {"contains": "a"}}]})"),
       R"(at /steps/1/expect/0/listed/contains: found "a", expected a label of a step that was given a session, or used one)"},
      {helodata_scenario(R"({"list_sessions": "a"}, {"drop": {"served": "a"}})"),
       R"(at /steps/1/drop/served: found "a", expected the label of a request, which has an exit)"},
      {helodata_scenario(R"({"request": "a"}, {"drop": {"served": "a", "where": {"region": "us"}}})"),
       R"(at /steps/1/drop/served: found "a", expected nothing beside "served", which says it all)"},
      {helodata_scenario(R"({"close": "kept"})"),
       R"(at /steps/0/close: found "kept", expected a connection that an earlier step used)"},
      {helodata_scenario(R"({"request": "a", "connection": {"name": "c1"}}, {"close": {"name": "c2"}})"),
       "at /steps/1/close: found an object, expected a connection that an earlier step used"},
      {helodata_scenario(R"({"request": "a", "encrypted": true})"),
       R"(at /steps/0/encrypted: found true, expected false, or "via": "connect" beside it)"},
      {helodata_scenario(R"({"request": "a", "via": "connect", "shape": "garbage"})"),
       R"(at /steps/0/shape: found "garbage", expected "sound", or "via": "plain" beside it)"},
      {helodata_scenario(R"({"request": "a", "shape": "half_head"})"),
       R"(at /steps/0/shape: found "half_head", expected another shape, or "begin" and "abandon": who waits for an answer to half a head waits for good)"},
      {helodata_scenario(R"({"create_session": "a"})"),
       "at /steps/0/create_session: found create_session, expected another step: in helodata a session begins with its "
       "first request"},
      {helodata_scenario(R"({"delete_session": "a"})"),
       R"(at /steps/0: found a delete_session without "user", expected that key, which says what to delete)"},
      {helodata_scenario(R"({"request": "a", "session": "create"})"),
       R"(at /steps/0/session: found a field that helodata has no use for, expected "user": its sessions are named in the user name)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"delay": {"at_least": "2s", "at_most": "1s"}}]})"),
       R"(at /steps/0/expect/0/delay/at_most: found "1s", expected at least what "at_least" says)"},
      {helodata_scenario(R"({"request": "a", "expect": [{"header": {"name": "X", "present": false, "equals": "1"}}]})"),
       R"(at /steps/0/expect/0/header/present: found false, expected true, or left out, beside "equals" or "integer")"},
      {helodata_scenario(R"({"wait": "1s"})", R"("when": {"over_kap": "reject"}, )"),
       R"(at /when/over_kap: found unknown key "over_kap", expected one of "rotation_repeat"…)"},
      {helodata_scenario(R"({"wait": "1s"})", R"("when": {"over_cap": "rejct"}, )"),
       R"(at /when/over_cap: found "rejct", expected one of "reject", "clamp" (did you mean "reject"?))"},
      {helodata_scenario(R"({"wait": "24h1s"})"),
       R"(at /steps/0/wait: found "24h1s", expected a duration from "0s" to "24h")"},
      {crawlera_scenario(R"({"request": "a", "user": {}})"),
       R"(at /steps/0/user: found a field that crawlera has no use for, expected "session": its sessions are issued, not named in the user name)"},
      {crawlera_scenario(R"({"delete_session": "a"})"),
       R"(at /steps/0: found a delete_session without "session", expected that key, which says what to delete)"},
      {crawlera_scenario(R"({"request": "a"}, {"request": "b", "session": {"of": "a"}})"),
       R"(at /steps/1/session/of: found "a", expected a label of a step that was given a session, or used one)"},
      {crawlera_scenario(
           R"({"begin": "a", "session": "create"}, {"request": "b", "session": {"of": "a"}}, {"await": "a"})"),
       R"(at /steps/1/session/of: found "a", begun at /steps/0 and not awaited yet, expected something answered)"},
      {crawlera_scenario(
           R"({"parallel": [{"request": "a", "session": "create"}, {"request": "b", "session": {"of": "a"}}]})"),
       R"(at /steps/0/parallel/1/session/of: found "a", expected the label of an earlier step: this one is sent only now)"},
      {crawlera_scenario(R"({"wait": "1s"})", R"("users": {"S": {}}, )"),
       "at /users: found a table of users, expected none: in crawlera user names name no session"},
      {crawlera_scenario(R"({"request": "a", "expect": [{"session_id": {"same_as": "a"}}]})"),
       R"(at /steps/0/expect/0/session_id/same_as: found "a", expected a label of a step that was given a session, or used one)"},
  };
  for (const Case& row : cases) expect_message(row);
}

TEST(ScenarioErrors, name_what_is_wrong_at_the_top) {
  const std::string good = helodata_scenario(R"({"wait": "1s"})");
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return complaint(text);
  };
  EXPECT_EQ(complaint(good), "(none)");
  EXPECT_EQ(changed("\"scenario\": 1", "\"scenario\": 2"), "at /scenario: found 2, expected an integer from 1 to 1");
  EXPECT_EQ(changed("\"dialect\": \"helodata\"", "\"dialect\": \"heldata\""),
            "at /dialect: found \"heldata\", expected one of \"helodata\", \"crawlera\" (did you mean \"helodata\"?)");
  EXPECT_EQ(changed("helodata/topic/name", "crawlera/topic/name"),
            "at /id: found \"crawlera/topic/name\", expected an id such as \"helodata/topic/name\", in lower case");
  EXPECT_EQ(changed("helodata/topic/name", "helodata/Topic"),
            "at /id: found \"helodata/Topic\", expected an id such as \"helodata/topic/name\", in lower case");
  EXPECT_EQ(changed("H-PIN-2", "H-PIN-99"),
            "at /requirements/1: found \"H-PIN-99\", expected a requirement of the catalogue for helodata (did you "
            "mean \"H-PIN-9\"?)");
  EXPECT_EQ(changed("H-PIN-2", "C-SES-1"),
            "at /requirements/1: found \"C-SES-1\", expected a requirement of the catalogue for helodata");
  EXPECT_EQ(changed("H-PIN-2", "H-STK-1"), "at /requirements/1: found \"H-STK-1\", expected every requirement once");
  EXPECT_EQ(changed("\"title\": \"A title\", ", ""), "found an object without \"title\", expected that key");
  EXPECT_EQ(changed("]}", "]"), "at 1:154: found end of input, expected '}'");
}

TEST(ScenarioErrors, hold_the_id_to_the_place_of_the_file) {
  const auto result =
      parse_scenario("t.json", helodata_scenario(R"({"wait": "1s"})"), shipped_catalogue(), "helodata/pin/other");
  ASSERT_TRUE(std::holds_alternative<sim::InputError>(result));
  EXPECT_EQ(std::get<sim::InputError>(result).message(),
            R"(t.json: at /id: found "helodata/topic/name", expected "helodata/pin/other", as the file lies)");
}

}  // namespace
}  // namespace pinproof::conformance
