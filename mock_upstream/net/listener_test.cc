#include "mock_upstream/net/listener.h"

#include <gtest/gtest.h>

#include "mock_upstream/testing/bench_testing.h"

namespace pinproof::mock_upstream {
namespace {

class Listening : public testing::Test {
 protected:
  void accept(Socket socket) { accepted.push_back(std::make_shared<Connection>(std::move(socket), bench.site->idle)); }

  TestBench bench;
  std::vector<std::shared_ptr<Connection>> accepted;
  Listener listener{bench.io.get_executor(), [this](Socket socket) { accept(std::move(socket)); },
                    [this](std::string_view what) { bench.reports.emplace_back(what); }};
};

TEST_F(Listening, AcceptsAndKnowsThePeer) {
  ASSERT_FALSE(listener.open(Endpoint(asio::ip::make_address_v4("127.20.0.9"), 0)));
  TestClient client(bench, listener.local(), "127.20.7.7");
  ASSERT_TRUE(bench.run_until([&] { return accepted.size() == 1; }, "a connection"));
  EXPECT_EQ(accepted[0]->peer().to_string(), "127.20.7.7");
  EXPECT_EQ(listener.local().address().to_string(), "127.20.0.9");
}

TEST_F(Listening, RefusesWhileItIsClosedAndComesBackAtItsPort) {
  ASSERT_FALSE(listener.open(Endpoint(asio::ip::address_v4::loopback(), 0)));
  const Endpoint at = listener.local();
  TestClient before(bench, at);
  ASSERT_TRUE(before.wait_connected());
  ASSERT_TRUE(bench.run_until([&] { return accepted.size() == 1; }, "a connection"));

  listener.close();
  TestClient during(bench, at);
  ASSERT_TRUE(during.wait_for_end());
  EXPECT_TRUE(during.refused());
  EXPECT_TRUE(accepted[0]->is_open()) << "closing it ends no connection";

  ASSERT_FALSE(listener.open(at));
  TestClient after(bench, at);
  ASSERT_TRUE(after.wait_connected());
  ASSERT_TRUE(bench.run_until([&] { return accepted.size() == 2; }, "a connection"));
  listener.close();
}

TEST_F(Listening, SaysThatAnAddressIsTaken) {
  ASSERT_FALSE(listener.open(Endpoint(asio::ip::address_v4::loopback(), 0)));
  Listener other(
      bench.io.get_executor(), [](Socket) {}, [](std::string_view) {});
  EXPECT_EQ(other.open(listener.local()), asio::error::address_in_use);
  EXPECT_FALSE(other.is_open());
  listener.close();
}

}  // namespace
}  // namespace pinproof::mock_upstream
