// Everything at once: clients that come, go, half-send and reset, exits that drop, fail and fall silent, time that moves, and a reset in the
// middle. Whatever happens, nothing is left over, and the gateway serves the next one.
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "conformance/gateway_server/gateway_server_testing.h"
#include "sim/core/random.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class Storm : public LiveGateway {
 protected:
  // A request of some kind, whole or cut somewhere.
  std::string some_request(sim::Random& random, int number, bool helodata) {
    const std::string token = "t-" + std::to_string(number);
    const std::string options = random.chance(1, 3) ? "?size=200000" : random.chance(1, 3) ? "?size=900&gate=400" : "";
    const std::string user = helodata ? japanese("s" + std::to_string(random.below(5))) : key();
    const std::string fields = !helodata && random.chance(1, 2) ? "X-Crawlera-Max-Retries: 2\r\n" : "";
    std::string text;
    switch (random.below(6)) {
      case 0:
        text =
            request("CONNECT", token + ".a.origin.test:80", user) + "GET /t/" + token + options + " HTTP/1.1\r\n\r\n";
        break;
      case 1:
        text = request("POST", "http://a.origin.test/t/" + token + options, user, fields, std::string(150'000, 'x'));
        break;
      case 2:
        text = request("POST", "http://a.origin.test/t/" + token, user, fields + "Transfer-Encoding: chunked\r\n") +
               "3\r\nabc\r\n0\r\n\r\n";
        break;
      case 3:
        text = request("GET", "http://a.origin.test/t/" + token, "", fields);
        break;
      default:
        text = request("GET", "http://a.origin.test/t/" + token + options, user, fields);
    }
    if (random.chance(1, 6)) text.resize(random.below(text.size()));
    return text;
  }

  void play(std::string_view dialect, std::uint64_t seed) {
    sim::Random random(seed);
    std::vector<std::unique_ptr<TestClient>> clients;
    const std::vector<std::string> exits = dialect == "helodata"
                                               ? std::vector<std::string>{"127.20.0.40", "127.20.0.41"}
                                               : std::vector<std::string>{"127.20.0.1", "127.20.0.2"};
    constexpr std::array kActions = {sim::ExitAction::kDrop, sim::ExitAction::kRestore,   sim::ExitAction::kReset,
                                     sim::ExitAction::kFail, sim::ExitAction::kBlackhole, sim::ExitAction::kSlow};
    for (int step = 0; step < 300; ++step) {
      const std::uint64_t what = random.below(10);
      if (what < 5 || clients.empty()) {
        if (clients.empty() || random.chance(2, 3)) {
          clients.push_back(std::make_unique<TestClient>(bench, gateway->at()));
          ASSERT_TRUE(clients.back()->wait_connected());
        }
        clients.back()->try_send(some_request(random, step, dialect == "helodata"));
      } else if (what < 7) {
        const std::size_t which = random.below(clients.size());
        random.chance(1, 2) ? clients[which]->close() : clients[which]->reset();
        clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(which));
      } else if (what == 7) {
        const sim::Duration delay = 10s;
        act(kActions[random.below(kActions.size())], exits[random.below(exits.size())], {}, delay);
      } else if (what == 8) {
        advance(sim::Duration(random.below(20'000'000'000)));
      } else if (random.chance(1, 10)) {
        gateway->reset(seed + 1);
      }
      for (std::uint64_t turns = random.below(20); turns > 0; --turns) bench.io.poll_one();
    }
    // A client that closed behind bytes that nobody reads is noticed no sooner than its request is done with.
    clients.clear();
    for (const std::string& exit : exits) act(sim::ExitAction::kRestore, exit);
    for (int hour = 0; hour < 48 && site->activity.active > 0; ++hour) {
      bench.settle();
      advance(1h);
    }
    ASSERT_TRUE(bench.run_until([&] { return site->activity.active == 0; }, "the end of all requests"));
    EXPECT_EQ(site->activity.held, 0U);
    gateway->reset(1);
    const bool helodata = dialect == "helodata";
    EXPECT_EQ(status(ask("GET", "http://a.origin.test/t/t-last", helodata ? japanese("last") : key())), "200");
  }
};

TEST_F(Storm, OfNamedSessions) {
  start("helodata");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) play("helodata", seed);
}

TEST_F(Storm, OfIssuedSessionsAndPacing) {
  start("crawlera", 2);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) play("crawlera", seed);
}

}  // namespace
}  // namespace pinproof::conformance
