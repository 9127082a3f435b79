// How a TLS client's hello looks, in a form that others know: JA3. Two clients of one kind have the same; a gateway that speaks TLS itself
// shows its own and not its client's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinproof::mock_upstream {

/// "VERSION,CIPHERS,EXTENSIONS,GROUPS,POINT_FORMATS", numbers in the order of the hello, GREASE (RFC 8701) left out. `hello` is the
/// handshake message, its header of four bytes included; nothing when it is no ClientHello or is cut.
std::optional<std::string> ja3_text(std::string_view hello);

}  // namespace pinproof::mock_upstream
