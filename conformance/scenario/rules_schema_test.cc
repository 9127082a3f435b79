// The schema of rules files and the reader of the gateway hold the same to be rules.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "conformance/scenario/schema_json.h"
#include "sim/gateway/rules_json.h"

namespace pinproof::conformance {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(PINPROOF_SOURCE_DIR) + "/scenarios/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool read_by_gateway(const std::string& text) {
  return std::holds_alternative<sim::Rules>(sim::parse_rules("r.json", text));
}

struct Edit {
  const char* from;
  const char* to;
};

TEST(RulesSchema, accepts_the_shipped_rules) {
  const JsonSchema schema(file_text("schema/rules.schema.json"));
  for (const char* name : {"helodata", "crawlera"}) {
    EXPECT_EQ(schema.complaint(file_text("rules/" + std::string(name) + ".json")), std::nullopt) << name;
  }
}

TEST(RulesSchema, refuses_what_the_gateway_refuses) {
  const JsonSchema schema(file_text("schema/rules.schema.json"));
  const Edit edits[] = {
      {R"("rules": 1,)", R"("rules": 2,)"},
      {R"("dialect": "crawlera",)", ""},
      {R"("rotation": {)", R"("rotations": {)"},
      {R"("error": "X-Crawlera-Error")", R"("error": "X Crawlera")"},
      {R"("version_value": "pinproof")", R"("version_value": "a\nb")"},
      {R"("status": 540)", R"("status": 200)"},
      {R"("code": "noslaves")", R"("code": "")"},
      {R"("judged_by": "request")", R"("judged_by": "day")"},
      {R"("realm": "Crawlera")", R"("realm": "a\"b")"},
      {R"("key": ["session"])", R"("key": [])"},
      {R"("kind": "idle")", R"("kind": "sliding")"},
      {R"("length": "30m")", R"("length": "30")"},
      {R"("minutes_min": 1)", R"("minutes_min": -1)"},
      {R"("capped": [])", R"("capped": ["isp"])"},
      {R"("policy": "end")", R"("policy": "stop")"},
      {R"("limit_per_account": 5000)", R"("limit_per_account": 5000.5)"},
      {R"("growth_percent": 200)", R"("growth_percent": 100)"},
      {R"("law": "queue")", R"("law": "square")"},
      {R"("header_max": 5)", R"("header_max": "5")"},
      {R"("connect": "intercept")", R"("connect": "mitm")"},
      {R"("path": "/sessions")", R"("path": "/sessions/")"},
      {R"("style": "id_map")", R"("style": "map")"},
      {R"("user": "labkeyone00000000000000000000000")", R"("user": "a:b")"},
  };
  const std::string shipped = file_text("rules/crawlera.json");
  for (const Edit& edit : edits) {
    std::string text = shipped;
    const std::size_t at = text.find(edit.from);
    ASSERT_NE(at, std::string::npos) << edit.from;
    text.replace(at, std::string_view(edit.from).size(), edit.to);
    EXPECT_NE(schema.complaint(text), std::nullopt) << edit.to;
    EXPECT_FALSE(read_by_gateway(text)) << edit.to;
  }
}

// Each word of a choice, in turn: one that the schema lacks would be underlined in an editor though the gateway takes it.
TEST(RulesSchema, knows_every_word_that_the_gateway_knows) {
  const JsonSchema schema(file_text("schema/rules.schema.json"));
  struct Choice {
    const char* stands;
    std::vector<std::string> words;
  };
  const Choice choices[] = {
      {R"("judged_by": ")", {"request", "connection"}},
      {R"("pinned_at": ")", {"arrival", "answer"}},
      {R"("kind": ")", {"absolute", "idle"}},
      {R"("over_cap": ")", {"reject", "clamp", "honour"}},
      {R"("policy": ")", {"repin", "end", "live_on"}},
      {R"("pool": ")", {"matching", "type", "any"}},
      {R"("choice": ")", {"other", "any", "same"}},
      {R"("reach": ")", {"session", "region", "all"}},
      {R"("announced": ")",
       {"first_success", "each_waiting", "every_response", "until_window_ends", "in_flight_failure", "never"}},
      {R"("unit": ")", {"connection", "request"}},
      {R"("scope": ")", {"exit", "exit_and_domain", "session", "gateway"}},
      {R"("law": ")", {"queue", "linear", "multiplicative", "no_growth"}},
      {R"("over_ceiling": ")", {"refuse", "still_ceiling", "no_ceiling"}},
      {R"("announced_unit": ")", {"seconds", "milliseconds"}},
      {R"("session_exit": ")", {"same", "other"}},
      {R"("connect": ")", {"tunnel", "intercept", "intercept_rotating"}},
      {R"("style": ")", {"id_map", "session_list"}},
      {R"("authentication": ")", {"basic", "bearer"}},
      {R"("key": [")",
       {"user_name", "account", "type", "region", "state", "city", "asn", "session", "minutes", "method",
        "connection"}},
  };
  const std::string shipped = file_text("rules/helodata.json");
  for (const Choice& choice : choices) {
    for (const std::string& word : choice.words) {
      std::string text = shipped;
      const std::size_t at = text.find(choice.stands);
      ASSERT_NE(at, std::string::npos) << choice.stands;
      const std::size_t begin = at + std::string_view(choice.stands).size();
      text.replace(begin, text.find('"', begin) - begin, word);
      EXPECT_EQ(schema.complaint(text), std::nullopt) << choice.stands << word;
      EXPECT_TRUE(read_by_gateway(text)) << choice.stands << word;
    }
  }
}

