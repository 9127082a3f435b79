// The gateway on sockets before real upstreams, all in one thread, and clients that a test drives by hand.
//
//   start("helodata");
//   TestClient client(bench, gateway->at());
//   client.send(request("GET", "http://a.origin.test/t/t-1", job1()));
//   ASSERT_TRUE(client.wait_for("t-1\n"));
//   EXPECT_EQ(journal(), …);
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/gateway_server/gateway_server.h"
#include "mock_upstream/contract/upstreams.h"
#include "mock_upstream/testing/bench_testing.h"
#include "sim/pool/pool.h"

namespace pinproof::conformance {

using mock_upstream::TestClient;

class LiveGateway : public testing::Test {
 protected:
  static constexpr std::string_view kKey = "labkeyone00000000000000000000000";  // of crawlera's first account

  /// Upstreams and a gateway with the shipped rules. What is left out of `options` is what most tests want; rules and exits are put in.
  void start(std::string_view dialect, std::size_t exits = 41, GatewayServerOptions options = {});
  /// The same before exits that a test plays itself, at `port` of 127.20.0.1 and on.
  void start_before(std::string_view dialect, std::uint16_t port, GatewayServerOptions options = {});
  void TearDown() override;

  /// A request to be sent to the gateway. `user` is "NAME:PASSWORD", or empty for none; `fields` are whole lines.
  static std::string request(std::string_view method, std::string_view target, std::string_view user,
                             std::string_view fields = {}, std::string_view body = {});
  /// helodata: a residential session in japan, where there are two exits, 127.20.0.40 and 127.20.0.41.
  static std::string japanese(std::string_view session);
  /// helodata: a rotating user in japan.
  static std::string rotating();
  /// crawlera.
  static std::string key() { return std::string(kKey) + ":"; }

  /// One request on a connection of its own: all that came until the gateway closed it.
  std::string ask(std::string_view method, std::string_view target, std::string_view user, std::string_view fields = {},
                  std::string_view body = {});

  void act(sim::ExitAction action, std::string_view address, std::optional<std::uint32_t> count = {},
           sim::Duration delay = {});
  void advance(sim::Duration by) { bench.clock.advance_to(bench.clock.now() + by); }
  /// Lets everything run until this many requests wait for the clock.
  bool wait_for_held(std::uint64_t requests);

  /// What exits and origin saw: "127.20.0.40 forwarded t-1", "origin t-1 from 127.20.0.40".
  std::vector<std::string> journal() const;
  /// Lets everything run until the journal has the line.
  bool journal_has(std::string_view line);
  /// The exit that the origin saw for the token; empty when none came.
  std::string exit_of(std::string_view token) const;
  /// What the origin saw of the request.
  const mock_upstream::OriginSaw* origin_saw(std::string_view token) const;

  mock_upstream::TestBench bench;
  std::shared_ptr<mock_upstream::Site> site = std::make_shared<mock_upstream::Site>(
      bench.io.get_executor(), bench.clock, [this](std::string_view what) { bench.reports.emplace_back(what); },
      std::chrono::milliseconds(10));
  std::optional<mock_upstream::Upstreams> upstreams;
  std::optional<GatewayServer> gateway;

 private:
  void start_gateway(std::string_view dialect, GatewayServerOptions options);
};

/// The value of a field of the first head in `text`; "(none)" when it is not there.
std::string field(const std::string& text, std::string_view name);
/// "200" of "HTTP/1.1 200 OK…".
std::string status(const std::string& text);

}  // namespace pinproof::conformance
