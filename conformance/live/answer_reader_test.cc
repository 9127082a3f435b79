#include "conformance/live/answer_reader.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

using Said = AnswerReader::Said;
using To = AnswerReader::To;

/// Everything that is said until bytes are wanted, as letters: h, e, f.
std::string say_all(AnswerReader& reader) {
  std::string said;
  while (true) {
    switch (reader.next()) {
      case Said::kMore:
        return said;
      case Said::kHead:
        said += 'h';
        break;
      case Said::kEnd:
        said += 'e';
        break;
      case Said::kFault:
        said += 'f';
        break;
    }
  }
}

TEST(AnswerReader, ABodyIsCountedAndDigestedWhereverItIsCut) {
  const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\n\r\nhello";
  for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
    AnswerReader reader;
    reader.expect(To::kRequest, 3);
    reader.feed(answer.substr(0, cut));
    std::string said = say_all(reader);
    reader.feed(answer.substr(cut));
    said += say_all(reader);
    EXPECT_EQ(said, "he") << cut;
    EXPECT_EQ(reader.head().status, 200);
    EXPECT_EQ(reader.head().headers.find("x-a"), "1");
    EXPECT_EQ(reader.body_bytes(), 5U);
    EXPECT_EQ(reader.body_digest(), 0x26c7827d889f6da3U);  // xxhsum -H64 of "hello"
    EXPECT_EQ(reader.text(), "hel");
    EXPECT_TRUE(reader.keep_alive());
  }
}

TEST(AnswerReader, WhatItReadsOfAnAnswer) {
  struct Case {
    const char* name;
    To to;
    std::string bytes;
    bool closed;
    std::string said;
    std::uint64_t body_bytes;
    std::string fault;
    std::string rest;
  };
  const Case cases[] = {
      {"chunks", To::kRequest, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
       false, "he", 3, "", ""},
      {"until it closes", To::kRequest, "HTTP/1.1 200 OK\r\n\r\nabcd", true, "he", 4, "", ""},
      {"interim ones are passed over", To::kRequest,
       "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", false,
       "he", 0, "", ""},
      {"to HEAD there is no body", To::kHead, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", false, "he", 0, "", ""},
      {"a tunnel begins behind a 2xx to CONNECT", To::kConnect, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\x16\x03",
       false, "he", 0, "", "\x16\x03"},
      {"a CONNECT refused has a body", To::kConnect, "HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\nno", false, "he", 2,
       "", ""},
      {"half a body", To::kRequest, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", true, "hf", 2,
       "closed inside the body of the answer", ""},
      {"half a head", To::kRequest, "HTTP/1.1 200 OK\r\nConte", true, "f", 0, "closed inside the head of the answer",
       "Conte"},
      {"nothing", To::kRequest, "", true, "f", 0, "closed without an answer", ""},
      {"garbage", To::kRequest, "\x01\x02 no\r\n\r\n", false, "f", 0, "the answer is no HTTP: bad version",
       "\x01\x02 no\r\n\r\n"},
      {"a chunk that is none", To::kRequest, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", false, "hf",
       0, "the body of the answer is broken: bad chunk", "zz\r\n"},
  };
  for (const Case& one : cases) {
    AnswerReader reader;
    reader.expect(one.to, 0);
    reader.feed(one.bytes);
    std::string said = say_all(reader);
    if (one.closed) {
      reader.close();
      said += say_all(reader);
    }
    EXPECT_EQ(said, one.said) << one.name;
    EXPECT_EQ(reader.body_bytes(), one.body_bytes) << one.name;
    EXPECT_EQ(reader.fault(), one.fault) << one.name;
    EXPECT_EQ(reader.take_rest(), one.rest) << one.name;
  }
}

TEST(AnswerReader, AHeadWithoutAnEndIsGivenUpAtItsLimit) {
  AnswerReader reader;
  reader.expect(To::kRequest, 0);
  reader.feed("HTTP/1.1 200 OK\r\n");
  std::size_t fed = 0;
  std::string said;
  const std::string field = "X-Pad: " + std::string(1000, 'p') + "\r\n";
  for (; said.empty() && fed < 100UL << 20U; fed += field.size()) {
    reader.feed(field);
    said = say_all(reader);
  }
  EXPECT_EQ(said, "f");
  EXPECT_LT(fed, 66'000U);
  EXPECT_EQ(reader.fault(), "the head of the answer is too large");
}

TEST(AnswerReader, OneAnswerAfterTheOther) {
  AnswerReader reader;
  reader.expect(To::kRequest, 9);
  reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nb");
  EXPECT_EQ(say_all(reader), "he");
  EXPECT_EQ(reader.text(), "a");
  EXPECT_TRUE(reader.has_rest());
  reader.expect(To::kRequest, 9);
  EXPECT_EQ(say_all(reader), "h");
  EXPECT_EQ(reader.head().status, 404);
  EXPECT_FALSE(reader.keep_alive());
  reader.close();
  EXPECT_EQ(say_all(reader), "e");
  EXPECT_EQ(reader.text(), "b");
}

}  // namespace
}  // namespace pinproof::conformance
