#include "conformance/target/credentials.h"

#include <gtest/gtest.h>

#include "sim/http/basic_credentials.h"

namespace pinproof::conformance {
namespace {

const Credentials kCredentials({{"one", "s1a2b3c4d5e", "PASSWORD", "token-of-one"}, {"two", "key-of-two", "", ""}});

sim::BasicCredentials decoded(const std::optional<std::string>& field) {
  const auto credentials = sim::parse_basic(field.value_or(""));
  return credentials.value_or(sim::BasicCredentials{});
}

TEST(Credentials, PutTheAccountIntoTheUserName) {
  const auto field = kCredentials.proxy_field("one", "helo_{account}-type-res-region-us", CredentialFault::kNone);
  EXPECT_EQ(decoded(field), (sim::BasicCredentials{"helo_s1a2b3c4d5e-type-res-region-us", "PASSWORD"}));
}

TEST(Credentials, WithoutAUserNameTheAccountIsAll) {
  EXPECT_EQ(decoded(kCredentials.proxy_field("two", "", CredentialFault::kNone)),
            (sim::BasicCredentials{"key-of-two", ""}));
}

TEST(Credentials, FaultsAreWhatTheySay) {
  EXPECT_EQ(kCredentials.proxy_field("one", "", CredentialFault::kMissing), std::nullopt);
  EXPECT_EQ(decoded(kCredentials.proxy_field("one", "", CredentialFault::kWrongPassword)).password, "PASSWORDwrong");
  EXPECT_EQ(decoded(kCredentials.proxy_field("one", "", CredentialFault::kUnknownAccount)).user, "nobody0nobody0");
  EXPECT_EQ(sim::parse_basic(*kCredentials.proxy_field("one", "", CredentialFault::kMalformed)), std::nullopt);
}

TEST(Credentials, OfTheApiAreBasicOrAToken) {
  EXPECT_EQ(kCredentials.api_field("one", true, CredentialFault::kNone), "Bearer token-of-one");
  EXPECT_EQ(kCredentials.api_field("one", true, CredentialFault::kMissing), std::nullopt);
  EXPECT_EQ(decoded(kCredentials.api_field("two", false, CredentialFault::kNone)).user, "key-of-two");
}

TEST(Credentials, NoSecretIsLeftInWhatIsRecorded) {
  const sim::Headers headers{{"Proxy-Authorization", "Basic abc"},
                             {"authorization", "Bearer token-of-one"},
                             {"X-Echo", "user s1a2b3c4d5e with PASSWORD"},
                             {"X-Encoded", sim::format_basic("key-of-two", "")},
                             {"X-Plain", "nothing"}};
  EXPECT_EQ(kCredentials.redacted(headers), (sim::Headers{{"Proxy-Authorization", "{redacted}"},
                                                          {"authorization", "{redacted}"},
                                                          {"X-Echo", "user {account} with {password}"},
                                                          {"X-Encoded", "Basic {credentials}"},
                                                          {"X-Plain", "nothing"}}));
}

TEST(Credentials, NeitherEncodedNorInNamesOfFields) {
  // As a gateway would that shows the field it got: the password begins at each of the three places of a group.
  for (const std::string user : {"a", "ab", "abc", "abcd"}) {
    const std::string shown =
        kCredentials.redacted("got " + sim::encode_base64("helo_" + user + "-type-res:token-of-one and more"));
    EXPECT_NE(shown.find("{token}"), std::string::npos) << shown;
    EXPECT_EQ(sim::decode_base64(shown.substr(4)).value_or("").find("token-of-one"), std::string::npos);
  }
  const Credentials odd({{"one", "user-of-one", "p a/55", "t"}});
  EXPECT_EQ(odd.redacted("http://user-of-one:p%20a%2F55@h/?a=b&t"), "http://{account}:{password}@h/?a=b&t");
  EXPECT_EQ(Credentials({{"one", "user-of-one", "", ""}}).redacted("a=b, ====, YWJjZGVm"), "a=b, ====, YWJjZGVm");
  const sim::Headers headers{{"X-token-of-one", "1"}};
  EXPECT_EQ(kCredentials.redacted(headers), (sim::Headers{{"X-{token}", "1"}}));
}

}  // namespace
}  // namespace pinproof::conformance
