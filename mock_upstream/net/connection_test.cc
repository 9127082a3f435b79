#include "mock_upstream/net/connection.h"

#include <gtest/gtest.h>

#include "mock_upstream/net/listener.h"
#include "mock_upstream/testing/bench_testing.h"

namespace pinproof::mock_upstream {
namespace {

using namespace std::chrono_literals;

// A client, and our end of its connection.
class Connected : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_FALSE(listener.open(Endpoint(asio::ip::address_v4::loopback(), 0)));
    client.emplace(bench, listener.local());
    ASSERT_TRUE(bench.run_until([&] { return ours && client->connected(); }, "a connection"));
    listener.close();
  }
  void TearDown() override { client.reset(); }

  TestBench bench;
  std::shared_ptr<Connection> ours;
  Listener listener{bench.io.get_executor(),
                    [this](Socket socket) { ours = std::make_shared<Connection>(std::move(socket), bench.site->idle); },
                    [](std::string_view) {}};
  std::optional<TestClient> client;
};

TEST_F(Connected, CloseLetsWhatWasWrittenArrive) {
  EXPECT_EQ(ours->write_now("last words"), 10U);
  ours->close();
  ASSERT_TRUE(client->wait_for_end());
  EXPECT_TRUE(client->closed());
  EXPECT_EQ(client->received(), "last words");
}

TEST_F(Connected, ResetIsAnErrorAtThePeer) {
  ours->reset();
  ASSERT_TRUE(client->wait_for_end());
  EXPECT_TRUE(client->was_reset());
}

TEST_F(Connected, ADeadlineEndsIt) {
  EXPECT_FALSE(ours->timed_out());
  ours->expire_within(1ms);
  ASSERT_TRUE(client->wait_for_end());
  EXPECT_TRUE(ours->timed_out());
}

TEST_F(Connected, AWatchTellsThatThePeerClosed) {
  int gone = 0;
  PeerWatch watch(*ours, [&] { ++gone; });
  bench.settle();
  EXPECT_EQ(gone, 0);
  client->close();
  ASSERT_TRUE(bench.run_until([&] { return gone > 0; }, "the peer's going"));
  bench.settle();
  EXPECT_EQ(gone, 1);
}

TEST_F(Connected, AWatchTellsOfAReset) {
  int gone = 0;
  PeerWatch watch(*ours, [&] { ++gone; });
  client->reset();
  EXPECT_TRUE(bench.run_until([&] { return gone == 1; }, "the peer's going"));
}

TEST_F(Connected, AWatchTellsOfOurOwnEnd) {
  int gone = 0;
  PeerWatch watch(*ours, [&] { ++gone; });
  ours->reset();
  EXPECT_TRUE(bench.run_until([&] { return gone == 1; }, "the end"));
}

TEST_F(Connected, AWatchThatIsGoneSaysNothing) {
  int gone = 0;
  {
    PeerWatch watch(*ours, [&] { ++gone; });
  }
  client->close();
  ASSERT_TRUE(client->wait_for_end());
  ours.reset();
  bench.settle();
  EXPECT_EQ(gone, 0);
}

TEST_F(Connected, AWatchLeavesWhatThePeerSays) {
  int gone = 0;
  PeerWatch watch(*ours, [&] { ++gone; });
  client->send("more");
  bench.settle();
  char bytes[8];
  Error error;
  EXPECT_EQ(ours->socket().read_some(asio::buffer(bytes), error), 4U);
  EXPECT_EQ(gone, 0);
}

TEST_F(Connected, AWatchTellsOfACloseBehindWhatIsUnread) {
  int gone = 0;
  PeerWatch watch(*ours, [&] { ++gone; });
  client->send("more");
  bench.settle();
  client->close();
  EXPECT_TRUE(bench.run_until([&] { return gone == 1; }, "the peer's going"));
}

TEST(Connection, LeavesFromTheAddressItIsGiven) {
  TestBench bench;
  std::shared_ptr<Connection> ours;
  Listener listener(
      bench.io.get_executor(),
      [&](Socket socket) { ours = std::make_shared<Connection>(std::move(socket), bench.site->idle); },
      [](std::string_view) {});
  ASSERT_FALSE(listener.open(Endpoint(asio::ip::address_v4::loopback(), 0)));
  TestClient client(bench, listener.local(), "127.20.255.1");
  ASSERT_TRUE(bench.run_until([&] { return ours != nullptr; }, "a connection"));
  EXPECT_EQ(ours->peer().to_string(), "127.20.255.1");
  listener.close();
}

}  // namespace
}  // namespace pinproof::mock_upstream
