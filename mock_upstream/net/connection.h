// A TCP connection: bytes, a deadline on the wall clock, and an end of the caller's choice, orderly or by reset.
//
// Shared between the coroutine that serves it and whoever may end it from outside. Once ended, every operation under way and every
// later one gives an error; nothing waits any longer.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "mock_upstream/net/idle_watch.h"
#include "mock_upstream/net/stream.h"

namespace pinproof::mock_upstream {

class Connection final : public Stream, public IdleWatch::Watched {
 public:
  Connection(Socket socket, IdleWatch& watch);

  /// Connects to `to`, leaving from the address `from` where one is given. Also ended by close() and by the deadline.
  Task<Error> connect(Endpoint to, std::optional<Address> from);

  Task<IoResult> read_some(std::span<char> into) override;
  Task<IoResult> write(std::string_view bytes) override;
  std::size_t write_now(std::string_view bytes) override;
  Task<> close_sending() override;
  Connection& transport() override { return *this; }

  /// Ends it; what was written still arrives.
  void close();
  /// Ends it by a reset (RST): what is on its way is lost, and the peer sees an error.
  void reset();

  bool is_open() const { return socket_.is_open(); }
  /// True when its deadline ended it.
  bool timed_out() const { return timed_out_; }
  /// The peer's address; 0.0.0.0 when it is gone already.
  Address peer() const { return peer_; }

  Socket& socket() { return socket_; }

 private:
  void expired() override;

  Socket socket_;
  Address peer_;
  bool timed_out_ = false;
};

/// Calls `gone` once when the peer closes its end, resets, or the connection is ended from here, for as long as it lives. For whoever
/// waits for something else than this peer's bytes; those stay unread, and what is behind them is noticed some milliseconds late.
class PeerWatch {
 public:
  PeerWatch(Connection& connection, std::function<void()> gone);
  ~PeerWatch();
  PeerWatch(const PeerWatch&) = delete;
  PeerWatch& operator=(const PeerWatch&) = delete;

 private:
  struct State;
  static void wait(std::shared_ptr<State> state);
  static void look(std::shared_ptr<State> state);

  std::shared_ptr<State> state_;
};

}  // namespace pinproof::mock_upstream
