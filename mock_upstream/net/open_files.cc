#include "mock_upstream/net/open_files.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cerrno>
#include <system_error>

namespace pinproof::mock_upstream {

std::optional<std::string> provide_open_files(std::uint64_t needed) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return fmt::format("cannot read the limit of open files: {}", std::generic_category().message(errno));
  }
  if (limit.rlim_max < needed) {
    return fmt::format(
        "needs {} open files, and the hard limit is {}: raise it (ulimit -Hn, or LimitNOFILE= of the service), or ask "
        "for "
        "fewer exits",
        needed, limit.rlim_max);
  }
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return fmt::format("cannot raise the limit of open files to {}: {}", limit.rlim_cur,
                       std::generic_category().message(errno));
  }
  return std::nullopt;
}

std::uint64_t open_files_max() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : 0;
}

}  // namespace pinproof::mock_upstream
