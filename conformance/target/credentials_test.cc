#include "conformance/target/credentials.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

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

struct Encoded {
  const char* how;
  const char* text;
  const char* shown;
};

TEST(Credentials, InNoFormThatAGatewayIsLikelyToShow) {
  // The password in base64 is "cGE1NS1Xb3JkK29mfj8+", with the user "YWNjb3VudDQ3MTF1c2VyOnBhNTUtV29yZCtvZn4/Pg==".
  const Credentials credentials({{"one", "account4711user", "pa55-Word+of~?>", "Tok9"}});
  const std::vector<Encoded> cases = {
      {"lower case", "is pa55-word+of~?>.", "is {password}."},
      {"upper case", "is PA55-WORD+OF~?>.", "is {password}."},
      {"user in another case", "X-ACCOUNT4711User-Y", "X-{account}-Y"},
      {"percent-encoded as a URL", "pa55-Word%2Bof~%3F%3E!", "{password}!"},
      {"with lower digits", "pa55-Word%2bof~%3f%3e!", "{password}!"},
      {"every byte", "%70%61%35%35%2D%57%6F%72%64%2B%6F%66%7E%3F%3E!", "{password}!"},
      {"every other byte", "p%61%355%2dW%6Fr%64+%6F%66~%3F>!", "{password}!"},
      {"a short one, every byte", "%54%6F%6b%39", "{token}"},
      {"base64", "cGE1NS1Xb3JkK29mfj8+ ", "{password} "},
      {"base64url", "cGE1NS1Xb3JkK29mfj8- ", "{password} "},
      {"both in base64", "YWNjb3VudDQ3MTF1c2VyOnBhNTUtV29yZCtvZn4/Pg== ", "{credentials} "},
      {"both in base64url", "YWNjb3VudDQ3MTF1c2VyOnBhNTUtV29yZCtvZn4_Pg ", "{credentials} "},
      {"both in base64, folded", "ywnjb3vuddq3mtf1c2vyonbhntutv29yzctvzn4/pg== ", "{credentials} "},
      {"base64 in a URL", "YWNjb3VudDQ3MTF1c2VyOnBhNTUtV29yZCtvZn4%2FPg%3D%3D ", "{credentials} "},
      {"hexadecimal", "=706135352d576f72642b6f667e3f3e;", "={password};"},
      {"in capitals", "=706135352D576F72642B6F667E3F3E;", "={password};"},
      {"a short one", "546f6b39", "{token}"},
      {"one beside the other", "account4711userpa55-Word+of~?>", "{account}{password}"},
  };
  for (const Encoded& one : cases) EXPECT_EQ(credentials.redacted(one.text), one.shown) << one.how;
}

TEST(Credentials, WhatIsNoSecretStays) {
  const Credentials credentials({{"one", "account4711user", "pa55-Word+of~?>", "Tok9"}});
  for (const char* const text :
       {"", "T", "%", "%7", "tok9", "TOK9", "account4711", "%zz%70%61", "pa55-Word+of?%3", "544f4b39"}) {
    EXPECT_EQ(credentials.redacted(text), text);
  }
}

TEST(Credentials, OfThoseThatOverlapNothingIsLeft) {
  const Credentials credentials({{"one", "abcdefgh", "efghijklmnop", "password"}, {"two", "cdef", "password", ""}});
  EXPECT_EQ(credentials.redacted("-abcdefghijklmnop-"), "-{password}-");
  EXPECT_EQ(credentials.redacted("cdef, Password"), "{account}, {token}") << "and never what stands for one";
}

}  // namespace
}  // namespace pinproof::conformance
