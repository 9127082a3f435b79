#include "sim/core/check.h"

#include <cstdio>
#include <cstdlib>

namespace pinproof::sim {

void fail_check(const char* file, int line, std::string_view condition, std::string_view message) {
  const std::string text = fmt::format("{}:{}: check failed: {}: {}\n", file, line, condition, message);
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
  std::abort();
}

}  // namespace pinproof::sim
