// Keeps this thread on the processor where it is, for as long as this lives.
//
// What is written to sockets of the same machine is delivered by the processor that wrote it, one after the other: so it arrives in the
// order in which it was written. A thread that is moved to another processor in between may overtake itself.
#pragma once

#include <sched.h>

namespace pinproof::conformance {

class OneCpu {
 public:
  /// Where the system does not let it, or `wanted` is false, it does nothing.
  explicit OneCpu(bool wanted);
  ~OneCpu();
  OneCpu(const OneCpu&) = delete;
  OneCpu& operator=(const OneCpu&) = delete;

 private:
  cpu_set_t before_{};
  bool kept_ = false;
};

}  // namespace pinproof::conformance
