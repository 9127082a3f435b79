// What keeps the gateway from being an open proxy by accident: the hosts that it forwards to.
//
// It is asked before the model hears of a request, so that a request to anywhere else opens no session and takes no slot.
#pragma once

#include <string>

#include "conformance/gateway_server/gateway_server.h"
#include "sim/http/message.h"

namespace pinproof::conformance {

/// The host that a request is refused for; empty when it may go on. So it may where the target names no host: then it is the
/// gateway's own resource, or for the model to refuse.
std::string forbidden_host(const GatewayServerOptions& options, const sim::RequestHead& head);

/// 403, with the reason in its body.
sim::ResponseHead refusal_head();
std::string refusal_text(const GatewayServerOptions& options, const std::string& host);

}  // namespace pinproof::conformance
