// The origin's side of one connection: requests are read, noted in the journal and answered as their URL says (sim/world/origin.h), until
// the peer closes.
#pragma once

#include <memory>
#include <string>

#include "mock_upstream/site/site.h"
#include "mock_upstream/wire/message_stream.h"

namespace pinproof::mock_upstream {

/// `from` is the source address that the journal gives, `tls_fingerprint` is empty in the clear.
Task<> serve_origin(std::shared_ptr<Site> site, std::shared_ptr<Stream> stream, WireLimits limits, std::string from,
                    std::string tls_fingerprint);

}  // namespace pinproof::mock_upstream
