// A peer that does to its clients what a test says, whatever they ask for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mock_upstream/net/connection.h"
#include "mock_upstream/net/listener.h"
#include "mock_upstream/tls/tls_server.h"

namespace pinproof::conformance {

struct HostileDeed {
  enum class Then : std::uint8_t {
    kStays,
    kCloses,
    kResets,
    kGoesOn,  // says `answer` again and again, up to 100 MB
  };
  std::string answer;  // to the first bytes that come, and to those that come later
  Then then = Then::kStays;
  bool waits = true;                                   // until something was asked; else it speaks, or ends, at once
  std::shared_ptr<mock_upstream::TlsServer> encrypts;  // null: it speaks in the clear
};

/// Shared with its connections, which end with the site's.
class HostileServer {
 public:
  HostileServer(const mock_upstream::Executor& executor, mock_upstream::IdleWatch& idle, mock_upstream::Tasks& tasks,
                HostileDeed deed);

  mock_upstream::Endpoint at() const { return listener_.local(); }
  std::size_t connections() const { return connections_; }
  void stop() { listener_.close(); }

 private:
  static mock_upstream::Task<> serve(std::shared_ptr<mock_upstream::Connection> connection, HostileDeed deed);

  HostileDeed deed_;
  std::size_t connections_ = 0;
  mock_upstream::Listener listener_;
};

}  // namespace pinproof::conformance
