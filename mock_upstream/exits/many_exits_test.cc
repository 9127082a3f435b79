// As many exits as the largest scenarios ask for, each used, in one process.
#include <set>

#include "mock_upstream/exits/exits_testing.h"
#include "mock_upstream/net/open_files.h"

namespace pinproof::mock_upstream {
namespace {

constexpr std::size_t kExits = 5000;

class ManyExits : public LiveExits {
 protected:
  ManyExits() : LiveExits(kExits) {}
  void SetUp() override {
    // The clients of this test are in the process too.
    if (const auto hindrance = provide_open_files(4 * kExits / 2 + 4096)) GTEST_SKIP() << *hindrance;
    LiveExits::SetUp();
  }
  void TearDown() override {
    if (exits) LiveExits::TearDown();
  }
};

TEST_F(ManyExits, EachIsSeenWithAnAddressOfItsOwn) {
  constexpr std::size_t kAtATime = 250;
  for (std::size_t first = 0; first < kExits; first += kAtATime) {
    std::vector<std::unique_ptr<TestClient>> gateways;
    for (std::size_t i = first; i < first + kAtATime; ++i) {
      gateways.push_back(std::make_unique<TestClient>(bench, at(i)));
      gateways.back()->send("GET http://a.origin.test/t/t-1 HTTP/1.1\r\n\r\n");
    }
    for (const auto& gateway : gateways) ASSERT_TRUE(gateway->wait_for("t-1\n"));
  }
  std::set<std::string> from;
  for (const JournalEntry& entry : bench.site->journal.entries()) {
    if (const auto* saw = std::get_if<OriginSaw>(&entry.saw)) from.insert(saw->from);
  }
  EXPECT_EQ(from.size(), kExits);
}

TEST_F(ManyExits, AreDroppedAndRestoredWithoutTouchingTheirNeighbours) {
  for (std::size_t i = 0; i < kExits; i += 2) act(sim::ExitAction::kDrop, i);
  for (const std::size_t i : {0UL, 1UL, 2500UL, 4999UL}) {
    TestClient gateway(bench, at(i));
    EXPECT_EQ(gateway.wait_connected(), i % 2 == 1) << i;
  }
  for (std::size_t i = 0; i < kExits; i += 2) act(sim::ExitAction::kRestore, i);
  TestClient gateway(bench, at(4998));
  EXPECT_TRUE(gateway.wait_connected());
}

}  // namespace
}  // namespace pinproof::mock_upstream
