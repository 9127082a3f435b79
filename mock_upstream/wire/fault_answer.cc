#include "mock_upstream/wire/fault_answer.h"

#include "mock_upstream/wire/write.h"

namespace pinproof::mock_upstream {

std::string answer_to_fault(WireFault fault) {
  sim::ResponseHead head;
  head.status = fault == WireFault::kHeadTooLarge ? 431 : fault == WireFault::kUnsupportedCoding ? 501 : 400;
  head.headers.add("Content-Length", "0");
  head.headers.add("Connection", "close");
  std::string out;
  append_head(out, head);
  return out;
}

}  // namespace pinproof::mock_upstream
