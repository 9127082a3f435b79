// The digest of a long mixed run, line by line, for each dialect: equal for every compiler and build type, or something depends on
// what it must not. It changes with every change of behaviour, of the shipped rules and of the workload; when that is meant, rewrite
// the file and look at what changed:
//
//   PINPROOF_UPDATE_GOLDEN=1 sim_world_golden_test
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "sim/core/json_reader.h"
#include "sim/gateway/rules_testing.h"
#include "sim/pool/standard_pool.h"
#include "sim/world/trace.h"
#include "sim/world/workload.h"

namespace pinproof::sim {
namespace {

const std::string kGoldenFile = std::string(PINPROOF_SOURCE_DIR) + "/sim/world/testdata/golden.json";

struct Golden {
  std::int64_t events = 0;
  std::int64_t lines = 0;
  std::string digest;
};

// By dialect.
std::map<std::string, Golden> read_golden() {
  std::ifstream file(kGoldenFile);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::map<std::string, Golden> golden;
  const auto error = read_json(kGoldenFile, text, [&](const JsonReader& json) {
    for (const auto& [dialect, run] : json.members()) {
      golden[dialect] = {run.at("events").integer(0), run.at("lines").integer(0), run.at("digest").string()};
    }
  });
  EXPECT_FALSE(error) << error->message();
  return golden;
}

void write_golden(const std::map<std::string, Golden>& golden) {
  std::string text = "{\n";
  for (const auto& [dialect, run] : golden) {
    if (text.size() > 2) text += ",\n";
    text += fmt::format(R"(  "{}": {{"events": {}, "lines": {}, "digest": "{}"}})", dialect, run.events, run.lines,
                        run.digest);
  }
  std::ofstream(kGoldenFile) << text << "\n}\n";
}

class WorkloadGolden : public testing::TestWithParam<const char*> {};

TEST_P(WorkloadGolden, DigestIsTheSameEverywhere) {
  const std::string dialect = GetParam();
  Trace trace;
  WorldOptions options;
  options.rules = shipped_rules(dialect);
  options.exits = standard_pool();
  options.latencies = {.client_to_gateway = 20ms, .gateway_to_exit = 40ms, .exit_to_origin = 60ms};
  options.mean_exit_lifetime = 2h;
  options.trace = &trace;
  Workload workload;
  workload.duration = 270min;
  const WorkloadCounts counts = run_workload(workload, std::move(options));
  ASSERT_GE(counts.events, 100'000U);

  std::map<std::string, Golden> golden = read_golden();
  const std::string digest = fmt::format("{:016x}", trace.digest());
  if (std::getenv("PINPROOF_UPDATE_GOLDEN") != nullptr) {
    golden[dialect] = {static_cast<std::int64_t>(counts.events), static_cast<std::int64_t>(trace.lines()), digest};
    write_golden(golden);
    GTEST_SKIP() << "rewrote " << kGoldenFile;
  }
  EXPECT_EQ(static_cast<std::int64_t>(counts.events), golden[dialect].events);
  EXPECT_EQ(static_cast<std::int64_t>(trace.lines()), golden[dialect].lines);
  EXPECT_EQ(digest, golden[dialect].digest);
}

INSTANTIATE_TEST_SUITE_P(Dialects, WorkloadGolden, testing::Values("helodata", "crawlera"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace pinproof::sim
