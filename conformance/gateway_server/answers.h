// What the client is sent: which framing an answer's body has on the client's side, and what its head says of the connection.
#pragma once

#include <string>
#include <string_view>

#include "mock_upstream/wire/codec.h"
#include "sim/http/message.h"

namespace pinproof::conformance {

/// Of a request, what its answers depend on.
struct AskedBy {
  bool head_only = false;  // HEAD
  bool http_1_1 = true;
};

/// How a body goes to the client that comes from an exit framed as `facts` say. A client of HTTP/1.0 knows no chunks, so for it what has
/// no length ends with the connection. `length_withheld`: the length is not to be said though it is known.
mock_upstream::BodyFraming framing_to_client(const mock_upstream::HeadFacts& facts, int status, const AskedBy& asked,
                                             bool length_withheld);

/// Appends the head with the fields that framing and connection need. `kept`: the connection stays open after this answer.
void append_answer_head(std::string& out, sim::ResponseHead& head, mock_upstream::BodyFraming framing, bool kept,
                        const AskedBy& asked);

/// A whole answer of the gateway's own; Content-Length is added where it is missing.
void append_own_answer(std::string& out, sim::ResponseHead& head, std::string_view body, bool kept,
                       const AskedBy& asked);

}  // namespace pinproof::conformance
