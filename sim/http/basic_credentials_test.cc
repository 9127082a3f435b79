#include "sim/http/basic_credentials.h"

#include <gtest/gtest.h>

#include <string>

namespace pinproof::sim {
namespace {

struct Vector {
  std::string plain;
  const char* encoded;
};

// RFC 4648, 10.
const Vector kVectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

TEST(Base64, AgreesWithTheVectorsOfTheStandard) {
  for (const Vector& vector : kVectors) {
    EXPECT_EQ(encode_base64(vector.plain), vector.encoded);
    EXPECT_EQ(decode_base64(vector.encoded), vector.plain) << vector.encoded;
  }
}

TEST(Base64, EveryByteGoesThere) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const std::string part = bytes.substr(bytes.size() - length);
    EXPECT_EQ(decode_base64(encode_base64(part)), part);
  }
  EXPECT_EQ(encode_base64("\xfb\xff\xbf"), "+/+/");
}

TEST(Base64, IsReadStrictly) {
  const char* const rows[] = {
      "Z",          "Zg",       "Zg=",      "Zm9vYg", "Zm9vY===",                      // not padded to four
      "Zh==",       "Zm9=",     "Zm9vYh==",                                            // bits left over by padding
      "=",          "==",       "====",     "=Zm9",   "Zg==Zg==", "Z===",     "Zg=v",  // padding where none belongs
      "Zm9\n",      "Zm 9",     "Zm9v ",    " Zm9v",  "Zm-_",     "Zm9v\r\n",  // no whitespace, no other alphabet
      "\xc3\xa9Zg", "Zm9vZm9!",
  };
  for (const char* row : rows) EXPECT_EQ(decode_base64(row), std::nullopt) << row;
  EXPECT_EQ(decode_base64(std::string("Zm\0v", 4)), std::nullopt);
}

TEST(BasicCredentials, AgreeWithTheExamplesOfTheStandard) {
  // RFC 7617, 2 and 2.1.
  EXPECT_EQ(parse_basic("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), (BasicCredentials{"Aladdin", "open sesame"}));
  EXPECT_EQ(parse_basic("Basic dGVzdDoxMjPCow=="), (BasicCredentials{"test", "123\xc2\xa3"}));
  EXPECT_EQ(format_basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(BasicCredentials, TheSchemeIsReadWithoutCaseAndSpacesMayBeMany) {
  EXPECT_EQ(parse_basic("bASIC   eDp5"), (BasicCredentials{"x", "y"}));
}

TEST(BasicCredentials, TheFirstColonParts) {
  EXPECT_EQ(parse_basic("Basic " + encode_base64("a:b:c")), (BasicCredentials{"a", "b:c"}));
  EXPECT_EQ(parse_basic("Basic " + encode_base64(":")), (BasicCredentials{"", ""}));
  EXPECT_EQ(parse_basic("Basic " + encode_base64("key:")), (BasicCredentials{"key", ""})) << "C-SES-14";
}

TEST(BasicCredentials, AnythingElseIsNone) {
  const std::string rows[] = {
      "",
      "Basic",
      "Basic ",
      "Basic    ",
      "Basic\teDp5",
      "BasiceDp5",
      "Bearer eDp5",
      "eDp5",
      " Basic eDp5",
      "Basic eDp5 ",
      "Basic eDp5,",
      "Basic eDp5 eDp5",
      "Basic eDp",
      "Basic x:y",
      "Basic " + encode_base64("nocolon"),
      "Basic " + std::string(65'000, '='),
      "Basic \xff\xff\xff\xff",
  };
  for (const std::string& row : rows) EXPECT_EQ(parse_basic(row), std::nullopt) << row.substr(0, 40);
}

TEST(BasicCredentials, BuffersUsedAgainHoldNothingOfBefore) {
  BasicCredentials into{"longer than the next", "and so is this"};
  ASSERT_TRUE(parse_basic("Basic eDp5", into));
  EXPECT_EQ(into, (BasicCredentials{"x", "y"}));
  EXPECT_FALSE(parse_basic("Basic !!!!", into));
}

TEST(BasicCredentials, OfNearly64KiBAreRead) {
  const std::string user(48'000, 'u');
  EXPECT_EQ(parse_basic(format_basic(user, "p"))->user, user);
}

TEST(Bearer, TheTokenIsWhatFollows) {
  EXPECT_EQ(parse_bearer("Bearer mF_9.B5f-4.1JqM"), "mF_9.B5f-4.1JqM");  // RFC 6750, 2.1
  EXPECT_EQ(parse_bearer("bearer  x"), "x");
  EXPECT_EQ(parse_bearer("Bearer"), std::nullopt);
  EXPECT_EQ(parse_bearer("Bearer "), std::nullopt);
  EXPECT_EQ(parse_bearer("Basic eDp5"), std::nullopt);
}

}  // namespace
}  // namespace pinproof::sim
