#include "conformance/judge/monitored.h"

#include <array>
#include <string_view>

namespace pinproof::conformance {
namespace {

// One for each file of a rule, names/h_stk_6.cc and so on; a test holds the two together.
constexpr auto kMonitored = std::to_array<std::string_view>({
    "H-ROT-1",  "H-ROT-2",  "H-ROT-3", "H-ROT-4",  "H-ROT-5",  "H-ROT-6",  "H-STK-1",  "H-STK-2",  "H-STK-3",
    "H-STK-4",  "H-STK-5",  "H-STK-6", "H-STK-7",  "H-STK-8",  "H-STK-9",  "H-STK-10", "H-STK-11", "H-KEY-1",
    "H-KEY-2",  "H-KEY-3",  "H-KEY-4", "H-PIN-1",  "H-PIN-2",  "H-PIN-3",  "H-PIN-4",  "H-PIN-5",  "H-PIN-6",
    "H-PIN-7",  "H-PIN-8",  "H-PIN-9", "H-PIN-10", "H-PIN-11", "H-PIN-12", "H-NOT-1",  "H-NOT-2",  "H-NOT-3",
    "H-AUT-1",  "H-POOL-2", "H-EXT-1", "H-EXT-2",  "H-EXT-3",  "C-SES-1",  "C-SES-2",  "C-SES-3",  "C-SES-4",
    "C-SES-5",  "C-SES-6",  "C-SES-7", "C-SES-8",  "C-SES-9",  "C-SES-10", "C-SES-11", "C-SES-12", "C-SES-13",
    "C-SES-14", "C-PAC-1",  "C-PAC-2", "C-PAC-3",  "C-PAC-4",  "C-PAC-5",  "C-PAC-6",  "C-PAC-7",  "C-PAC-8",
    "C-PAC-9",  "C-RET-1",  "C-RET-2", "C-RET-3",  "C-RET-4",  "C-RET-5",  "C-EXT-1",  "G-1",      "G-3",
});

}  // namespace

std::vector<std::string> monitored_requirements() { return {kMonitored.begin(), kMonitored.end()}; }

}  // namespace pinproof::conformance
