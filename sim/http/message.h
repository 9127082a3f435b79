// HTTP/1.1 message heads as values. No parser and no socket here: the simulator makes them, the lab's codec reads them from bytes.
#pragma once

#include <string>

#include "sim/http/headers.h"

namespace pinproof::sim {

struct RequestHead {
  std::string method = "GET";
  std::string target;  // absolute-form, origin-form, or authority-form for CONNECT (RFC 9112, 3.2)
  Headers headers;

  bool operator==(const RequestHead&) const = default;
};

struct ResponseHead {
  int status = 200;
  Headers headers;

  bool operator==(const ResponseHead&) const = default;
};

/// The usual reason phrase of a status code; "Unknown" for one without a registered phrase.
std::string_view reason_phrase(int status);

}  // namespace pinproof::sim
