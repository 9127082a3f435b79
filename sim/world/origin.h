// The origin of every scenario, as a pure function: what it answers stands in the URL, so that the simulator and the lab serve the
// same. A request is tied to what upstreams and origin saw of it by a token in its URL: http://HOST/t/TOKEN[?options]; a CONNECT by
// its host, TOKEN.HOST.
//
//   size=N     body of N bytes, up to kOriginBodyMax    gate=N    stops after N bytes, fewer than the body has, until released
//   status=N   answers with that status, 200 to 599     cookie=V  sets the cookie "c" to V
//
// Without a size the body is the token and a line feed. What the origin read of the request's body is said in the field
// Origin-Read-Bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/http/message.h"

namespace pinproof::sim {

/// A body that is made as it is sent: a text, or a pattern of any length.
struct OriginBody {
  std::uint64_t size = 0;
  std::string text;  // the body, where it is not the pattern

  /// Appends `count` bytes from `offset` on, within the size.
  void append_to(std::string& out, std::uint64_t offset, std::uint64_t count) const;
};

struct OriginPlan {
  ResponseHead head;  // with Content-Length
  OriginBody body;
  std::optional<std::uint64_t> gate_at;  // bytes sent before it waits
};

/// The same, with the body made.
struct OriginAnswer {
  ResponseHead head;
  std::string body;
  std::optional<std::uint64_t> gate_at;
};

/// More than any promise needs, and the simulator makes a body whole in memory.
inline constexpr std::uint64_t kOriginBodyMax = 64ULL << 20U;

/// The answer to a request whose body had `body_bytes`. HEAD gets the head alone, with the length that GET would get; 204 and 304 have no
/// body (RFC 9110, 15). An option that cannot be read or is out of its range is answered 400, whose body names it; options it does not
/// know are ignored.
OriginPlan plan_of_origin(const RequestHead& head, std::uint64_t body_bytes);
OriginAnswer answer_of_origin(const RequestHead& head, std::string_view body);

/// The token of a request target in absolute- or origin-form, "/t/TOKEN"; empty when there is none.
std::string token_of_target(std::string_view target);
/// The token of a CONNECT host, with or without a port: its first label, whole, where that begins with "t-"; empty when it does not.
std::string token_of_connect_host(std::string_view host);

}  // namespace pinproof::sim
