#include "conformance/lab/lab.h"

#include <charconv>
#include <functional>
#include <utility>
#include <variant>

#include "mock_upstream/clock/controlled_clock.h"
#include "mock_upstream/clock/wall_clock.h"
#include "mock_upstream/contract/clock_contract.h"
#include "sim/core/check.h"
#include "sim/core/json_reader.h"
#include "sim/core/random.h"
#include "sim/http/target.h"
#include "sim/world/origin.h"

namespace pinproof::conformance {
namespace {

using mock_upstream::Endpoint;
using mock_upstream::Executor;

std::unique_ptr<mock_upstream::Clock> clock_of(const LabOptions& options, const Executor& executor) {
  PINPROOF_CHECK(options.clock != ClockKind::kVirtual, "a lab on virtual time");
  if (options.clock == ClockKind::kControlled) return std::make_unique<mock_upstream::ControlledClock>();
  return std::make_unique<mock_upstream::WallClock>(executor, options.clock_scale);
}

Endpoint on_loopback(std::uint16_t port) { return {mock_upstream::asio::ip::address_v4::loopback(), port}; }

/// What the simulated world makes of its seed, so that picks are the same.
std::uint64_t gateway_seed(std::uint64_t seed) { return sim::Random(seed).split("gateway").bits(); }

/// What the journal says of a request that nobody was there to refuse.
mock_upstream::ExitSaw refused_by(const std::string& exit, const sim::RequestHead& request) {
  const bool connect = request.method == "CONNECT";
  const auto target = connect ? sim::parse_authority_form(request.target) : sim::parse_absolute_form(request.target);
  mock_upstream::ExitSaw saw;
  saw.exit = exit;
  saw.sight = mock_upstream::ExitSight::kRefused;
  saw.method = request.method;
  if (target) saw.host = std::string(target->host);
  saw.token = connect ? sim::token_of_connect_host(saw.host) : sim::token_of_target(request.target);
  return saw;
}

/// {"seed": "N"}, as text since JSON's numbers are not exact that far; or nothing, for the seed that it began with.
std::variant<std::uint64_t, sim::InputError> seed_in(const std::string& body, std::uint64_t otherwise) {
  if (body.empty()) return otherwise;
  return sim::parse_json("body", body, [&](const sim::JsonReader& json) {
    json.object({"seed"});
    const auto seed = json.optional("seed");
    if (!seed) return otherwise;
    const std::string text = seed->string();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
      seed->refuse("an integer of 64 bits, in decimal digits");
    return value;
  });
}

/// {"user": NAME} or {"session": ID}.
std::variant<std::string, sim::InputError> session_in(const std::string& body) {
  return sim::parse_json("body", body, [](const sim::JsonReader& json) {
    json.object({"user", "session"});
    const auto user = json.optional("user");
    const auto session = json.optional("session");
    if (user.has_value() == session.has_value()) json.refuse("either \"user\" or \"session\"");
    return (user ? *user : *session).string();
  });
}

}  // namespace

struct Lab::Machine {
  Machine(const LabOptions& options, const Executor& executor, mock_upstream::Report report)
      : clock(clock_of(options, executor)),
        site(std::make_shared<mock_upstream::Site>(executor, *clock, std::move(report))) {}

