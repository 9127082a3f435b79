#include "conformance/gateway_server/origin_guard.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "sim/http/target.h"

namespace pinproof::conformance {

std::string forbidden_host(const GatewayServerOptions& options, const sim::RequestHead& head) {
  if (options.allow_all) return {};
  const auto target =
      head.method == "CONNECT" ? sim::parse_authority_form(head.target) : sim::parse_absolute_form(head.target);
  if (!target) return {};
  const auto& domains = options.allowed_domains;
  const bool allowed = std::any_of(domains.begin(), domains.end(),
                                   [&](const std::string& domain) { return sim::within_domain(target->host, domain); });
  return allowed ? std::string() : std::string(target->host);
}

sim::ResponseHead refusal_head() {
  sim::ResponseHead head;
  head.status = 403;
  head.headers.add("Content-Type", "text/plain");
  return head;
}

std::string refusal_text(const GatewayServerOptions& options, const std::string& host) {
  return fmt::format("this gateway does not forward to {}: it is for hosts under {} only\n", host,
                     fmt::join(options.allowed_domains, ", "));
}

}  // namespace pinproof::conformance
