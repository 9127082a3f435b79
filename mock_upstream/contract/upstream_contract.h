// The upstream contract (docs/contracts.md): the list of exits, what can be done to them, and the journal of what exits and origin saw.
#pragma once

#include <memory>
#include <vector>

#include "mock_upstream/contract/api_server.h"
#include "mock_upstream/exits/exits.h"
#include "mock_upstream/site/site.h"

namespace pinproof::mock_upstream {

/// A page of the journal: a reader asks again from `next` until nothing more comes.
inline constexpr std::size_t kJournalPageMax = 4096;

/// GET /exits, POST /exits/IP, GET /journal?since=N, POST /release, POST /reset. The exits outlive the routes.
std::vector<ApiRoute> upstream_routes(std::shared_ptr<Site> site, Exits& exits);

}  // namespace pinproof::mock_upstream
