#include "conformance/profile/profile_reader.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "conformance/catalogue/load.h"
#include "conformance/profile/profile_testing.h"
#include "conformance/scenario/schema_json.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

std::string file_text(const std::string& path) {
  return std::get<std::string>(read_text_file(std::string(PINPROOF_SOURCE_DIR) + "/" + path));
}

TEST(ProfileReader, ReadsWhatThePageShows) {
  const std::string page = file_text("docs/profiles.md");
  const std::string fence = "```json\n";
  const std::size_t at = page.find(fence) + fence.size();
  const std::string example = page.substr(at, page.find("```", at) - at);
  const auto parsed = parse_profile("acme-staging.json", example, test_defaults());
  const auto* const error = std::get_if<sim::InputError>(&parsed);
  ASSERT_EQ(error, nullptr) << error->message();
  EXPECT_EQ(JsonSchema(file_text("scenarios/schema/profile.schema.json")).complaint(example), std::nullopt);
  const Profile& profile = std::get<Profile>(parsed);
  EXPECT_EQ(profile.title, "Acme's staging gateway, on its test clock");
  EXPECT_EQ(profile.implementation.name, "Acme Gateway");
  EXPECT_EQ(profile.implementation.version->value, "ACME_VERSION");
  EXPECT_EQ(profile.implementation.contact, "proxy@acme.example");
  EXPECT_EQ(profile.implementation.url, "https://acme.example/");
  EXPECT_EQ(profile.readings.at("over_cap"), "clamp");
  EXPECT_EQ(profile.readings.at("lost_pin"), "repin_announced") << "the rest stay at their defaults";
  EXPECT_EQ(profile.promises.window_cap, 20min);
  EXPECT_EQ(profile.accounts.at(0).password->value, "ACME_PASSWORD");
  EXPECT_EQ(profile.vocabulary.exit_address, "X-Helodata-Exit-IP");
  EXPECT_FALSE(profile.gateway.reads_inside_tunnels);
}

TEST(ProfileReader, EveryShippedProfileIsOneAndFitsTheSchema) {
  const LoadedProfiles loaded = load_profiles(PINPROOF_SOURCE_DIR, test_defaults());
  for (const sim::InputError& error : loaded.errors) ADD_FAILURE() << error.message();
  EXPECT_GE(loaded.profiles.size(), 4U);
  const JsonSchema schema(file_text("scenarios/schema/profile.schema.json"));
  for (const Profile& profile : loaded.profiles) {
    EXPECT_EQ(schema.complaint(file_text("scenarios/profiles/" + profile.name + ".json")), std::nullopt)
        << profile.name;
  }
}

TEST(ProfileReader, DefaultsAreThoseOfADialectOnTheWallClock) {
  const Profile profile = test_profile();
  const TargetDescription description = description_of(profile);
  EXPECT_EQ(description.kind, "profile");
  EXPECT_EQ(description.clock, ClockKind::kWall);
  EXPECT_EQ(description.tolerance, 100ms);
  EXPECT_EQ(description.answer_wait, 15min + 6min) << "the longest delay promised, and patience";
  EXPECT_EQ(description.hosts_under, "origin.test");
  EXPECT_TRUE(description.origin_is_ours);
  EXPECT_EQ(description.capabilities, (Capabilities{Capability::kTime, Capability::kDrop, Capability::kExits,
                                                    Capability::kAttempts, Capability::kWire, Capability::kTls}));
}

TEST(ProfileReader, ToleranceIsInTheTimeOfTheGateway) {
  const Profile fast = test_profile(R"("upstreams": )", R"("clock": {"kind": "wall", "scale": 60}, "upstreams": )");
  EXPECT_EQ(description_of(fast).tolerance, 6s);
  EXPECT_EQ(description_of(fast).clock_scale, 60.0);
}

