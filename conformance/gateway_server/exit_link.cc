#include "conformance/gateway_server/exit_link.h"

#include <poll.h>

#include <utility>

namespace pinproof::conformance {
namespace {

// Nothing may come on an idle connection: bytes would be an answer that nobody asked for.
bool stands(mock_upstream::Connection& connection) {
  if (!connection.is_open()) return false;
  pollfd seen{connection.socket().native_handle(), POLLIN | POLLRDHUP, 0};
  return ::poll(&seen, 1, 0) == 0;
}

}  // namespace

KeptLinks::KeptLinks(std::size_t exits, std::size_t kept_max, mock_upstream::IdleWatch::Duration idle_max)
    : by_exit_(exits), kept_max_(kept_max), idle_max_(idle_max) {}

std::shared_ptr<ExitLink> KeptLinks::take(sim::ExitId exit) {
  auto& kept = by_exit_[sim::index_of(exit)];
  while (!kept.empty()) {
    std::shared_ptr<ExitLink> last = std::move(kept.back());
    kept.pop_back();
    --kept_;
    mock_upstream::Connection& connection = last->stream->transport();
    connection.never_expire();
    if (stands(connection)) return last;
    connection.close();
  }
  return nullptr;
}

void KeptLinks::keep(std::shared_ptr<ExitLink> link) {
  const bool between = link->answers.message_whole() && !link->answers.has_unread();
  if (!link->reusable || !between || kept_ >= kept_max_) return link->close();
  link->stream->transport().expire_within(idle_max_);
  ++kept_;
  by_exit_[sim::index_of(link->exit)].push_back(std::move(link));
}

void KeptLinks::close_all() {
  for (auto& kept : by_exit_) {
    for (const auto& link : kept) link->close();
    kept.clear();
  }
  kept_ = 0;
}

}  // namespace pinproof::conformance
