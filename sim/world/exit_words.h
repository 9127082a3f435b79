// What an exit says and changes of its own, the same in the simulator and in the lab.
#pragma once

#include <string>
#include <string_view>

#include "sim/http/message.h"

namespace pinproof::sim {

/// An exit's own answer: it cannot serve the request. It says so in the words of RFC 9209, which is how a gateway tells it from an
/// origin's answer.
struct ExitAnswer {
  ResponseHead head;  // with Content-Length
  std::string body;
};
ExitAnswer failure_of_exit(std::string_view address);

/// The form that an origin reads: a path for a target, and where it was to go in Host. A head that is not in absolute form stays as it is.
RequestHead to_origin_form(RequestHead head);

}  // namespace pinproof::sim
