// What all connections of one gateway server share. Only the sources of this folder include this.
#pragma once

#include <memory>
#include <set>

#include "conformance/gateway_server/exit_link.h"
#include "conformance/gateway_server/gateway_server.h"
#include "conformance/gateway_server/model_shell.h"
#include "mock_upstream/tls/tls_client.h"
#include "mock_upstream/tls/tls_server.h"

namespace pinproof::conformance {

class ClientConnection;

struct GatewayContext {
  GatewayContext(std::shared_ptr<mock_upstream::Site> site_in, GatewayServerOptions options_in)
      : site(std::move(site_in)),
        options(std::move(options_in)),
        model(*site, options.rules, options.exits, options.seed),
        kept(options.exits.size(), options.exit_connections_kept_max, options.exit_connection_idle_max) {}

  std::shared_ptr<mock_upstream::Site> site;
  GatewayServerOptions options;
  ModelShell model;
  KeptLinks kept;
  std::shared_ptr<mock_upstream::TlsServer> tls;         // towards clients; null without a CA
  std::shared_ptr<mock_upstream::TlsClient> to_origins;  // null where nobody could be trusted
  std::set<ClientConnection*> clients;
};

}  // namespace pinproof::conformance
