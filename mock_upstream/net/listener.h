// Accepts connections at one address and port, for as long as it is open. Closing it is real: the kernel refuses from then on.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "mock_upstream/net/task.h"
#include "mock_upstream/net/tasks.h"

namespace pinproof::mock_upstream {

class Listener {
 public:
  using OnConnection = std::function<void(Socket)>;

  Listener(const Executor& executor, OnConnection on_connection, Report report);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Listens at `at`, port 0 for any that is free, and accepts from now on. It must not be open.
  Error open(const Endpoint& at);
  /// Also those that were never accepted are reset, by the kernel.
  void close();

  bool is_open() const { return acceptor_.is_open(); }
  /// Where it listens, or did last.
  const Endpoint& local() const { return local_; }

 private:
  using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

  void accept();
  void accept_later();

  Acceptor acceptor_;
  std::unique_ptr<asio::steady_timer> pause_;  // made when it is needed, which is seldom
  OnConnection on_connection_;
  Report report_;
  Endpoint local_;
  std::uint64_t opened_ = 0;  // tells what was begun before it was closed and opened anew
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace pinproof::mock_upstream