  std::unique_ptr<mock_upstream::Clock> clock;
  std::shared_ptr<mock_upstream::Site> site;
};

Lab::Lab(mock_upstream::asio::io_context& io, LabOptions options, mock_upstream::Report report)
    : options_(std::move(options)),
      gateway_machine_(std::make_unique<Machine>(options_, io.get_executor(), report)),
      upstreams_machine_(std::make_unique<Machine>(options_, io.get_executor(), report)) {}

Lab::~Lab() = default;

std::optional<std::string> Lab::start() {
  mock_upstream::UpstreamsOptions upstreams;
  upstreams.origin.http = on_loopback(options_.origin_port);
  upstreams.origin.https = on_loopback(options_.origin_encrypted_port);
  upstreams.exits.exits = options_.exits;
  upstreams.exits.port = options_.exits_port;
  upstreams.encrypted = options_.encrypted;
  upstreams.api.at = on_loopback(options_.upstreams_api_port);
  upstreams.api.token = options_.api_token;
  upstreams_.emplace(upstreams_machine_->site, std::move(upstreams));
  if (auto hindrance = upstreams_->start()) return hindrance;
  upstream_control_.emplace(upstreams_machine_->site, upstreams_->exits());
  return options_.gateway ? start_gateway() : std::nullopt;
}

std::optional<std::string> Lab::start_gateway() {
  GatewayServerOptions gateway;
  gateway.rules = options_.rules;
  gateway.exits = upstreams_->exits().list();
  gateway.seed = gateway_seed(options_.seed);
  gateway.at = on_loopback(options_.gateway_port);
  gateway.encrypted_at = on_loopback(options_.gateway_encrypted_port);
  gateway.ca = upstreams_->ca();
  gateway.on_refused = [site = upstreams_machine_->site, exits = gateway.exits](sim::ExitId exit,
                                                                                const sim::RequestHead& request) {
    site->journal.add(site->clock.now(), refused_by(exits[sim::index_of(exit)].address, request));
  };
  gateway_.emplace(gateway_machine_->site, std::move(gateway));
  if (auto hindrance = gateway_->start()) return hindrance;

  gateway_control_.emplace(gateway_machine_->site, [this](std::uint64_t seed) { gateway_->reset(gateway_seed(seed)); });
  if (options_.api_token.empty()) return std::nullopt;
  return start_gateway_api();
}

std::optional<std::string> Lab::start_gateway_api() {
  mock_upstream::Site& site = *gateway_machine_->site;
  std::vector<mock_upstream::ApiRoute> routes = mock_upstream::clock_routes(site.clock, site.activity);
  routes.push_back({"POST", "/reset", [this](const mock_upstream::ApiRequest& request) {
                      const auto seed = seed_in(request.body, options_.seed);
                      if (const auto* error = std::get_if<sim::InputError>(&seed)) {
                        return mock_upstream::api_error(400, error->message());
                      }
                      gateway_->reset(gateway_seed(std::get<std::uint64_t>(seed)));
                      return mock_upstream::ApiAnswer();
                    }});
  routes.push_back({"POST", "/drop", [this](const mock_upstream::ApiRequest& request) { return drop(request.body); }});
  mock_upstream::ApiServerOptions options;
  options.at = on_loopback(options_.gateway_api_port);
  options.token = options_.api_token;
  gateway_api_.emplace(gateway_machine_->site, std::move(options), std::move(routes));
  return gateway_api_->start();
}

// What a person who tests a client wants, in one call: the exits know no users, and the gateway is no friend of theirs.
mock_upstream::ApiAnswer Lab::drop(const std::string& body) {
  const auto name = session_in(body);
  if (const auto* error = std::get_if<sim::InputError>(&name)) return mock_upstream::api_error(400, error->message());
  const auto exit = gateway_->exit_of_session(std::get<std::string>(name));
  if (!exit) return mock_upstream::api_error(404, "there is no live session of that name");
  sim::ExitEvent event;
  event.exit = *exit;
  event.action = sim::ExitAction::kDrop;
  upstreams_->exits().act(event);
  return {200, "{\"ip\": \"" + exits()[sim::index_of(*exit)].address + "\"}"};
}

void Lab::rewind() {
  for (const auto& machine : {std::cref(gateway_machine_), std::cref(upstreams_machine_)}) {
    if (auto* const clock = dynamic_cast<mock_upstream::ControlledClock*>(machine.get()->clock.get())) clock->rewind();
  }
  // They have seen a later time.
  upstreams_->exits().reset();
}

void Lab::stop() {
  if (gateway_api_) gateway_api_->stop();
  if (gateway_) gateway_->stop();
  gateway_machine_->site->idle.expire_all();
  if (upstreams_) upstreams_->stop();
}

Endpoint Lab::gateway_api() const { return gateway_api_ ? gateway_api_->at() : Endpoint(); }

}  // namespace pinproof::conformance
