#include "conformance/gateway_server/interception.h"

#include <fmt/format.h>

#include <span>

namespace pinproof::conformance {

using mock_upstream::RequestStream;
using mock_upstream::Stream;
using mock_upstream::Task;

namespace {

constexpr char kTlsHandshake = 0x16;  // the first byte of a TLS record that begins a session (RFC 8446, 5.1)
constexpr std::size_t kFirstBytes = 2UL << 10U;

}  // namespace

std::string ReadTunnel::absolute(std::string_view target) const {
  if (!target.starts_with('/')) return std::string(target);
  std::string_view host = authority;
  const std::string_view default_port = encrypted ? ":443" : ":80";
  if (host.ends_with(default_port)) host.remove_suffix(default_port.size());
  return fmt::format("{}://{}{}", encrypted ? "https" : "http", host, target);
}

Task<std::shared_ptr<RequestStream>> enter_tunnel(std::shared_ptr<GatewayContext> context,
                                                  std::shared_ptr<Stream> stream, std::string already_read,
                                                  std::shared_ptr<ReadTunnel> tunnel) {
  const GatewayServerOptions& options = context->options;
  if (already_read.empty()) {
    already_read.resize(kFirstBytes);
    const std::span<char> room(already_read);
    stream->transport().expire_within(options.wire.idle_max);
    const auto [error, read] = co_await stream->read_some(room);
    stream->transport().never_expire();
    if (error) co_return nullptr;
    already_read.resize(read);
  }
  tunnel->encrypted = already_read.front() == kTlsHandshake;
  if (tunnel->encrypted) {
    if (!context->tls) {
      stream->transport().close();
      co_return nullptr;
    }
    stream = co_await context->tls->accept(stream, options.handshake_time_max, std::move(already_read));
    if (!stream) co_return nullptr;
    already_read = std::string();
  }
  co_return std::make_shared<RequestStream>(std::move(stream), options.wire, std::move(already_read));
}

}  // namespace pinproof::conformance
