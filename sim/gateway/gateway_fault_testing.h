// A test of what both gateways do: the shipped one, and one with a fault.
#pragma once

#include <functional>
#include <string_view>

#include <gtest/gtest.h>

#include "sim/gateway/gateway_testing.h"
#include "sim/gateway/rules_testing.h"

namespace pinproof::sim {

inline void with_and_without(std::string_view shipped, const std::function<void(Rules&)>& fault,
                             const std::function<void(TestGateway&, bool faulty)>& test) {
  for (const bool faulty : {false, true}) {
    SCOPED_TRACE(faulty ? "with the fault" : "as shipped");
    Rules rules = shipped_rules(shipped);
    if (faulty) fault(rules);
    TestGateway gate(rules);
    test(gate, faulty);
  }
}

}  // namespace pinproof::sim
