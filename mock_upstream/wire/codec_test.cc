#include "mock_upstream/wire/codec.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinproof::mock_upstream {
namespace {

// What a codec made of some bytes, as text: "head GET /x | a=1 | length 3 keep" …
std::string facts_text(const HeadFacts& facts) {
  std::string text = facts.framing == BodyFraming::kNone      ? "none"
                     : facts.framing == BodyFraming::kLength  ? "length " + std::to_string(facts.length)
                     : facts.framing == BodyFraming::kChunked ? "chunked"
                                                              : "until close";
  return text + (facts.keep_alive ? " keep" : " close") + (facts.http_1_1 ? "" : " 1.0");
}

std::string head_text(const sim::RequestHead& head) { return head.method + " " + head.target; }
std::string head_text(const sim::ResponseHead& head) { return std::to_string(head.status); }

std::string_view fault_text(WireFault fault) {
  switch (fault) {
    case WireFault::kNone:
      return "none";
    case WireFault::kMalformed:
      return "malformed";
    case WireFault::kHeadTooLarge:
      return "head too large";
    case WireFault::kUnsupportedCoding:
      return "unsupported coding";
    case WireFault::kTruncated:
      return "truncated";
  }
  return "?";
}

template <class Head>
class Reader {
 public:
  explicit Reader(std::size_t head_bytes_max, bool bodiless) : codec_(head_bytes_max), bodiless_(bodiless) {
    codec_.restart(bodiless_);
  }

  void feed(std::string_view bytes) {
    unread_ += bytes;
    while (!failed_) {
      const CodecStep step = codec_.step(unread_);
      if (step.event == CodecEvent::kBody) body_ += step.body;
      if (step.event == CodecEvent::kHead) note_head();
      if (step.event == CodecEvent::kEnd) note_end();
      if (step.event == CodecEvent::kFailed) note_fault();
      unread_.erase(0, step.consumed);
      if (step.event == CodecEvent::kNeedMore) return;
    }
  }

  std::string finish() {
    if (failed_ || (codec_.between_messages() && unread_.empty())) return seen_;
    const CodecStep step = codec_.finish();
    if (step.event == CodecEvent::kEnd) note_end();
    if (step.event == CodecEvent::kFailed) note_fault();
    return seen_;
  }

 private:
  void note_head() {
    seen_ += head_text(codec_.head());
    for (const auto field : codec_.head().headers) {
      seen_.append(" ").append(field.name).append("=").append(field.value);
    }
    seen_ += " (" + facts_text(codec_.facts()) + ")";
  }
  void note_end() {
    seen_ += " [" + body_ + "] ";
    body_.clear();
    codec_.restart(bodiless_);
  }
  void note_fault() {
    failed_ = true;
    if (!body_.empty()) seen_ += " [" + body_ + " ";
    seen_ += "failed: ";
    seen_ += fault_text(codec_.fault());
  }

  Codec<Head> codec_;
  bool bodiless_;
  std::string unread_;
  std::string body_;
  std::string seen_;
  bool failed_ = false;
};

template <class Head>
std::string read_in(const std::vector<std::string_view>& pieces, std::size_t head_bytes_max, bool bodiless) {
  Reader<Head> reader(head_bytes_max, bodiless);
  for (const auto piece : pieces) reader.feed(piece);
  return reader.finish();
}

struct Case {
  const char* name;
  const char* bytes;
  const char* seen;
  std::size_t head_bytes_max = kHeadBytesMax;
  bool bodiless = false;
};

// Whole, cut in two at every byte, and byte by byte: the same comes of it, whatever the cut.
template <class Head>
void expect_at_every_split(const Case& c) {
  const std::string_view bytes = c.bytes;
  EXPECT_EQ(read_in<Head>({bytes}, c.head_bytes_max, c.bodiless), c.seen);
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    EXPECT_EQ(read_in<Head>({bytes.substr(0, cut), bytes.substr(cut)}, c.head_bytes_max, c.bodiless), c.seen)
        << "cut at " << cut;
  }
  std::vector<std::string_view> single;
  for (std::size_t i = 0; i < bytes.size(); ++i) single.push_back(bytes.substr(i, 1));
  EXPECT_EQ(read_in<Head>(single, c.head_bytes_max, c.bodiless), c.seen) << "byte by byte";
}

