#include "mock_upstream/net/connection.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

namespace pinproof::mock_upstream {
namespace {

// Leaves the choice of a port to the connect, when the pair of addresses is known: so an address has as many connections to each peer
// as there are ports, and no port is taken for nothing.
using BindAddressNoPort = asio::detail::socket_option::boolean<IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT>;

constexpr auto kLookAgain = std::chrono::milliseconds(20);

Address address_of_peer(const Socket& socket) {
  Error error;
  const Endpoint peer = socket.remote_endpoint(error);
  return error || !peer.address().is_v4() ? Address() : peer.address().to_v4();
}

}  // namespace

Connection::Connection(Socket socket, IdleWatch& watch)
    : Watched(watch), socket_(std::move(socket)), peer_(address_of_peer(socket_)) {
  Error ignored;  // of a peer that has gone already; the next read says so
  if (!socket_.is_open()) return;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
}

Task<Error> Connection::connect(Endpoint to, std::optional<Address> from) {
  Error error;
  socket_.open(asio::ip::tcp::v4(), error);
  if (error) co_return error;
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  if (!error) socket_.non_blocking(true, error);
  if (!error && from) {
    socket_.set_option(BindAddressNoPort(true), error);
    if (!error) socket_.bind(Endpoint(*from, 0), error);
  }
  if (error) co_return error;
  std::tie(error) = co_await socket_.async_connect(to, kAsValues);
  if (!error) peer_ = to.address().to_v4();
  co_return error;
}

Task<IoResult> Connection::read_some(std::span<char> into) {
  return socket_.async_read_some(asio::buffer(into.data(), into.size()), kAsValues);
}

Task<IoResult> Connection::write(std::string_view bytes) {
  return asio::async_write(socket_, asio::buffer(bytes.data(), bytes.size()), kAsValues);
}

std::size_t Connection::write_now(std::string_view bytes) {
  if (!socket_.is_open()) return 0;
  const auto sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

Task<> Connection::close_sending() {
  Error ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  co_return;
}

void Connection::close() {
  Error ignored;
  socket_.close(ignored);
}

void Connection::reset() {
  Error ignored;
  if (socket_.is_open()) socket_.set_option(asio::ip::tcp::socket::linger(true, 0), ignored);
  socket_.close(ignored);
}

void Connection::expired() {
  timed_out_ = true;
  close();
}

struct PeerWatch::State {
  Connection& connection;
  std::function<void()>
      gone;  // empty once it was called or nobody asks any longer; then the connection may be gone too
  std::unique_ptr<asio::steady_timer> again;
};

PeerWatch::PeerWatch(Connection& connection, std::function<void()> gone)
    : state_(std::make_shared<State>(State{connection, std::move(gone), nullptr})) {
  wait(state_);
}

PeerWatch::~PeerWatch() { state_->gone = nullptr; }

void PeerWatch::wait(std::shared_ptr<State> state) {
  Socket& socket = state->connection.socket();
  socket.async_wait(asio::socket_base::wait_read, [state](const Error&) { look(state); });
}

void PeerWatch::look(std::shared_ptr<State> state) {
  if (!state->gone) return;
  Socket& socket = state->connection.socket();
  pollfd seen{socket.is_open() ? socket.native_handle() : -1, POLLIN | POLLRDHUP, 0};
  const bool looked = seen.fd >= 0 && ::poll(&seen, 1, 0) >= 0;
  if (!looked || (seen.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) {
    if (auto gone = std::exchange(state->gone, nullptr)) gone();
    return;
  }
  if ((seen.revents & POLLIN) == 0) return wait(state);
  // Something is there to be read, of a next request or of TLS, and so a wait would end at once, again and again.
  state->again = std::make_unique<asio::steady_timer>(socket.get_executor(), kLookAgain);
  state->again->async_wait([state](const Error&) { look(state); });
}

}  // namespace pinproof::mock_upstream
