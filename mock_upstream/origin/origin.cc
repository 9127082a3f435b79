#include "mock_upstream/origin/origin.h"

#include <fmt/format.h>

#include <utility>

#include "mock_upstream/origin/origin_service.h"

namespace pinproof::mock_upstream {
namespace {

Task<> serve_in_the_clear(std::shared_ptr<Site> site, Socket socket, WireLimits limits,
                          std::shared_ptr<std::uint64_t> connections) {
  const Counted counted(*connections);
  auto connection = std::make_shared<Connection>(std::move(socket), site->idle);
  const std::string from = connection->peer().to_string();
  co_await serve_origin(site, connection, limits, from, std::string());
}

Task<> serve_encrypted(std::shared_ptr<Site> site, Socket socket, OriginOptions options,
                       std::shared_ptr<std::uint64_t> connections) {
  const Counted counted(*connections);
  auto connection = std::make_shared<Connection>(std::move(socket), site->idle);
  const std::string from = connection->peer().to_string();
  const auto stream = co_await options.tls->accept(connection, options.handshake_time_max);
  if (!stream) co_return;
  const std::string fingerprint = stream->client_fingerprint();
  co_await serve_origin(site, stream, options.wire, from, fingerprint);
}

}  // namespace

Origin::Origin(std::shared_ptr<Site> site, OriginOptions options)
    : site_(std::move(site)),
      options_(std::move(options)),
      http_(
          site_->executor(), [this](Socket socket) { serve(std::move(socket), false); },
          [tasks = site_->tasks](std::string_view what) { tasks->report(what); }),
      https_(
          site_->executor(), [this](Socket socket) { serve(std::move(socket), true); },
          [tasks = site_->tasks](std::string_view what) { tasks->report(what); }) {}

std::optional<std::string> Origin::start() {
  const auto open = [](Listener& listener, const Endpoint& at) -> std::optional<std::string> {
    const Error error = listener.open(at);
    if (!error) return std::nullopt;
    return fmt::format("the origin cannot listen at {}:{}: {}", at.address().to_string(), at.port(), error.message());
  };
  if (auto hindrance = open(http_, options_.http)) return hindrance;
  if (!options_.tls) return std::nullopt;
  return open(https_, options_.https);
}

void Origin::stop() {
  http_.close();
  https_.close();
}

void Origin::serve(Socket socket, bool encrypted) {
  if (*connections_ >= options_.connections_max) {
    Connection(std::move(socket), site_->idle).reset();
  } else if (encrypted) {
    site_->tasks->start("an origin connection", serve_encrypted(site_, std::move(socket), options_, connections_));
  } else {
    site_->tasks->start("an origin connection",
                        serve_in_the_clear(site_, std::move(socket), options_.wire, connections_));
  }
}

}  // namespace pinproof::mock_upstream
