#include "conformance/profile/found_profile.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "conformance/profile/echo_address.h"
#include "conformance/profile/json_pointer.h"
#include "conformance/profile/profile_testing.h"

namespace pinproof::conformance {
namespace {

using Variables = std::map<std::string, std::string>;

Environment environment_of(Variables variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

std::string complaints(const Profile& profile, Variables variables) {
  const auto found = find_values(profile, environment_of(std::move(variables)));
  std::string text;
  if (const auto* const errors = std::get_if<std::vector<sim::InputError>>(&found)) {
    for (const sim::InputError& error : *errors) text += error.pointer + ": " + error.found + "\n";
  }
  return text;
}

TEST(FindValues, FollowsEveryReference) {
  const Profile profile = test_profile(R"("http://gw.example:8080")", R"({"env": "LAB", "pointer": "/gateway"})");
  const auto found = find_values(
      profile,
      environment_of(
          {{"LAB", R"({"gateway": "https://127.0.0.1:9"})"}, {"USER", "u1"}, {"PASSWORD", "p 1\n"}, {"T", "t1"}}));
  const auto& values = std::get<FoundProfile>(found);
  EXPECT_EQ(values.gateway, "https://127.0.0.1:9");
  EXPECT_EQ(values.accounts.at(0).name, "one");
  EXPECT_EQ(values.accounts.at(0).user, "u1");
  EXPECT_EQ(values.accounts.at(0).password, "p 1") << "without the line end that files have";
  EXPECT_EQ(values.upstreams->token, "t1");
  EXPECT_EQ(values.authorities, "");
}

TEST(FindValues, TheVersionOfTheImplementationIsATextOrAReference) {
  const Variables variables{{"USER", "u"}, {"PASSWORD", "p"}, {"T", "t"}, {"BUILD", "4.2.0-rc1"}};
  const auto version = [&](const std::string& said) {
    const Profile profile = test_profile(R"("title": "t")", R"("title": "t", "implementation": {)" + said + "}");
    return std::get<FoundProfile>(find_values(profile, environment_of(variables))).version;
  };
  EXPECT_EQ(version(R"("version": {"env": "BUILD"})"), "4.2.0-rc1");
  EXPECT_EQ(version(R"("version": "4.1")"), "4.1");
  EXPECT_EQ(version(R"("name": "Acme")"), "");
}

TEST(FindValues, SaysAllThatIsMissingAndNoneOfWhatIsThere) {
  EXPECT_EQ(complaints(test_profile(), {{"T", "two\nlines"}, {"USER", ""}}),
            "/accounts/0/user: the environment variable USER, which is empty\n"
            "/accounts/0/password: the environment variable PASSWORD, which is not set\n"
            "/upstreams/token: the environment variable T with several lines\n");
  const Profile profile = test_profile(R"("http://gw.example:8080")", R"({"env": "LAB", "pointer": "/gateway"})");
  const Variables others{{"T", "t"}, {"USER", "u"}, {"PASSWORD", "p"}};
  const auto with = [&](const std::string& lab) {
    Variables variables = others;
    variables["LAB"] = lab;
    return complaints(profile, variables);
  };
  EXPECT_EQ(with("secret-text"), "/gateway/url: the environment variable LAB without a text at /gateway\n");
  EXPECT_EQ(with(R"({"gateway": 5})"), "/gateway/url: the environment variable LAB without a text at /gateway\n");
  EXPECT_EQ(with(R"({"gateway": "http://a:b@c"})"), "/gateway/url: a text there that is no such URL\n");
}

TEST(FindValues, ReadsFilesBesideTheProfile) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "pinproof-found-profile";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "token") << "from-a-file\n";
  std::ofstream(folder / "ca.pem") << "-----BEGIN CERTIFICATE-----\n";
  Profile profile = test_profile(R"({"env": "T"})", R"({"file": "token"})");
  profile.file = (folder / "p.json").string();
  profile.gateway.authorities = ValueReference{ValueReference::Kind::kEnvironment, "CA", "", "/gateway/ca"};
  const auto found = find_values(profile, environment_of({{"USER", "u"}, {"PASSWORD", "p"}, {"CA", "ca.pem"}}));
  EXPECT_EQ(std::get<FoundProfile>(found).upstreams->token, "from-a-file");
  EXPECT_EQ(std::get<FoundProfile>(found).authorities, "-----BEGIN CERTIFICATE-----\n");
  std::filesystem::remove_all(folder);
  EXPECT_EQ(complaints(profile, {{"USER", "u"}, {"PASSWORD", "p"}, {"CA", "ca.pem"}}),
            "/gateway/ca: neither PEM there nor the path of a file that can be read\n"
            "/upstreams/token: the file token, which cannot be read\n");
}

TEST(TextAtPointer, FollowsKeysAndPlaces) {
  const std::string json = R"({"a/b": {"~": ["x", {"y": "z"}]}, "n": 1})";
  EXPECT_EQ(text_at_pointer(json, "/a~1b/~0/1/y"), "z");
  EXPECT_EQ(text_at_pointer(json, "/a~1b/~0/0"), "x");
  for (const char* nowhere : {"/n", "/a~1b/~0/2", "/a~1b/~0/x", "/b", "", "/a~1b/~0/1/y/0"}) {
    EXPECT_EQ(text_at_pointer(json, nowhere), std::nullopt) << nowhere;
  }
  EXPECT_EQ(text_at_pointer(R"("whole")", ""), "whole");
  EXPECT_EQ(text_at_pointer("{", "/a"), std::nullopt);
}

TEST(EchoReader, FindsAnAddressOrNothing) {
  ProfileOrigin origin;
  origin.kind = ProfileOrigin::Kind::kEcho;
  EXPECT_EQ(echo_reader(origin)("192.0.2.7\r\n"), "192.0.2.7");
  EXPECT_EQ(echo_reader(origin)("<html>192.0.2.7</html>"), std::nullopt);
  EXPECT_EQ(echo_reader(origin)("cafe"), std::nullopt) << "letters of a number in hexadecimal are no address";
  origin.pattern = "you are ([0-9a-f.:]+)";
  EXPECT_EQ(echo_reader(origin)("<p>you are 2001:db8::1</p>"), "2001:db8::1");
  EXPECT_EQ(echo_reader(origin)("you were"), std::nullopt);
  origin.pattern.clear();
  origin.json_pointer = "/ip";
  EXPECT_EQ(echo_reader(origin)(R"({"ip": "192.0.2.7"})"), "192.0.2.7");
  EXPECT_EQ(echo_reader(origin)(R"({"ip": "me"})"), std::nullopt);
  origin.kind = ProfileOrigin::Kind::kPage;
  EXPECT_EQ(echo_reader(origin)("192.0.2.7"), std::nullopt);
}

TEST(EchoReader, IsNotKeptBusy) {
  ProfileOrigin origin;
  origin.kind = ProfileOrigin::Kind::kEcho;
  origin.pattern = "((1+)+)2";
  EXPECT_EQ(echo_reader(origin)(std::string(10'000'000, '1')), std::nullopt);
}

}  // namespace
}  // namespace pinproof::conformance
