// A bench with exits and an origin, and a hand on both.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mock_upstream/exits/exits.h"
#include "mock_upstream/origin/origin.h"
#include "mock_upstream/testing/bench_testing.h"
#include "sim/pool/standard_pool.h"

namespace pinproof::mock_upstream {

class LiveExits : public testing::Test {
 protected:
  explicit LiveExits(std::size_t wanted = 3) : wanted_(wanted) {}

  void SetUp() override {
    ASSERT_EQ(origin.start(), std::nullopt);
    ExitsOptions options;
    options.exits = sim::standard_pool(wanted_);
    options.origin_http = origin.http();
    exits.emplace(bench.site, options);
    ASSERT_EQ(exits->start(), std::nullopt);
  }
  void TearDown() override {
    exits->stop();
    origin.stop();
  }

  Endpoint at(std::size_t exit) const {
    const sim::Exit& description = exits->list()[exit];
    return Endpoint(asio::ip::make_address_v4(description.address), description.port);
  }

  void act(sim::ExitAction action, std::size_t exit = 0, std::optional<sim::Duration> lasting = {},
           std::optional<std::uint32_t> count = {}, sim::Duration delay = {}) {
    exits->act({sim::ExitId{static_cast<std::uint32_t>(exit)}, action, lasting, count, delay});
  }

  /// The journal as lines: "0s 127.20.0.1 forwarded GET a.origin.test t-1", "0s origin from 127.20.0.1 GET /t/t-1 t-1".
  std::vector<std::string> journal() const {
    std::vector<std::string> lines;
    for (const JournalEntry& entry : bench.site->journal.entries()) {
      const std::string at = sim::format_duration(entry.at.time_since_epoch());
      if (const auto* saw = std::get_if<ExitSaw>(&entry.saw)) {
        lines.push_back(at + " " + saw->exit + " " + std::string(to_string(saw->sight)) + " " + saw->method + " " +
                        saw->host + " " + saw->token);
      } else {
        const auto& origin_saw = std::get<OriginSaw>(entry.saw);
        lines.push_back(at + " origin from " + origin_saw.from + " " + origin_saw.method + " " + origin_saw.path + " " +
                        origin_saw.token);
      }
    }
    return lines;
  }
  bool journal_has(std::string_view line) {
    return bench.run_until(
        [&] {
          const auto lines = journal();
          return std::find(lines.begin(), lines.end(), line) != lines.end();
        },
        line);
  }

  TestBench bench;
  Origin origin{bench.site, OriginOptions()};
  std::optional<Exits> exits;

 private:
  std::size_t wanted_;
};

}  // namespace pinproof::mock_upstream