TEST(ProfileReader, CapabilitiesFollowFromWhatIsThere) {
  const std::string ours =
      R"("origin": {"domain": "origin.test"}, "upstreams": {"url": "http://127.0.0.1:1", "token": {"env": "T"}})";
  const Profile echo = test_profile(ours, R"x("origin": {"echo": "http://ip.example/", "pattern": "is (.+)"})x");
  EXPECT_EQ(capabilities_of(echo), (Capabilities{Capability::kTime, Capability::kExits, Capability::kWire}));
  EXPECT_FALSE(description_of(echo).origin_is_ours);
  const Profile encrypted = test_profile(ours, R"("origin": {"echo": "https://ip.example/"})");
  EXPECT_TRUE(capabilities_of(encrypted).has(Capability::kTls));
  const Profile page = test_profile(ours, R"("origin": {"page": "http://site.example/"})");
  EXPECT_TRUE(capabilities_of(page).has(Capability::kExits)) << "as the gateway's header claims";
  const Profile blind =
      test_profile(ours, R"("origin": {"page": "http://site.example/"}, "vocabulary": {"exit_address": ""})");
  EXPECT_FALSE(capabilities_of(blind).has(Capability::kExits));
  const Profile refusing =
      test_profile(ours, ours + R"(, "not_offered": {"drop": "nobody may", "H-PIN-*": "no pins"})");
  EXPECT_FALSE(capabilities_of(refusing).has(Capability::kDrop));
  EXPECT_EQ(refusing.not_offered.size(), 2U);
}

TEST(ProfileReader, SaysWhatIsWrongAndShowsNoSecret) {
  struct Row {
    const char* from;
    const char* to;
    const char* complaint;  // behind "p.json: at "
  };
  const Row rows[] = {
      {R"({"env": "PASSWORD"})", R"("hunter2-secret")",
       R"(/accounts/0/password: found a value, expected {"env": NAME} or {"file": PATH}, since secrets do not stand in profiles)"},
      {R"({"env": "USER"})", R"({"env": "USER", "file": "u"})",
       R"(/accounts/0/user: found an object, expected either "env" or "file")"},
      {R"("http://gw.example:8080")", R"("http://me:hunter2-secret@gw.example")",
       "/gateway/url: found a text that is no such URL, expected http://HOST[:PORT] or https://HOST[:PORT], without "
       "user, "
       "password or path"},
      {R"("http://127.0.0.1:1")", R"("https://127.0.0.1:1")",
       "/upstreams/url: found a text that is no such URL, expected http://ADDRESS[:PORT]: the contracts are for "
       "loopback"},
      {R"("profile": 1)", R"("profile": 2)", "/profile: found 2, expected 1"},
      {R"("name": "p")", R"("name": "q")", R"(/name: found "q", expected "p", as the file is called)"},
      {R"("upstreams": {"url": "http://127.0.0.1:1", "token": {"env": "T"}})", R"("settle": "1s")",
       R"(/origin: found an origin of ours without "upstreams", expected both: their journal says which exit served a request)"},
      {R"({"domain": "origin.test"})", R"({"echo": "http://e/", "pattern": "no group"})",
       R"(/origin/pattern: found "no group", expected a regular expression with a group: the address)"},
      {R"({"domain": "origin.test"})", R"({"echo": "http://e/", "pattern": "("})",
       R"(/origin/pattern: found "(", expected a regular expression (ECMAScript) without references back)"},
      {R"("title": "t")", R"("title": "t", "not_offered": {"H-XXX-1": "w"})",
       R"(/not_offered/H-XXX-1: found the key "H-XXX-1", expected the id of a requirement, a glob of ids, or one of time, )"
       R"(drop, exits, attempts, api, accounts, wire, tls)"},
      {R"("title": "t")", R"("title": "t", "clock": {"kind": "controlled"})", "/clock"},
      {R"("title": "t")", R"("title": "t", "clock": {"kind": "wall", "scale": 0})", "/clock/scale"},
      {R"("title": "t")", R"("title": "t", "limits": {"concurrency": 0})", "/limits/concurrency"},
      {R"("title": "t")", R"("title": "t", "promises": {"window_cap": "0s"})", "/promises/window_cap"},
      {R"("title": "t")", R"("title": "t", "vocabulary": {"eror": "X"})", "/vocabulary/eror"},
      {R"("title": "t")", R"("title": "t", "implementation": {"url": "http://me:hunter2-secret@gw.example/"})",
       "/implementation/url: found a text that is no such URL, expected http://HOST[:PORT]/PATH or https://"},
      {R"("title": "t")", R"("title": "t", "implementation": {"owner": "me"})", "/implementation/owner"},
      {R"("title": "t")", R"("title": "t", "implementation": {"version": 2})", "/implementation/version"},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_profile("p.json", test_profile_text(row.from, row.to), test_defaults());
    const auto* const error = std::get_if<sim::InputError>(&parsed);
    ASSERT_NE(error, nullptr) << row.to;
    EXPECT_TRUE(error->message().starts_with(std::string("p.json: at ") + row.complaint)) << error->message();
    EXPECT_EQ(error->message().find("hunter2"), std::string::npos);
  }
}

TEST(ProfileSchema, RefusesWhatTheReaderRefuses) {
  const JsonSchema schema(file_text("scenarios/schema/profile.schema.json"));
  ASSERT_EQ(schema.complaint(test_profile_text("", "")), std::nullopt);
  const std::pair<const char*, const char*> edits[] = {
      {R"({"env": "PASSWORD"})", R"("inline")"},
      {R"({"env": "USER"})", R"({"env": "USER", "file": "u"})"},
      {R"("profile": 1)", R"("profile": 2)"},
      {R"("name": "p")", R"("name": "P")"},
      {R"("dialect": "helodata")", R"("dialect": "helo")"},
      {R"("title": "t")", R"("titel": "t")"},
      {R"({"domain": "origin.test"})", R"({"domain": "d", "echo": "http://e/"})"},
      {R"("title": "t")", R"("title": "t", "clock": {"kind": "controlled"})"},
      {R"("title": "t")", R"("title": "t", "limits": {"concurrency": 0})"},
      {R"("title": "t")", R"("title": "t", "settle": "1 s")"},
      {R"("title": "t")", R"("title": "t", "sessions_api": {"path": "sessions"})"},
  };
  for (const auto& [from, to] : edits) {
    const std::string text = test_profile_text(from, to);
    EXPECT_NE(schema.complaint(text), std::nullopt) << to;
    EXPECT_TRUE(std::holds_alternative<sim::InputError>(parse_profile("p.json", text, test_defaults()))) << to;
  }
}

}  // namespace
}  // namespace pinproof::conformance
