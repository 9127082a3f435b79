#include "conformance/live/request_bytes.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

WireRequest request() {
  WireRequest request;
  request.head.method = "POST";
  request.head.target = "http://a.test/";
  request.head.headers.add("Host", "a.test");
  request.body = "hello";
  return request;
}

TEST(RequestBytes, ASoundRequestIsFramedAsItsHeadSays) {
  EXPECT_EQ(bytes_of(request()), "POST http://a.test/ HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello");
  WireRequest chunked = request();
  chunked.head.headers.add("Transfer-Encoding", "gzip, chunked");
  EXPECT_EQ(bytes_of(chunked),
            "POST http://a.test/ HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: gzip, "
            "chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  WireRequest wrong = request();
  wrong.head.headers.add("Content-Length", "7");
  EXPECT_EQ(bytes_of(wrong), "POST http://a.test/ HTTP/1.1\r\nHost: a.test\r\nContent-Length: 7\r\n\r\nhello");
  WireRequest empty = request();
  empty.body.clear();
  EXPECT_EQ(bytes_of(empty), "POST http://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n");
}

TEST(RequestBytes, ABrokenOneIsBrokenAsItsShapeSays) {
  WireRequest broken = request();
  broken.shape = RequestShape::kGarbage;
  EXPECT_EQ(bytes_of(broken), "\x16\x03 this is no HTTP\r\n\r\n");
  broken.shape = RequestShape::kTwoLengths;
  EXPECT_EQ(bytes_of(broken),
            "POST http://a.test/ HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
            "5\r\nhello\r\n0\r\n\r\n");
  broken.shape = RequestShape::kHalfHead;
  EXPECT_EQ(bytes_of(broken), "POST http://a.test/ HTTP/1.1\r\nHo");
  broken.shape = RequestShape::kHeadTooLarge;
  EXPECT_EQ(bytes_of(broken).size(), 65U + 32U * (8192U + 13U) + 5U);
}

}  // namespace
}  // namespace pinproof::conformance
