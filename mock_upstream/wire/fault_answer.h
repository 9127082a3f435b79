// The answer to a request that could not be read.
#pragma once

#include <string>

#include "mock_upstream/wire/codec.h"

namespace pinproof::mock_upstream {

/// 431 for a head that is too large, 501 for a coding that nobody knows, else 400: a whole answer that ends the connection, as bytes.
std::string answer_to_fault(WireFault fault);

}  // namespace pinproof::mock_upstream
