#include "conformance/judge/pacing/pacing_rules.h"

#include <fmt/format.h>

#include <array>

namespace pinproof::conformance {

std::span<const PacingRule> pacing_rules() {
  static constexpr std::array<PacingRule, 10> kRules{c_pac_1, c_pac_2, c_pac_3, c_pac_4, c_pac_5,
                                                     c_pac_6, c_pac_7, c_pac_8, c_pac_9, c_ret_5};
  return kRules;
}

bool judge_gap(const PaceStep& step, std::string_view requirement, Holdings& holdings) {
  const Gap gap = step.gap();
  if ((gap != Gap::kShort && gap != Gap::kOpen) || step.owner_of_short_gap() != requirement) return false;
  const Forward& previous = *step.previous;
  const std::string reading = reading_of(step.header, "pacing_scope");
  if (gap == Gap::kOpen) {
    const std::string room = sim::format_duration(step.owed() - step.gap_low());
    holdings.push_back({requirement,
                        Verdict::kInconclusive,
                        fmt::format("when the requests went out is not seen: needs {} more room", room),
                        {previous.request->id},
                        reading});
    return true;
  }
  holdings.push_back({requirement,
                      Verdict::kFail,
                      fmt::format("went out through {} at {}, {} after the one before, where {} are promised",
                                  step.forward->exit, sim::format_instant(step.forward->to),
                                  sim::format_duration(step.gap_high()), sim::format_duration(step.owed())),
                      {previous.request->id},
                      reading});
  return true;
}

bool judge_delay(const PaceStep& step, std::string_view requirement, Holdings& holdings) {
  if (!step.too_late() || step.owner_of_delay() != requirement) return false;
  const Forward& forward = *step.forward;
  std::vector<std::uint64_t> evidence;
  if (step.placement.before) evidence.push_back(step.placement.before->request->id);
  holdings.push_back(
      {requirement, Verdict::kFail,
       fmt::format("held for {}, though {} was free {}", sim::format_duration(forward.delay_low()), forward.exit,
                   step.free() ? std::string("when it came") : "at " + sim::format_instant(step.due())),
       std::move(evidence), reading_of(step.header, "pacing_law")});
  return true;
}

}  // namespace pinproof::conformance
