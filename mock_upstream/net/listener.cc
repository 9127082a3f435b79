#include "mock_upstream/net/listener.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "sim/core/check.h"

namespace pinproof::mock_upstream {
namespace {

// Without file descriptors accept() fails at once, again and again; this keeps it from taking all time, and connections wait.
constexpr auto kPauseWithoutDescriptors = std::chrono::milliseconds(50);

constexpr int kBacklog = 1024;

}  // namespace

Listener::Listener(const Executor& executor, OnConnection on_connection, Report report)
    : acceptor_(executor), on_connection_(std::move(on_connection)), report_(std::move(report)) {}

Listener::~Listener() { *alive_ = false; }

Error Listener::open(const Endpoint& at) {
  PINPROOF_CHECK(!acceptor_.is_open(), "opened twice, at {}", local_.port());
  Error error;
  acceptor_.open(at.protocol(), error);
  // An address whose connections are in TIME_WAIT can be listened at again.
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(at, error);
  if (!error) acceptor_.listen(kBacklog, error);
  if (!error) local_ = acceptor_.local_endpoint(error);
  if (error) {
    close();
    return error;
  }
  ++opened_;
  accept();
  return error;
}

void Listener::close() {
  Error ignored;
  acceptor_.close(ignored);
  if (pause_) pause_->cancel();
}

void Listener::accept() {
  acceptor_.async_accept([this, alive = alive_, opened = opened_](const Error& error, Socket socket) {
    if (!*alive || opened != opened_ || !acceptor_.is_open()) return;
    if (!error) {
      on_connection_(std::move(socket));
      if (*alive && opened == opened_ && acceptor_.is_open()) accept();
    } else if (error == asio::error::connection_aborted) {
      accept();  // the peer gave up while it waited
    } else if (error != asio::error::operation_aborted) {
      report_(fmt::format("cannot accept at {}:{}: {}", local_.address().to_string(), local_.port(), error.message()));
      accept_later();
    }
  });
}

void Listener::accept_later() {
  pause_ = std::make_unique<asio::steady_timer>(acceptor_.get_executor(), kPauseWithoutDescriptors);
  pause_->async_wait([this, alive = alive_, opened = opened_](const Error& error) {
    if (*alive && !error && opened == opened_ && acceptor_.is_open()) accept();
  });
}

}  // namespace pinproof::mock_upstream
