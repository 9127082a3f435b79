#include "mock_upstream/wire/message_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <string>
#include <vector>

#include "mock_upstream/testing/bench_testing.h"

namespace pinproof::mock_upstream {
namespace {

// A stream of prepared pieces, each given by one read, and an error after them.
class ScriptedStream final : public Stream {
 public:
  ScriptedStream(TestBench& bench, std::vector<std::string> pieces, Error after)
      : connection_(Socket(bench.io.get_executor()), bench.site->idle), pieces_(std::move(pieces)), after_(after) {}

  Task<IoResult> read_some(std::span<char> into) override {
    if (next_ == pieces_.size()) co_return IoResult(after_, 0);
    std::string& piece = pieces_[next_];
    const std::size_t read = std::min(piece.size(), into.size());
    std::copy_n(piece.begin(), read, into.begin());
    piece.erase(0, read);
    if (piece.empty()) ++next_;
    largest_read = std::max(largest_read, into.size());
    co_return IoResult(Error(), read);
  }
  Task<IoResult> write(std::string_view bytes) override { co_return IoResult(Error(), bytes.size()); }
  std::size_t write_now(std::string_view bytes) override { return bytes.size(); }
  Task<> close_sending() override { co_return; }
  Connection& transport() override { return connection_; }

  std::size_t largest_read = 0;

 private:
  Connection connection_;
  std::vector<std::string> pieces_;
  Error after_;
  std::size_t next_ = 0;
};

std::string_view word_of(ReadState state) {
  return state == ReadState::kOk ? "ok" : state == ReadState::kClosed ? "closed" : "failed";
}

// Reads all messages and says what came: "GET /1 [body] … closed".
Task<> read_all(std::shared_ptr<Stream> stream, std::shared_ptr<std::string> seen) {
  RequestStream messages(std::move(stream), WireLimits());
  while (true) {
    const ReadState state = co_await messages.read_head();
    if (state != ReadState::kOk) {
      seen->append(word_of(state));
      co_return;
    }
    seen->append(messages.head().method).append(" ").append(messages.head().target).append(" [");
    while (true) {
      const BodyPiece piece = co_await messages.read_body();
      if (piece.state != ReadState::kOk) {
        seen->append(word_of(piece.state));
        co_return;
      }
      if (piece.bytes.empty()) break;
      seen->append(piece.bytes);
    }
    seen->append("] ");
  }
}

std::string read_pieces(std::vector<std::string> pieces, Error after) {
  TestBench bench;
  auto seen = std::make_shared<std::string>();
  bench.site->tasks->start("a reader",
                           read_all(std::make_shared<ScriptedStream>(bench, std::move(pieces), after), seen));
  bench.settle();
  return *seen;
}

constexpr std::string_view kThree =
    "POST /1 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloPOST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    "2\r\nab\r\n0\r\n\r\nGET /3 HTTP/1.1\r\n\r\n";

TEST(MessageStream, ReadsTheSameWhereverTheNetworkCuts) {
  for (std::size_t cut = 1; cut < kThree.size(); ++cut) {
    EXPECT_EQ(read_pieces({std::string(kThree.substr(0, cut)), std::string(kThree.substr(cut))}, asio::error::eof),
              "POST /1 [hello] POST /2 [ab] GET /3 [] closed")
        << "cut at " << cut;
  }
}

// The connection breaks after every byte there is: what was whole by then is read, the rest fails, and nothing waits or throws.
TEST(MessageStream, FailsAtEveryByte) {
  const std::vector<std::pair<std::size_t, std::string>> ends = {
      {0, "closed"},
      {44, "POST /1 [hello] closed"},
      {104, "POST /1 [hello] POST /2 [ab] closed"},
      {kThree.size(), "POST /1 [hello] POST /2 [ab] GET /3 [] closed"}};
  for (std::size_t bytes = 0; bytes <= kThree.size(); ++bytes) {
    std::vector<std::string> pieces;
    if (bytes > 0) pieces.emplace_back(kThree.substr(0, bytes));
    const std::string seen = read_pieces(pieces, asio::error::eof);
    const auto whole = std::find_if(ends.begin(), ends.end(), [&](const auto& end) { return end.first == bytes; });
    if (whole != ends.end()) {
      EXPECT_EQ(seen, whole->second);
    } else {
      EXPECT_TRUE(seen.ends_with("failed")) << bytes << ": " << seen;
    }
    EXPECT_TRUE(read_pieces(pieces, asio::error::connection_reset).ends_with("failed")) << bytes;
  }
}

Task<> read_large(std::shared_ptr<ScriptedStream> stream, std::shared_ptr<std::uint64_t> bytes) {
  RequestStream messages(stream, WireLimits());
  EXPECT_EQ(co_await messages.read_head(), ReadState::kOk);
  while (true) {
    const BodyPiece piece = co_await messages.read_body();
    if (piece.bytes.empty()) break;
    *bytes += piece.bytes.size();
  }
}

TEST(MessageStream, ABodyTakesNoMoreMemoryThanItsBuffer) {
  TestBench bench;
  auto stream = std::make_shared<ScriptedStream>(
      bench,
      std::vector<std::string>{"POST / HTTP/1.1\r\nContent-Length: 8000000\r\n\r\n", std::string(8'000'000, 'x')},
      asio::error::eof);
  auto bytes = std::make_shared<std::uint64_t>(0);
  bench.site->tasks->start("a reader", read_large(stream, bytes));
  bench.settle();
  EXPECT_EQ(*bytes, 8'000'000U);
  EXPECT_EQ(stream->largest_read, 16U << 10U);
}

}  // namespace
}  // namespace pinproof::mock_upstream
