// Connections from the gateway to exits, and those that are kept idle for a next request.
//
// A kept one is looked at before it is used: when the exit has ended it meanwhile it is thrown away, and a fresh connection finds out
// whether the exit is there. After that there is no second chance: what then happens to a request happened at the exit.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "mock_upstream/net/connection.h"
#include "mock_upstream/wire/message_stream.h"
#include "sim/core/exit.h"

namespace pinproof::conformance {

struct ExitLink {
  ExitLink(sim::ExitId to, std::shared_ptr<mock_upstream::Stream> over, const mock_upstream::WireLimits& limits)
      : exit(to), stream(std::move(over)), answers(stream, limits) {}

  void close() { stream->transport().close(); }

  sim::ExitId exit;
  std::shared_ptr<mock_upstream::Stream> stream;
  mock_upstream::ResponseStream answers;
  bool reusable = false;  // after its answer, as far as the request goes
};

class KeptLinks {
 public:
  KeptLinks(std::size_t exits, std::size_t kept_max, mock_upstream::IdleWatch::Duration idle_max);

  /// One that still stands, the last used first; null when there is none.
  std::shared_ptr<ExitLink> take(sim::ExitId exit);
  /// For the next request, or closed.
  void keep(std::shared_ptr<ExitLink> link);
  void close_all();

 private:
  std::vector<std::vector<std::shared_ptr<ExitLink>>> by_exit_;
  std::size_t kept_ = 0;
  std::size_t kept_max_;
  mock_upstream::IdleWatch::Duration idle_max_;
};

}  // namespace pinproof::conformance
