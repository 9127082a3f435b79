#include "conformance/lab/lab_service.h"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <utility>

namespace pinproof::conformance {
namespace {

using mock_upstream::Endpoint;

/// How late a signal, or a parent's end, may be noticed.
constexpr std::chrono::milliseconds kLook{100};

/// What is under way when it ends gets so long to end too.
constexpr std::chrono::seconds kFarewell{2};

std::string url(const char* scheme, const Endpoint& at) {
  return at.port() == 0 ? "" : scheme + at.address().to_string() + ":" + std::to_string(at.port());
}

}  // namespace

struct LabService::Inside {
  Inside(LabOptions options_in, mock_upstream::Report report)
      : options(std::move(options_in)), lab(io, options, std::move(report)) {}

  LabOptions options;
  mock_upstream::asio::io_context io{1};
  Lab lab;
};

LabService::LabService(LabOptions options, mock_upstream::Report report)
    : inside_(std::make_unique<Inside>(std::move(options), std::move(report))) {}

LabService::~LabService() = default;

std::optional<std::string> LabService::start() { return inside_->lab.start(); }

LabAddresses LabService::addresses() const {
  LabAddresses addresses;
  mock_upstream::Upstreams& upstreams = inside_->lab.upstreams();
  addresses.origin = url("http://", upstreams.origin().http());
  addresses.origin_encrypted = url("https://", upstreams.origin().https());
  addresses.upstreams_api = url("http://", upstreams.api());
  if (!inside_->options.gateway) return addresses;
  addresses.gateway = url("http://", inside_->lab.gateway().at());
  addresses.gateway_encrypted = url("https://", inside_->lab.gateway().encrypted_at());
  addresses.gateway_api = url("http://", inside_->lab.gateway_api());
  return addresses;
}

std::string LabService::ca_pem() const {
  const auto& ca = inside_->lab.ca();
  return ca ? ca->certificate_pem() : std::string();
}

void LabService::serve(const std::function<bool()>& enough) {
  while (!enough()) inside_->io.run_for(kLook);
  inside_->lab.stop();
  inside_->io.run_for(kFarewell);
}

}  // namespace pinproof::conformance
