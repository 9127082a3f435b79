// The lab's gateway as a process of its own, so that what it costs can be told from what exits and origin cost: a defendant of
// tools/bench/gateways.py, and nothing else.
//
//   gateway_alone EXIT:PORT…      prints its port when it listens; serves until it is killed
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "conformance/gateway_server/gateway_server.h"
#include "mock_upstream/clock/wall_clock.h"
#include "mock_upstream/site/site.h"
#include "sim/gateway/rules_json.h"

namespace {

using namespace pinproof;

sim::Rules shipped_rules() {
  const std::string path = PINPROOF_SOURCE_DIR "/scenarios/rules/helodata.json";
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return std::get<sim::Rules>(sim::parse_rules(path, text));
}

/// All alike, since the load asks for no place in particular.
sim::Exit exit_at(std::string_view endpoint) {
  const std::size_t colon = endpoint.rfind(':');
  sim::Exit exit;
  exit.address = endpoint.substr(0, colon);
  exit.port = static_cast<std::uint16_t>(std::stoul(std::string(endpoint.substr(colon + 1))));
  exit.region = "us";
  return exit;
}

}  // namespace

int main(int argc, char** argv) {
  mock_upstream::asio::io_context io(1);
  mock_upstream::WallClock clock(io.get_executor());
  const auto site = std::make_shared<mock_upstream::Site>(io.get_executor(), clock, [](std::string_view what) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data());
  });
  conformance::GatewayServerOptions options;
  options.rules = shipped_rules();
  for (int argument = 1; argument < argc; ++argument) options.exits.push_back(exit_at(argv[argument]));
  conformance::GatewayServer gateway(site, options);
  if (const auto hindrance = gateway.start()) {
    std::fprintf(stderr, "gateway_alone: %s\n", hindrance->c_str());
    return 3;
  }
  std::printf("%u\n", unsigned{gateway.at().port()});
  std::fflush(stdout);
  io.run();
}