// Members that files leave out: each as it may stand, and as it may not.
TEST(RulesSchema, knows_every_fault_that_the_gateway_knows) {
  const JsonSchema schema(file_text("schema/rules.schema.json"));
  struct Fault {
    const char* after;  // stands there once, and the members are put behind it
    std::vector<const char*> members;
    std::vector<const char*> not_members;
  };
  const Fault faults[] = {
      {R"("error": "X-Helodata-Error-Code")", {R"("exit_address_stale": true)"}, {R"("exit_address_stale": "yes")"}},
      {R"("leading_zeros": false)",
       {R"("minutes_alone": true)", R"("unknown_segments_ignored": true)", R"("segments_in_any_order": true)",
        R"("refused_names_open_sessions": true)"},
       {R"("minutes_alone": 1)"}},
      {R"("password_checked": true)", {R"("challenged": false)"}, {R"("challenged": 0)"}},
      {R"("listing_extends": false)", {R"("grace": "1ns")", R"("from_answer": true)"}, {R"("grace": "1")"}},
      {R"("in_flight_retried": false)",
       {R"("cut_answer": "closed")", R"("cut_answer": "ended")", R"("cut_answer": "hung")", R"("ignored": ["asn"])",
        R"("repins_max": 1)", R"("announced_once_a_session": true)", R"("window_from_loss": true)",
        R"("outlives_window": true)", R"("exhausted_for_good": true)"},
       {R"("cut_answer": "cut")", R"("ignored": ["planet"])", R"("repins_max": -1)"}},
      {R"("owner_checked": true)",
       {R"("after_expiry": "new")",           R"("after_expiry": "same_exit")", R"("after_expiry": "refused")",
        R"("after_expiry": "rotating")",      R"("unknown_id": "refused")",     R"("unknown_id": "created")",
        R"("unknown_id": "rotating")",        R"("ignored": ["city"])",         R"("moves_after": 5)",
        R"("moves_announced": true)",         R"("exits_exclusive": true)",     R"("kept_max": 5)",
        R"("window_inherited": true)",        R"("created_id_told": false)",    R"("concurrent_creations_share": true)",
        R"("creation_elsewhere": true)",      R"("exit_a_host": true)",         R"("limit_over_all": true)",
        R"("refused_creations_count": true)", R"("id_told_on_errors": false)"},
       {R"("after_expiry": "gone")", R"("unknown_id": "")", R"("moves_after": 1.5)"}},
      {R"("immediate_repeat": true)",
       {R"("connections_an_exit": 0)", R"("exit_kept_on_close": true)", R"("ignored": ["region"])",
        R"("announced": true)"},
       {R"("connections_an_exit": -1)"}},
      {R"("announced_unit": "seconds")",
       {R"("sessions_only": true)", R"("reset_by_next": true)", R"("recovery": "20m")", R"("newest_first": true)",
        R"("forwarded_twice": true)", R"("announced_once": true)", R"("retry_after_told": false)"},
       {R"("recovery": 20)"}},
      {R"("paced": true)",
       {R"("header_plus": 1)", R"("header_in_session": false)", R"("malformed_ignored": true)",
        R"("outside_exit": "same")", R"("outside_exit": "other")"},
       {R"("outside_exit": "any")"}},
      {R"("timeout_max": "0s")",
       {R"("cookies_kept": "none")", R"("cookies_kept": "session")", R"("cookies_kept": "account")",
        R"("cookies_kept": "exit")", R"("carried": ["A"])", R"("set": [{"name": "Via", "value": "1.1 a"}])",
        R"("hop_by_hop": true)", R"("session_bytes_percent": 110)"},
       {R"("cookies_kept": "all")", R"("set": [{"name": "", "value": "a"}])", R"("set": [{"name": "A"}])"}},
      {R"("page_size": 100)",
       {R"("credentials_checked": false)", R"("created_usable": false)", R"("creation_limited": false)",
        R"("deletion_ends": false)", R"("deletion_ends_all": true)", R"("unknown_deleted": true)",
        R"("own_only": false)", R"("listed_exit_other": true)", R"("repin_listed": false)",
        R"("pages_lose_one": true)"},
       {R"("own_only": null)"}},
  };
  const std::string shipped = file_text("rules/helodata.json");
  for (const Fault& fault : faults) {
    const auto with = [&](const char* member) {
      const std::size_t at = shipped.find(fault.after);
      EXPECT_NE(at, std::string::npos) << fault.after;
      std::string text = shipped;
      return text.insert(at + std::string_view(fault.after).size(), std::string(", ") + member);
    };
    for (const char* member : fault.members) {
      EXPECT_EQ(schema.complaint(with(member)), std::nullopt) << member;
      EXPECT_TRUE(read_by_gateway(with(member))) << member;
    }
    for (const char* member : fault.not_members) {
      EXPECT_NE(schema.complaint(with(member)), std::nullopt) << member;
      EXPECT_FALSE(read_by_gateway(with(member))) << member;
    }
  }
}

}  // namespace
}  // namespace pinproof::conformance
