#include "conformance/judge/names/name_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace pinproof::conformance {
namespace {

// The source files malformed names under 407, its error table under 400; a profile may declare which.
bool right_status(const NameStep& step) {
  const std::string& reading = step.header.readings.at("malformed_name_status");
  if (reading == "bad_request") return step.seen().status == 400;
  if (reading == "proxy_authentication") return step.seen().status == 407;
  return step.seen().status >= 400 && step.seen().status < 500;
}

}  // namespace

bool NameStep::refused_for_its_name() const {
  if (exchange.fate != Fate::kRefused || !exchange.reached_nothing()) return false;
  const auto code = seen().headers.find(header.vocabulary.error);
  static constexpr std::array<std::string_view, 3> kOfNames{"bad-username", "session-incomplete",
                                                            "sesstime-out-of-range"};
  if (code) return std::find(kOfNames.begin(), kOfNames.end(), *code) != kOfNames.end();
  return seen().status == 400;  // 407 without a code may be a passing trouble with the credentials
}

void judge_refusal(const NameStep& step, std::string_view requirement, Holdings& holdings) {
  if (!step.good_credentials() || step.asked.breaks != requirement || step.exchange.fate == Fate::kUnknown) return;
  if (step.exchange.fate == Fate::kRefused && right_status(step)) return held(holdings, requirement);
  const std::string what = step.exchange.fate == Fate::kServed || step.exchange.fate == Fate::kCutShort ? "was served"
                           : step.seen().status == 0 ? "was not answered"
                                                     : fmt::format("was answered {}", step.seen().status);
  broken(holdings, requirement, fmt::format("{} has to be refused with a client error, and {}", step.asked.why, what));
}

std::span<const NameRule> name_rules() {
  static constexpr std::array<NameRule, 8> kRules{h_stk_6,  h_stk_7, h_stk_8, h_stk_9,
                                                  h_stk_11, h_aut_1, h_ext_1, h_ext_2};
  return kRules;
}

}  // namespace pinproof::conformance
