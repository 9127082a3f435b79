// HTTP/1.1 messages as bytes: heads, and bodies in chunks.
//
// A CR, LF or NUL in a name or value is written as a space (RFC 9110, 5.5): what a scenario or a peer put there never begins a field or a
// message of its own.
#pragma once

#include <string>
#include <string_view>

#include "sim/http/message.h"

namespace pinproof::mock_upstream {

/// Append the head, its empty line included.
void append_head(std::string& out, const sim::RequestHead& head);
void append_head(std::string& out, const sim::ResponseHead& head);

/// Appends a piece of a chunked body as a chunk of its own; nothing for an empty one, which would end the body.
void append_chunk(std::string& out, std::string_view piece);
/// Appends the end of a chunked body.
void append_last_chunk(std::string& out);

}  // namespace pinproof::mock_upstream
