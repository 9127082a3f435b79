#include "sim/http/target.h"

#include <gtest/gtest.h>

#include <string>

namespace pinproof::sim {
namespace {

std::string shown(const std::optional<RequestTarget>& target) {
  if (!target) return "refused";
  return std::string(target->encrypted ? "https " : "http ") + std::string(target->host) + ' ' +
         std::to_string(target->port) + ' ' + std::string(target->path);
}

struct Row {
  std::string text;
  const char* expected;
};

TEST(Target, AbsoluteForm) {
  const std::string host255(255, 'a');
  const Row rows[] = {
      // RFC 9112, 3.2.2 and RFC 3986, 1.1.2, 3.2.2, 3.2.3.
      {"http://www.example.org/pub/WWW/TheProject.html", "http www.example.org 80 /pub/WWW/TheProject.html"},
      {"http://www.ietf.org/rfc/rfc2396.txt", "http www.ietf.org 80 /rfc/rfc2396.txt"},
      {"https://example.com/", "https example.com 443 /"},
      {"http://example.com", "http example.com 80 /"},
      {"http://example.com:/", "http example.com 80 /"},
      {"http://example.com:8042/over/there?name=ferret", "http example.com 8042 /over/there?name=ferret"},
      {"https://example.com:80/", "https example.com 80 /"},
      {"http://[2001:db8::7]/c=GB?objectClass?one", "http [2001:db8::7] 80 /c=GB?objectClass?one"},
      {"http://[::1]:8080/", "http [::1] 8080 /"},
      {"http://192.0.2.16:65535/", "http 192.0.2.16 65535 /"},
      {"HTTP://Example.COM/A", "http Example.COM 80 /A"},
      {"http://a_b.test/", "http a_b.test 80 /"},
      {"http://a.test./", "http a.test. 80 /"},
      {"http://a.test//x//y/../z", "http a.test 80 //x//y/../z"},
      {"http://a.test/%zz|{}\"<>\\^`[]@:", "http a.test 80 /%zz|{}\"<>\\^`[]@:"},
      {"http://a.test/?u=http://b.test/?x=1", "http a.test 80 /?u=http://b.test/?x=1"},
      {"http://a.test:00080/", "http a.test 80 /"},
      // Not absolute, not HTTP.
      {"", "refused"},
      {"/", "refused"},
      {"*", "refused"},
      {"example.com:80", "refused"},
      {"//example.com/", "refused"},
      {"http", "refused"},
      {"http:", "refused"},
      {"http:/a.test/", "refused"},
      {"http:///path", "refused"},
      {"http://", "refused"},
      {"https://:443/", "refused"},
      {"ftp://a.test/", "refused"},
      {"httpx://a.test/", "refused"},
      {"ws://a.test/", "refused"},
      // What would be read in two ways.
      {"http://user@a.test/", "refused"},
      {"http://user:pass@a.test/", "refused"},
      {"http://a.test@b.test/", "refused"},
      {"http://a.test/#fragment", "refused"},
      {"http://a.test#fragment", "refused"},
      {"http://a.test?x=1", "refused"},
      {"http://a.test\\@b.test/", "refused"},
      {"http://a%2Etest/", "refused"},
      {"http://a.test:0/", "refused"},
      {"http://a.test:65536/", "refused"},
      {"http://a.test:99999999999999999999/", "refused"},
      {"http://a.test:-1/", "refused"},
      {"http://a.test:+80/", "refused"},
      {"http://a.test:80 /", "refused"},
      {"http://a.test:80:80/", "refused"},
      {"http://a.test:http/", "refused"},
      {"http://[::1/", "refused"},
      {"http://[]/", "refused"},
      {"http://[a.test]/", "refused"},
      {"http://[::1]x/", "refused"},
      {"http://::1/", "refused"},
      // Bytes that end or bend a message.
      {"http://a.test/ HTTP/1.1", "refused"},
      {"http://a.test/\r\nX: y", "refused"},
      {"http://a.test/\t", "refused"},
      {"http://a.test/\x7f", "refused"},
      {"http://a.test/\xc3\xa9", "refused"},
      {"http://\xc3\xa9.test/", "refused"},
      {std::string("http://a.test/\0x", 16), "refused"},
      {" http://a.test/", "refused"},
      {"http://" + host255 + "a/", "refused"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(parse_absolute_form(row.text)), row.expected) << row.text;
  EXPECT_EQ(parse_absolute_form("http://" + host255 + "/")->host, host255);
  EXPECT_EQ(parse_absolute_form("http://a.test/" + std::string(60'000, 'x'))->path.size(), 60'001U);
}

TEST(Target, AuthorityForm) {
  const Row rows[] = {
      {"www.example.com:80", "http www.example.com 80 "},  // RFC 9112, 3.2.3
      {"server.example.com:443", "http server.example.com 443 "},
      {"[2001:db8::7]:443", "http [2001:db8::7] 443 "},
      {"192.0.2.16:1", "http 192.0.2.16 1 "},
      {"www.example.com", "refused"},
      {"www.example.com:", "refused"},
      {":443", "refused"},
      {"", "refused"},
      {"www.example.com:0", "refused"},
      {"www.example.com:65536", "refused"},
      {"www.example.com:443/", "refused"},
      {"http://www.example.com:443", "refused"},
      {"user@www.example.com:443", "refused"},
      {"www.example.com:443 ", "refused"},
      {"[::1:443", "refused"},
      {"a%2eb:443", "refused"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(parse_authority_form(row.text)), row.expected) << row.text;
}

TEST(Target, ADomainHoldsItselfAndTheNamesBelowIt) {
  EXPECT_TRUE(within_domain("origin.test", "origin.test"));
  EXPECT_TRUE(within_domain("a.b.origin.test", "origin.test"));
  EXPECT_TRUE(within_domain("A.ORIGIN.Test", "origin.test"));
  EXPECT_TRUE(within_domain("a.origin.test.", "origin.test"));
  EXPECT_FALSE(within_domain("notorigin.test", "origin.test"));
  EXPECT_FALSE(within_domain("origin.test.evil", "origin.test"));
  EXPECT_FALSE(within_domain("test", "origin.test"));
  EXPECT_FALSE(within_domain("", "origin.test"));
}

TEST(Target, AHostIsComparedInOneForm) {
  EXPECT_EQ(comparable_host("Site.Origin.TEST."), "site.origin.test");
  EXPECT_EQ(comparable_host("[2001:DB8::7]"), "[2001:db8::7]");
  EXPECT_EQ(comparable_host(""), "");
}

TEST(Target, QueryValues) {
  EXPECT_EQ(query_value("/s?a=1&b=2", "a"), "1");
  EXPECT_EQ(query_value("/s?a=1&b=2", "b"), "2");
  EXPECT_EQ(query_value("/s?a=1&a=2", "a"), "1");
  EXPECT_EQ(query_value("/s?a=1=2", "a"), "1=2");
  EXPECT_EQ(query_value("/s?a", "a"), "");
  EXPECT_EQ(query_value("/s?a=", "a"), "");
  EXPECT_EQ(query_value("/s?&&x=&a=3&", "a"), "3");
  EXPECT_EQ(query_value("/s?ab=1", "a"), std::nullopt);
  EXPECT_EQ(query_value("/s?", "a"), std::nullopt);
  EXPECT_EQ(query_value("/s", "a"), std::nullopt);
  EXPECT_EQ(query_value("", ""), std::nullopt);
}

}  // namespace
}  // namespace pinproof::sim
