#include "conformance/live/one_cpu.h"

#include <cstddef>

namespace pinproof::conformance {

OneCpu::OneCpu(bool wanted) {
  const int here = wanted ? sched_getcpu() : -1;
  if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof(before_), &before_) != 0) return;
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(static_cast<std::size_t>(here), &only);
  kept_ = sched_setaffinity(0, sizeof(only), &only) == 0;
}

OneCpu::~OneCpu() {
  if (kept_) sched_setaffinity(0, sizeof(before_), &before_);
}

}  // namespace pinproof::conformance
