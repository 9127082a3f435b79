// A lab as a program runs it: on an io_context of its own, with its APIs served, until somebody says that it is enough.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "conformance/lab/lab.h"

namespace pinproof::conformance {

/// URLs without a path; what is not served is empty.
struct LabAddresses {
  std::string gateway;
  std::string gateway_encrypted;
  std::string origin;
  std::string origin_encrypted;
  std::string gateway_api;    // the clock contract of the gateway
  std::string upstreams_api;  // the upstream contract, and the clock contract of the upstreams
};

class LabService {
 public:
  /// `options` have a token. Reports go to `report`, a line each.
  LabService(LabOptions options, mock_upstream::Report report);
  ~LabService();
  LabService(const LabService&) = delete;
  LabService& operator=(const LabService&) = delete;

  /// Everything listens from now on; what hinders it, or nothing.
  std::optional<std::string> start();

  LabAddresses addresses() const;
  /// Of the certificate that clients have to trust; empty when nothing is encrypted.
  std::string ca_pem() const;

  /// Serves until `enough()`, which is asked a few times a second; then ends every connection.
  void serve(const std::function<bool()>& enough);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace pinproof::conformance
