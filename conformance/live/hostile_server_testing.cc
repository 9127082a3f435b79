#include "conformance/live/hostile_server_testing.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace pinproof::conformance {

using mock_upstream::Connection;
using mock_upstream::Socket;
using mock_upstream::Stream;
using mock_upstream::Task;

HostileServer::HostileServer(const mock_upstream::Executor& executor, mock_upstream::IdleWatch& idle,
                             mock_upstream::Tasks& tasks, HostileDeed deed)
    : deed_(std::move(deed)),
      listener_(
          executor,
          [this, &idle, &tasks](Socket socket) {
            ++connections_;
            auto connection = std::make_shared<Connection>(std::move(socket), idle);
            tasks.start("a hostile connection", serve(std::move(connection), deed_));
          },
          [](std::string_view) {}) {
  const mock_upstream::Error error = listener_.open({mock_upstream::asio::ip::address_v4::loopback(), 0});
  EXPECT_FALSE(error) << error.message();
}

Task<> HostileServer::serve(std::shared_ptr<Connection> connection, HostileDeed deed) {
  constexpr std::size_t kMost = 100UL << 20U;
  std::array<char, 16384> buffer{};
  const std::span<char> room(buffer);
  std::shared_ptr<Stream> stream = connection;
  if (deed.encrypts) {
    const auto encrypted = co_await deed.encrypts->accept(connection, std::chrono::seconds(10));
    if (!encrypted) co_return;
    stream = encrypted;
  }
  while (true) {
    if (deed.waits) {
      const auto [error, read] = co_await stream->read_some(room);
      if (error) co_return;
    }
    std::size_t said = 0;
    do {
      const auto [error, written] = co_await stream->write(deed.answer);
      if (error) co_return;
      said += written;
    } while (deed.then == HostileDeed::Then::kGoesOn && said < kMost);
    if (deed.then == HostileDeed::Then::kCloses) connection->close();
    if (deed.then == HostileDeed::Then::kResets) connection->reset();
    if (!connection->is_open()) co_return;
    deed.waits = true;
  }
}

}  // namespace pinproof::conformance
