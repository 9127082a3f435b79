#include "mock_upstream/contract/upstreams.h"

#include <iterator>
#include <utility>

#include "mock_upstream/contract/clock_contract.h"
#include "mock_upstream/contract/upstream_contract.h"
#include "mock_upstream/net/open_files.h"

namespace pinproof::mock_upstream {

Upstreams::Upstreams(std::shared_ptr<Site> site, UpstreamsOptions options)
    : site_(std::move(site)), options_(std::move(options)) {}

std::optional<std::string> Upstreams::start() {
  if (auto hindrance = provide_open_files(open_files_of(options_.exits))) return hindrance;
  if (options_.encrypted) {
    ca_ = std::make_shared<LabCa>();
    options_.origin.tls = std::make_shared<TlsServer>(ca_, options_.exits.domain);
  }
  origin_.emplace(site_, options_.origin);
  if (auto hindrance = origin_->start()) return hindrance;
  options_.exits.origin_http = origin_->http();
  options_.exits.origin_https = origin_->https();
  exits_.emplace(site_, options_.exits);
  if (auto hindrance = exits_->start()) return hindrance;
  if (options_.api.token.empty()) return std::nullopt;
  std::vector<ApiRoute> routes = upstream_routes(site_, *exits_);
  std::vector<ApiRoute> of_clock = clock_routes(site_->clock, site_->activity);
  std::move(of_clock.begin(), of_clock.end(), std::back_inserter(routes));
  api_.emplace(site_, options_.api, std::move(routes));
  return api_->start();
}

void Upstreams::stop() {
  if (origin_) origin_->stop();
  if (exits_) exits_->stop();
  if (api_) api_->stop();
  site_->idle.expire_all();
}

}  // namespace pinproof::mock_upstream
