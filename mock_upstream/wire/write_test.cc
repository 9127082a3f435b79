#include "mock_upstream/wire/write.h"

#include <gtest/gtest.h>

#include "mock_upstream/wire/fault_answer.h"

namespace pinproof::mock_upstream {
namespace {

TEST(Write, RequestHead) {
  sim::RequestHead head;
  head.method = "POST";
  head.target = "/t/x";
  head.headers.add("Host", "o.test");
  head.headers.add("x-As-Is", "");
  std::string out = "before ";
  append_head(out, head);
  EXPECT_EQ(out, "before POST /t/x HTTP/1.1\r\nHost: o.test\r\nx-As-Is: \r\n\r\n");
}

TEST(Write, ResponseHead) {
  sim::ResponseHead head;
  head.status = 502;
  head.headers.add("Content-Length", "0");
  std::string out;
  append_head(out, head);
  EXPECT_EQ(out, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
}

TEST(Write, ALineBreakInAValueBeginsNoField) {
  sim::RequestHead head;
  head.target = "/a\r\nX: 1";
  head.headers.add("A", std::string_view("1\r\n\r\nGET / HTTP/1.1\0", 20));
  std::string out;
  append_head(out, head);
  EXPECT_EQ(out, "GET /a  X: 1 HTTP/1.1\r\nA: 1    GET / HTTP/1.1 \r\n\r\n");
}

TEST(Write, Chunks) {
  std::string out;
  append_chunk(out, "hello, seventeen!");
  append_chunk(out, "");
  append_chunk(out, "x");
  append_last_chunk(out);
  EXPECT_EQ(out, "11\r\nhello, seventeen!\r\n1\r\nx\r\n0\r\n\r\n");
}

TEST(Write, AnswersToFaults) {
  EXPECT_EQ(answer_to_fault(WireFault::kMalformed),
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer_to_fault(WireFault::kHeadTooLarge),
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer_to_fault(WireFault::kUnsupportedCoding),
            "HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

}  // namespace
}  // namespace pinproof::mock_upstream
