// The heads that a gateway sends on: pure functions of the rules and the head that came in (G-1, H-NOT-2).
#pragma once

#include "sim/gateway/rules.h"
#include "sim/http/message.h"

namespace pinproof::sim {

/// The request head for the exit: method, target and end-to-end fields unchanged; hop-by-hop fields (also those that Connection
/// names), the proxy credentials and the gateway's own fields are gone.
RequestHead forwarded_request(const ForwardingRules& rules, const RequestHead& head);

/// The response head for the client: the exit's, without hop-by-hop fields and fields in the gateway's name space, which only
/// the gateway may speak in, and with `added`. For CONNECT the exit's own fields are dropped whole.
ResponseHead relayed_response(const ForwardingRules& rules, const ResponseHead& head, const Headers& added,
                              bool connect);

}  // namespace pinproof::sim
