// What the connections of a live target's clients have in common. Shared by every coroutine that is under way, so that it is there as long
// as one is.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "mock_upstream/net/idle_watch.h"
#include "mock_upstream/net/tasks.h"
#include "mock_upstream/tls/tls_client.h"

namespace pinproof::conformance {

/// Where a client connects to.
struct LiveEndpoint {
  mock_upstream::Endpoint at{mock_upstream::asio::ip::address_v4::loopback(), 0};
  bool encrypted = false;
  std::string
      host;  // as its certificate and a Host field have it: "gateway.example:443", without the port for the former
};

struct LiveSite {
  LiveSite(const mock_upstream::Executor& executor, mock_upstream::Report report)
      : tasks(executor, std::move(report)), idle(executor) {}

  mock_upstream::Tasks tasks;
  mock_upstream::IdleWatch idle;
  std::string own_trouble;  // what this side lacks: no gateway is to be blamed for it
  std::size_t queued = 0;   // requests that are not sent, because one before them on their connection is not answered
  std::shared_ptr<mock_upstream::TlsClient> tls;  // null: nothing encrypted can be asked for
  /// Of the wall clock, like all that is about sockets and not about promises.
  mock_upstream::IdleWatch::Duration connect_time_max = std::chrono::seconds(5);
};

}  // namespace pinproof::conformance
