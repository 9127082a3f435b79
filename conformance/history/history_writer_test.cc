#include "conformance/history/history_writer.h"

#include <gtest/gtest.h>

#include "conformance/history/history_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

TEST(HistoryWriter, LeavesOutWhatSaysNothing) {
  Observation seen;
  seen.id = 7;
  seen.method = "GET";
  seen.host = "site.origin.test";
  seen.path = "/";
  seen.sent_at = at(1s);
  seen.answered_at = at(1s + 5ns);
  seen.ended_at = at(2s);
  seen.status = 200;
  EXPECT_EQ(record_line(seen),
            R"({"record":"observation","id":7,"via":"plain","method":"GET","host":"site.origin.test","path":"/",)"
            R"("sent_at":1000000000,"answered_at":1000000005,"ended_at":2000000000,"end":"complete","status":200})"
            "\n");
}

TEST(HistoryWriter, ReadsAsAPersonWouldSayIt) {
  EXPECT_EQ(record_line(ExitActed{"127.20.0.4", sim::ExitAction::kDrop, 30s, std::nullopt, {}, at(12s)}),
            "{\"record\":\"exit_acted\",\"exit\":\"127.20.0.4\",\"action\":\"drop\",\"lasting\":30000000000,\"at\":"
            "12000000000}\n");
  EXPECT_EQ(record_line(Expected{{"H-PIN-2", {"again"}, RepinnedCheck{true}, "/steps/4/expect/0"}, at(12s)}),
            "{\"record\":\"expected\",\"step\":\"/steps/4/expect/"
            "0\",\"expectation\":{\"requirement\":\"H-PIN-2\",\"of\":\"again\","
            "\"repinned\":true},\"at\":12000000000}\n");
}

TEST(HistoryWriter, OneLineARecordWhateverItSays) {
  const std::string text = history_text(full_history());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 9);
}

}  // namespace
}  // namespace pinproof::conformance
