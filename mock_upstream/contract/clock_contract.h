// The clock contract (docs/contracts.md): whoever serves it can have its clock read and, where it is controlled, moved.
#pragma once

#include <vector>

#include "mock_upstream/clock/clock.h"
#include "mock_upstream/contract/api_server.h"
#include "mock_upstream/site/site.h"

namespace pinproof::mock_upstream {

inline constexpr int kContractVersion = 1;

/// GET /clock and POST /clock/advance. Clock and activity outlive the routes.
std::vector<ApiRoute> clock_routes(Clock& clock, const Activity& activity);

}  // namespace pinproof::mock_upstream
