#include "conformance/gateway_server/gateway_server_testing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "sim/gateway/rules_testing.h"
#include "sim/http/basic_credentials.h"
#include "sim/http/headers.h"
#include "sim/pool/standard_pool.h"

namespace pinproof::conformance {

using mock_upstream::ExitSaw;
using mock_upstream::JournalEntry;
using mock_upstream::OriginSaw;

void LiveGateway::start(std::string_view dialect, std::size_t exits, GatewayServerOptions options) {
  mock_upstream::UpstreamsOptions behind;
  behind.exits.exits = sim::standard_pool(exits);
  behind.encrypted = options.ca != nullptr;
  behind.api.token = "a-token";
  upstreams.emplace(bench.site, std::move(behind));
  ASSERT_EQ(upstreams->start(), std::nullopt);
  options.exits = upstreams->exits().list();
  if (options.ca) {
    mock_upstream::TlsTrust trust;
    trust.pem = upstreams->ca()->certificate_pem();
    options.origin_trust = std::move(trust);
  }
  start_gateway(dialect, std::move(options));
}

void LiveGateway::start_before(std::string_view dialect, std::uint16_t port, GatewayServerOptions options) {
  options.exits = sim::standard_pool(1);
  for (sim::Exit& exit : options.exits) exit.port = port;
  start_gateway(dialect, std::move(options));
}

void LiveGateway::start_gateway(std::string_view dialect, GatewayServerOptions options) {
  options.rules = sim::shipped_rules(dialect);
  gateway.emplace(site, std::move(options));
  ASSERT_EQ(gateway->start(), std::nullopt);
}

void LiveGateway::TearDown() {
  gateway.reset();
  site->idle.expire_all();
  EXPECT_TRUE(bench.run_until([this] { return site->tasks->running() == 0; }, "the end of the gateway's tasks"));
  EXPECT_EQ(site->activity.active, 0U);
  EXPECT_EQ(site->activity.held, 0U);
  if (upstreams) upstreams->stop();
}

std::string LiveGateway::request(std::string_view method, std::string_view target, std::string_view user,
                                 std::string_view fields, std::string_view body) {
  std::string text = fmt::format("{} {} HTTP/1.1\r\n", method, target);
  const std::size_t colon = user.find(':');
  if (!user.empty()) {
    const std::string credentials = sim::format_basic(user.substr(0, colon), user.substr(colon + 1));
    text += fmt::format("{}: {}\r\n", target.starts_with('/') ? "Authorization" : "Proxy-Authorization", credentials);
  }
  if (!body.empty()) text += fmt::format("Content-Length: {}\r\n", body.size());
  return text.append(fields).append("\r\n").append(body);
}

std::string LiveGateway::japanese(std::string_view session) {
  return fmt::format("helo_s1a2b3c4d5e-type-res-region-jp-session-{}-sesstime-30:lab-password-one", session);
}

std::string LiveGateway::rotating() { return "helo_s1a2b3c4d5e-type-res-region-jp:lab-password-one"; }

std::string LiveGateway::ask(std::string_view method, std::string_view target, std::string_view user,
                             std::string_view fields, std::string_view body) {
  TestClient client(bench, gateway->at());
  client.send(request(method, target, user, std::string(fields) + "Connection: close\r\n", body));
  client.wait_for_end();
  return client.received();
}

void LiveGateway::act(sim::ExitAction action, std::string_view address, std::optional<std::uint32_t> count,
                      sim::Duration delay) {
  sim::ExitEvent event;
  event.exit = *upstreams->exits().find(address);
  event.action = action;
  event.count = count;
  event.delay = delay;
  upstreams->exits().act(event);
}

bool LiveGateway::wait_for_held(std::uint64_t requests) {
  return bench.run_until([&] { return site->activity.held == requests; }, "requests that wait for the clock");
}

std::vector<std::string> LiveGateway::journal() const {
  std::vector<std::string> lines;
  for (const JournalEntry& entry : bench.site->journal.entries()) {
    if (const auto* saw = std::get_if<ExitSaw>(&entry.saw)) {
      lines.push_back(fmt::format("{} {} {}", saw->exit, to_string(saw->sight), saw->token));
    } else {
      const auto& origin = std::get<OriginSaw>(entry.saw);
      lines.push_back(fmt::format("origin {} from {}", origin.token, origin.from));
    }
  }
  return lines;
}

bool LiveGateway::journal_has(std::string_view line) {
  return bench.run_until(
      [&] {
        const auto lines = journal();
        return std::find(lines.begin(), lines.end(), line) != lines.end();
      },
      line);
}

std::string LiveGateway::exit_of(std::string_view token) const {
  const OriginSaw* saw = origin_saw(token);
  return saw == nullptr ? std::string() : saw->from;
}

const OriginSaw* LiveGateway::origin_saw(std::string_view token) const {
  for (const JournalEntry& entry : bench.site->journal.entries()) {
    const auto* saw = std::get_if<OriginSaw>(&entry.saw);
    if (saw != nullptr && saw->token == token) return saw;
  }
  return nullptr;
}

std::string field(const std::string& text, std::string_view name) {
  const std::string_view head = std::string_view(text).substr(0, text.find("\r\n\r\n"));
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
    const std::string_view rest = head.substr(line + 2);
    const std::size_t colon = rest.find(": ");
    if (colon != std::string_view::npos && sim::same_field_name(rest.substr(0, colon), name)) {
      return std::string(rest.substr(colon + 2, rest.find("\r\n") - colon - 2));
    }
  }
  return "(none)";
}

std::string status(const std::string& text) { return text.size() < 12 ? "(none)" : text.substr(9, 3); }

}  // namespace pinproof::conformance
