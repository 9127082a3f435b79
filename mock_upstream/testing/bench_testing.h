// Peers of a test in one thread: everything runs on one io_context, which a test lets run until what it waits for has happened. No sleeps:
// what does not happen within kPatience has failed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mock_upstream/clock/controlled_clock.h"
#include "mock_upstream/net/connection.h"
#include "mock_upstream/site/site.h"

namespace pinproof::mock_upstream {

inline constexpr std::chrono::seconds kPatience{20};

class TestBench {
 public:
  TestBench();
  /// Ends all connections and runs out of work; a task that is left over, or anything reported, is a failure of the test.
  ~TestBench();

  /// False, and a failure of the test, when it does not come to `happened`.
  bool run_until(const std::function<bool()>& happened, std::string_view what);
  /// Everything that can happen without anybody's doing.
  void settle();

  asio::io_context io{1};
  ControlledClock clock;
  std::vector<std::string> reports;
  std::shared_ptr<Site> site;
};

/// A client that a test drives by hand, byte by byte.
class TestClient {
 public:
  TestClient(TestBench& bench, const Endpoint& to, std::string_view from = "127.0.0.1");
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  bool connected() const { return state_->connected; }
  bool refused() const { return state_->error == asio::error::connection_refused; }
  bool closed() const { return state_->error == asio::error::eof; }
  bool was_reset() const { return state_->error == asio::error::connection_reset; }

  void send(std::string_view bytes);
  /// The same for a peer that may end the connection under it; false when it did.
  bool try_send(std::string_view bytes);
  void stop_sending();
  void close();
  void reset();

  /// All that came.
  const std::string& received() const { return state_->received; }
  void forget() { state_->received.clear(); }

  /// Lets the bench run until so much came, an end, or so many bytes.
  bool wait_for(std::string_view text);
  bool wait_for_bytes(std::size_t bytes);
  bool wait_for_end();
  bool wait_connected();

 private:
  struct State {
    std::shared_ptr<Connection> connection;
    std::string received;
    Error error;
    bool connected = false;
    bool ended = false;
  };
  static Task<> run(std::shared_ptr<State> state, Endpoint to, Address from);

  TestBench& bench_;
  std::shared_ptr<State> state_;
};

}  // namespace pinproof::mock_upstream
