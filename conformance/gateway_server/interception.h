// A CONNECT that the gateway answers itself, to read the requests inside the tunnel as its end (the crawlera dialect: its headers reach
// clients of https URLs that way). Inside may be TLS, or requests in the clear: the first byte tells.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "conformance/gateway_server/gateway_context.h"
#include "mock_upstream/wire/message_stream.h"

namespace pinproof::conformance {

/// Where the tunnel that is being read leads.
struct ReadTunnel {
  std::string authority;  // of the CONNECT
  bool encrypted = false;

  /// The target of a request inside in absolute form, as the model and the exits want it; one that names no path stays as it is.
  std::string absolute(std::string_view target) const;
};

/// Waits for the first bytes inside, which began with `already_read`, and makes the stream that requests are read from; with TLS that is
/// the gateway as the tunnel's end, its certificate in the name that the client asks for. Null when the client has gone, or speaks TLS to a
/// gateway without a CA; then the connection is ended.
mock_upstream::Task<std::shared_ptr<mock_upstream::RequestStream>> enter_tunnel(
    std::shared_ptr<GatewayContext> context, std::shared_ptr<mock_upstream::Stream> stream, std::string already_read,
    std::shared_ptr<ReadTunnel> tunnel);

}  // namespace pinproof::conformance
