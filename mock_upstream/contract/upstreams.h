// Exits, origin and their contracts together, as a program or a test starts them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mock_upstream/contract/api_server.h"
#include "mock_upstream/exits/exits.h"
#include "mock_upstream/origin/origin.h"

namespace pinproof::mock_upstream {

struct UpstreamsOptions {
  OriginOptions origin;
  ExitsOptions exits;     // where the origin is, is filled in
  bool encrypted = true;  // the origin speaks HTTPS too, with a certificate of ca()
  ApiServerOptions api;   // without a token there is none
};

class Upstreams {
 public:
  Upstreams(std::shared_ptr<Site> site, UpstreamsOptions options);

  /// What hinders it, or nothing: addresses, ports, the limit of open files. Throws where OpenSSL cannot make a key.
  std::optional<std::string> start();

  /// Ends everything: afterwards the executor runs out of work.
  void stop();

  Origin& origin() { return *origin_; }
  Exits& exits() { return *exits_; }
  /// Port 0 when there is none.
  Endpoint api() const { return api_ ? api_->at() : Endpoint(); }
  /// Null when nothing is encrypted.
  const std::shared_ptr<LabCa>& ca() const { return ca_; }

 private:
  std::shared_ptr<Site> site_;
  UpstreamsOptions options_;
  std::shared_ptr<LabCa> ca_;
  std::optional<Origin> origin_;
  std::optional<Exits> exits_;
  std::optional<ApiServer> api_;
};

}  // namespace pinproof::mock_upstream
