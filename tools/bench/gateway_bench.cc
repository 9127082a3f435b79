// What one sticky request costs the gateway model, by the number of live sessions: the request with its real Proxy-Authorization field, the
// exit's answer, and the end of the body. Names are 64 bytes; each request takes one of them, uniformly.
//
// BM_Driver is the same loop without the gateway: what drawing a name and writing its head costs, to be taken off.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/check.h"
#include "sim/core/exit.h"
#include "sim/core/random.h"
#include "sim/core/time.h"
#include "sim/gateway/gateway.h"
#include "sim/http/basic_credentials.h"
#include "sim/http/message.h"

namespace pinproof::sim {
namespace {

// Rules of the helodata kind, without the parts that a sticky request never meets.
Rules sticky_rules() {
  Rules rules;
  rules.name = "bench";
  rules.headers.error = "X-Helodata-Error-Code";
  rules.headers.repinned = "X-Helodata-Session-Repinned";
  rules.headers.exit_address = "X-Helodata-Exit-IP";
  rules.headers.exit_geography = "X-Helodata-Exit-Geo";
  rules.headers.exit_asn = "X-Helodata-Exit-ASN";
  rules.headers.bytes_in = "X-Helodata-Bytes-In";
  rules.headers.bytes_out = "X-Helodata-Bytes-Out";
  rules.headers.request_id = "X-Helodata-Request-Id";
  rules.user_name.prefix = "helo_";
  rules.user_name.segments = {{"type", SegmentMeaning::kType, "a-z", 3, 3, true},
                              {"region", SegmentMeaning::kRegion, "a-z", 2, 2, true},
                              {"session", SegmentMeaning::kSession, "a-z0-9", 1, 32, false},
                              {"sesstime", SegmentMeaning::kMinutes, "0-9", 1, 5, false}};
  rules.user_name.regions = {"us", "de", "fr", "gb", "br", "jp", "nl", "ca", "au", "in"};
  rules.session.key = {KeyPart::kUserName};
  rules.session.window.minute = 60s;
  rules.session.window.minutes_cap = 30;
  rules.session.window.capped = {ExitType::kResidential};
  rules.forwarding.attempt_timeout = 30s;
  rules.forwarding.exit_error_mark = "Proxy-Status";
  rules.plans.push_back({.name = "business"});
  rules.accounts.push_back({"one", "s1a2b3c4d5e", "lab-password-one", "", "business"});
  return rules;
}

std::vector<Exit> many_exits() {
  std::vector<Exit> exits;
  for (int i = 0; i < 10'000; ++i) {
    exits.push_back({.address = fmt::format("127.20.{}.{}", i / 250, 1 + i % 250),
                     .region = "us",
                     .state = "ca",
                     .city = "la",
                     .asn = 7922});
  }
  return exits;
}

// Writes request heads that differ in the user name only, and as little as possible anew for each: the base64 of the id.
class Driver {
 public:
  explicit Driver(std::uint64_t sessions) : sessions_(sessions), random_(7) {
    PINPROOF_CHECK(plain_.size() == 64 + kPasswordSize, "a user name of {} bytes", plain_.size() - kPasswordSize);
    head_.method = "GET";
    head_.target = "http://shop.origin.test/items/42?page=2";
  }

  const RequestHead& draw() { return write(random_.below(sessions_)); }

  const RequestHead& write(std::uint64_t session) {
    for (std::size_t i = 0; i < kIdSize; ++i, session /= 10) plain_[kIdAt + i] = static_cast<char>('0' + session % 10);
    // The groups of three that the id lies in, and so whole groups of four.
    constexpr std::size_t kFirst = kIdAt / 3;
    constexpr std::size_t kLast = (kIdAt + kIdSize - 1) / 3;
    static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t group = kFirst; group <= kLast; ++group) {
      std::uint32_t bits = 0;
      for (std::size_t i = 0; i < 3; ++i) bits = bits << 8U | static_cast<unsigned char>(plain_[3 * group + i]);
      for (std::size_t i = 0; i < 4; ++i) field_[6 + 4 * group + i] = kDigits[bits >> (18 - 6 * i) & 0x3fU];
    }
    head_.headers.clear();
    head_.headers.add("Host", "shop.origin.test");
    head_.headers.add("User-Agent", "python-requests/2.28.1");
    head_.headers.add("Accept-Encoding", "gzip, deflate");
    head_.headers.add("Accept", "*/*");
    head_.headers.add("Connection", "keep-alive");
    head_.headers.add("Proxy-Authorization", field_);
    return head_;
  }

 private:
  static constexpr std::size_t kIdAt = 44;
  static constexpr std::size_t kIdSize = 8;
  static constexpr std::size_t kPasswordSize = 17;

  std::uint64_t sessions_;
  Random random_;
  std::string plain_ = "helo_s1a2b3c4d5e-type-res-region-us-session-00000000-sesstime-30:lab-password-one";
  std::string field_ = format_basic(plain_.substr(0, 64), plain_.substr(65));
  RequestHead head_;
};

const ResponseHead kAnswer{200,
                           {{"Content-Type", "text/html; charset=utf-8"},
                            {"Content-Length", "15230"},
                            {"Server", "nginx"},
                            {"Date", "Thu, 01 Jan 1970 00:00:00 GMT"}}};

void exchange(Gateway& gateway, ConnectionId connection, const RequestHead& head, Instant now, Effects& effects) {
  const RequestId request = gateway.request({.connection = connection, .head = head, .body_bytes = 0}, now, effects);
  gateway.answer(request, kAnswer, now, effects);
  gateway.finished(request, 0, 15230, now);
  PINPROOF_CHECK(effects.size() == 2 && std::holds_alternative<Relay>(effects[1]), "a request was not relayed");
  effects.clear();
}

// A gateway with so many live sessions, opened one after another.
struct Loaded {
  explicit Loaded(std::uint64_t sessions) : driver(sessions) {
    for (std::uint64_t i = 0; i < sessions; ++i) exchange(gateway, connection, driver.write(i), kStart, effects);
  }

  Gateway gateway{sticky_rules(), many_exits(), 1};
  ConnectionId connection = gateway.connect();
  Driver driver;
  Effects effects;
  Instant now = kStart;
};

// The library calls a benchmark several times to find out how often to repeat it; opening a million sessions once is enough.
Loaded& loaded_with(std::uint64_t sessions) {
  static std::unique_ptr<Loaded> loaded;
  if (!loaded || loaded->gateway.sessions() != sessions) {
    loaded.reset();
    loaded = std::make_unique<Loaded>(sessions);
  }
  return *loaded;
}

void BM_StickyRequest(benchmark::State& state) {
  const auto sessions = static_cast<std::uint64_t>(state.range(0));
  Loaded& loaded = loaded_with(sessions);
  for (auto _ : state) {
    loaded.now += 50ns;
    exchange(loaded.gateway, loaded.connection, loaded.driver.draw(), loaded.now, loaded.effects);
  }
  PINPROOF_CHECK(loaded.gateway.sessions() == sessions, "{} sessions", loaded.gateway.sessions());
  state.counters["bytes/session"] =
      static_cast<double>(loaded.gateway.session_memory_bytes()) / static_cast<double>(sessions);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_StickyRequest)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);

void BM_Driver(benchmark::State& state) {
  Driver driver(1'000'000);
  for (auto _ : state) benchmark::DoNotOptimize(&driver.draw());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Driver);

}  // namespace
}  // namespace pinproof::sim

BENCHMARK_MAIN();