class Requests : public testing::TestWithParam<Case> {};
TEST_P(Requests, ReadTheSameAtEverySplit) { expect_at_every_split<sim::RequestHead>(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Table, Requests,
    testing::Values(
        Case{"origin_form", "GET /a?b=c HTTP/1.1\r\nHost: o.test\r\n\r\n", "GET /a?b=c Host=o.test (none keep) [] "},
        Case{"absolute_form", "GET http://o.test/ HTTP/1.1\r\nHost: o.test\r\n\r\n",
             "GET http://o.test/ Host=o.test (none keep) [] "},
        Case{"connect", "CONNECT o.test:443 HTTP/1.1\r\nHost: o.test:443\r\n\r\n",
             "CONNECT o.test:443 Host=o.test:443 (none keep) [] "},
        Case{"method_unknown", "BREW /pot HTTP/1.1\r\n\r\n", "BREW /pot (none keep) [] "},
        Case{"names_as_spelled", "GET / HTTP/1.1\r\nx-LOUD: a\r\nX-Loud: b\r\n\r\n",
             "GET / x-LOUD=a X-Loud=b (none keep) [] "},
        Case{"space_around_a_value", "GET / HTTP/1.1\r\nA: \t b  c \r\n\r\n", "GET / A=b  c (none keep) [] "},
        Case{"length", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
             "POST / Content-Length=5 (length 5 keep) [hello] "},
        Case{"length_zero", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "POST / Content-Length=0 (none keep) [] "},
        Case{"chunked",
             "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n",
             "POST / Transfer-Encoding=chunked (chunked keep) [abc0123456789] "},
        Case{"chunked_with_trailers",
             "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-T: 1\r\n\r\nGET / HTTP/1.1\r\n\r\n",
             "POST / Transfer-Encoding=chunked (chunked keep) [a] GET / (none keep) [] "},
        Case{"pipelined",
             "POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n",
             "POST /1 Content-Length=2 (length 2 keep) [hi] GET /2 (none keep) [] GET /3 (none keep) [] "},
        Case{"close", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "GET / Connection=close (none close) [] "},
        Case{"version_1_0", "GET / HTTP/1.0\r\n\r\n", "GET / (none close 1.0) [] "},
        Case{"version_1_0_kept", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
             "GET / Connection=keep-alive (none keep 1.0) [] "},
        Case{"head_of_the_limit", "GET / HTTP/1.1\r\nA: b\r\n\r\n", "GET / A=b (none keep) [] ", 24},
        Case{"head_over_the_limit", "GET / HTTP/1.1\r\nA: bc\r\n\r\n", "failed: head too large", 24},
        Case{"endless_head", "GET / HTTP/1.1\r\nA: bcdefghijklmnop\r\nB: c\r\nC: d\r\n", "failed: head too large", 24},
        Case{"cut_in_the_head", "GET / HTTP/1.1\r\nHos", "failed: truncated"},
        Case{"cut_in_the_body", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel",
             "POST / Content-Length=5 (length 5 keep) [hel failed: truncated"},
        Case{"not_http", "\x16\x03\x01\x02\x01 hello there\r\n\r\n", "failed: malformed"},
        Case{"version_2", "GET / HTTP/2.0\r\n\r\n", "failed: malformed"},
        Case{"space_in_a_name", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "failed: malformed"},
        Case{"two_lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "failed: malformed"},
        Case{"length_and_chunked",
             "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "failed: malformed"},
        Case{"length_negative", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "failed: malformed"},
        Case{"length_overflowing", "POST / HTTP/1.1\r\nContent-Length: 18446744073709551616\r\n\r\n",
             "failed: malformed"},
        Case{"chunk_size_bad", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
             "POST / Transfer-Encoding=chunked (chunked keep)failed: malformed"},
        Case{"coding_unknown", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nabc", "failed: unsupported coding"}),
    [](const auto& row) { return std::string(row.param.name); });

class Responses : public testing::TestWithParam<Case> {};
TEST_P(Responses, ReadTheSameAtEverySplit) { expect_at_every_split<sim::ResponseHead>(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Table, Responses,
    testing::Values(
        Case{"length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", "200 Content-Length=2 (length 2 keep) [ab] "},
        Case{"no_phrase", "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n", "299 Content-Length=0 (none keep) [] "},
        Case{"until_close", "HTTP/1.1 200 OK\r\n\r\nabc", "200 (until close close) [abc] "},
        Case{"chunked_cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab",
             "200 Transfer-Encoding=chunked (chunked keep) [ab failed: truncated"},
        Case{"to_head", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "200 Content-Length=9 (none keep) [] ",
             kHeadBytesMax, true},
        Case{"not_modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
             "304 Content-Length=9 (none keep) [] "},
        Case{"interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
             "100 (none keep) [] 204 (none keep) [] "},
        Case{"status_no_number", "HTTP/1.1 2x0 OK\r\n\r\n", "failed: malformed"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Codec, HandsBodiesOnWithoutKeepingThem) {
  RequestCodec codec;
  const std::string head = "POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n";
  EXPECT_EQ(codec.step(head).event, CodecEvent::kHead);
  const std::string piece(1000, 'x');
  for (int i = 0; i < 1000; ++i) {
    const CodecStep step = codec.step(piece);
    ASSERT_EQ(step.event, CodecEvent::kBody);
    ASSERT_EQ(step.body.data(), piece.data());
    ASSERT_EQ(step.consumed, 1000U);
  }
  EXPECT_EQ(codec.step({}).event, CodecEvent::kEnd);
}

}  // namespace
}  // namespace pinproof::mock_upstream
