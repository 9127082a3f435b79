#include "conformance/profile/live_profile.h"

#include <fmt/chrono.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "conformance/live/contract_client.h"
#include "conformance/profile/echo_address.h"
#include "mock_upstream/tls/tls_client.h"
#include "sim/http/target.h"

namespace pinproof::conformance {
namespace {

namespace asio = mock_upstream::asio;

/// What a live target runs on.
struct Ground {
  asio::io_context io{1};
  std::unique_ptr<HttpClockControl> clock;
  std::unique_ptr<HttpUpstreamControl> upstreams;
};

// A base, and the first, so that it outlives the target.
struct GroundHolder {
  std::unique_ptr<Ground> ground;
};

class ProfileTarget final : private GroundHolder, public LiveTarget {
 public:
  ProfileTarget(std::unique_ptr<Ground> under, LiveTargetOptions options)
      : GroundHolder{std::move(under)},
        LiveTarget(std::move(options), ground->io, ground->clock.get(), ground->upstreams.get()) {}
};

/// Where a URL leads to, or why that is not known.
std::variant<LiveEndpoint, std::string> endpoint_of(const std::string& url) {
  const auto target = sim::parse_absolute_form(url);
  if (!target) return "not a URL";
  LiveEndpoint endpoint;
  endpoint.encrypted = target->encrypted;
  endpoint.host = std::string(target->host) + ":" + std::to_string(target->port);
  asio::io_context io{1};
  asio::ip::tcp::resolver resolver(io);
  mock_upstream::Error error;
  const auto found =
      resolver.resolve(asio::ip::tcp::v4(), std::string(target->host), std::to_string(target->port), error);
  if (error || found.empty()) return "cannot find " + std::string(target->host) + ": " + error.message();
  endpoint.at = found.begin()->endpoint();
  return endpoint;
}

std::variant<std::shared_ptr<mock_upstream::TlsClient>, std::string> tls_of(const FoundProfile& found) {
  mock_upstream::TlsTrust trust;
  trust.kind = !found.profile.gateway.certificates_checked ? mock_upstream::TlsTrust::Kind::kNothing
               : found.authorities.empty()                 ? mock_upstream::TlsTrust::Kind::kSystem
                                                           : mock_upstream::TlsTrust::Kind::kGiven;
  trust.pem = found.authorities;
  return mock_upstream::TlsClient::make(trust);
}

std::optional<ExitEcho> echo_of(const FoundProfile& found) {
  if (found.page.empty()) return std::nullopt;
  const auto target = sim::parse_absolute_form(found.page);
  ExitEcho echo;
  echo.host = std::string(target->host);
  const bool usual_port = target->port == (target->encrypted ? 443 : 80);
  if (!usual_port) echo.host += ":" + std::to_string(target->port);
  echo.path = std::string(target->path);
  echo.encrypted = target->encrypted;
  echo.read = echo_reader(found.profile.origin);
  return echo;
}

ContractOptions options_of(const FoundContract& contract) {
  ContractOptions options;
  options.url = contract.url;
  options.token = contract.token;
  return options;
}

std::string now_in_words() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

/// Everything but what has to be asked for; or what is wrong.
std::variant<LiveTargetOptions, std::string> live_options(const FoundProfile& found, const ConnectOptions& options) {
  const Profile& profile = found.profile;
  LiveTargetOptions live;
  live.description = description_of(profile);
  if (profile.clock.kind == ClockKind::kWall) {
    live.description.epoch = now_in_words();
    if (options.time_max) {
      live.description.duration_max = std::chrono::duration_cast<Duration>(*options.time_max * profile.clock.scale);
    }
  }
  auto gateway = endpoint_of(found.gateway);
  if (auto* const why = std::get_if<std::string>(&gateway)) return "the gateway: " + *why;
  live.gateway = std::get<LiveEndpoint>(std::move(gateway));
  if (!found.api.empty()) {
    auto api = endpoint_of(found.api);
    if (auto* const why = std::get_if<std::string>(&api)) return "the sessions API: " + *why;
    live.api_at = std::get<LiveEndpoint>(std::move(api));
  }
  if (profile.api) live.api = profile.api->dialect;
  live.accounts = found.accounts;
  auto tls = tls_of(found);
  if (auto* const why = std::get_if<std::string>(&tls)) return "the authorities to trust: " + *why;
  live.tls = std::get<std::shared_ptr<mock_upstream::TlsClient>>(std::move(tls));
  live.echo = echo_of(found);
  live.reads_inside_tunnels = profile.gateway.reads_inside_tunnels;
  live.requests_per_second_max = profile.limits.requests_per_second;
  if (profile.limits.concurrency) live.in_flight_max = static_cast<std::size_t>(*profile.limits.concurrency);
  live.settling = std::chrono::ceil<std::chrono::milliseconds>(profile.settle);
  live.stop = options.stop;
  live.report = options.report;
  return live;
}

}  // namespace

std::variant<std::unique_ptr<Target>, std::string> connect(const FoundProfile& found, const ConnectOptions& options) {
  auto prepared = live_options(found, options);
  if (auto* const why = std::get_if<std::string>(&prepared)) return std::move(*why);
  auto& live = std::get<LiveTargetOptions>(prepared);
  auto ground = std::make_unique<Ground>();
  try {
    if (found.clock) {
      ground->clock = std::make_unique<HttpClockControl>(ground->io, options_of(*found.clock));
      ground->clock->state();
    }
    if (found.upstreams) {
      ground->upstreams = std::make_unique<HttpUpstreamControl>(ground->io, options_of(*found.upstreams));
      live.description.exits = ground->upstreams->exits();
    }
  } catch (const ControlLost& lost) {
    return std::string(lost.what());
  }
  auto target = std::make_unique<ProfileTarget>(std::move(ground), std::move(live));
  if (auto why = target->unreachable()) return "the gateway: " + *why;
  return std::unique_ptr<Target>(std::move(target));
}

}  // namespace pinproof::conformance
