// What the renderers for machines make of results of every shape, as snapshots. The files have the endings that their readers expect, so
// that a validator can be pointed at reports/testdata.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "reports/badge.h"
#include "reports/ctrf_json.h"
#include "reports/junit.h"
#include "reports/result_testing.h"
#include "reports/snapshot_testing.h"
#include "reports/tap.h"

namespace pinproof::reports {
namespace {

struct Shape {
  const char* name;
  Result (*result)();
};

const Shape kShapes[] = {
    {"all_pass", all_pass},  {"failures", with_failures},  {"inconclusive", with_inconclusive},
    {"partial", partial},    {"interrupted", interrupted}, {"setup_fail", only_setup_fail},
    {"ledger", with_ledger},
};

class Snapshots : public testing::TestWithParam<Shape> {
 protected:
  static Report report() {
    Report report;
    report.results.push_back(GetParam().result());
    return report;
  }
  static std::string name(const std::string& ending) { return GetParam().name + ending; }
};

TEST_P(Snapshots, Junit) { expect_snapshot(name(".junit.xml"), render_junit(report())); }
TEST_P(Snapshots, Tap) { expect_snapshot(name(".tap"), render_tap(report())); }
TEST_P(Snapshots, Ctrf) { expect_snapshot(name(".ctrf.json"), render_ctrf(report())); }
TEST_P(Snapshots, Badge) { expect_snapshot(name(".svg"), render_badge(report())); }

/// GitLab refuses reports of JUnit over 30 MB; whoever reads the others has them in memory.
TEST(Renderers, KeepToAFewMegabytesForTenThousandFailures) {
  Report report;
  report.results.push_back(ten_thousand_failures());
  EXPECT_LT(render_junit(report).size(), 25'000'000U);
  EXPECT_LT(render_tap(report).size(), 25'000'000U);
  EXPECT_LT(render_ctrf(report).size(), 25'000'000U);
  EXPECT_LT(render_badge(report).size(), 2'000U);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Snapshots, testing::ValuesIn(kShapes),
                         [](const auto& shape) { return shape.param.name; });

}  // namespace
}  // namespace pinproof::reports
