#include "conformance/player/cost.h"

#include <algorithm>
#include <map>
#include <span>
#include <variant>

namespace pinproof::conformance {
namespace {

constexpr std::string_view kFirstHost = "site";
constexpr std::uint64_t kAnswerBytesUsual = 16;

std::string wish_of(const RequestStep& step) {
  if (step.host != kFirstHost) return "a host called `" + step.host + "`";
  if (step.gate_at) return "answers that stop until they are released";
  if (step.answer_status != 200) return "answers of a status that is asked for";
  if (!step.answer_cookie.empty()) return "cookies on demand";
  if (step.answer_bytes != kAnswerBytesUsual) return "answers of a size that is asked for";
  if (step.method != "GET" && step.method != "HEAD") return "the method " + step.method;
  return {};
}

/// Walks the steps as time goes, answers taking none.
class Walk {
 public:
  Cost cost(const Scenario& scenario) {
    for (const Step& step : scenario.steps) std::visit(*this, step.what);
    cost_.duration = now_;
    return cost_;
  }

  void operator()(const DoStep& step) { together({&step.what, 1}); }
  void operator()(const BeginStep& step) { together({&step.what, 1}); }
  void operator()(const ParallelStep& step) {
    together(step.what);
    checks(step.expect);
  }
  void operator()(const WaitStep& step) {
    const auto sent = sent_.find(step.after);
    const Duration from = sent == sent_.end() ? now_ : sent->second;
    now_ = std::max(now_, from + step.duration);
  }
  void operator()(const AwaitStep& step) { checks(step.expect); }
  void operator()(const ExpectStep& step) { checks(step.expect); }
  void operator()(const ReleaseStep&) {}
  void operator()(const AbandonStep&) {}
  void operator()(const CloseStep&) {}
  void operator()(const ExitStep&) {}

 private:
  void together(std::span<const Submission> what) {
    std::uint64_t at_once = 0;
    Duration longest{};
    for (const Submission& one : what) {
      if (const auto* const request = std::get_if<RequestStep>(&one)) {
        const bool spread = request->every > Duration::zero();
        at_once += spread ? 1 : request->count;
        if (spread) longest = std::max(longest, request->every * (request->count - 1));
        cost_.requests += request->count;
        sent_[request->label] = now_;
        wish(wish_of(*request));
        checks(request->expect);
      } else {
        const auto& call = std::get<ApiStep>(one);
        at_once += call.count;
        cost_.requests += call.count;
        sent_[call.label] = now_;
      }
    }
    cost_.at_once = std::max(cost_.at_once, at_once);
    now_ += longest;
  }

  void checks(const std::vector<Expectation>& expectations) {
    for (const Expectation& one : expectations) {
      if (std::holds_alternative<OriginCheck>(one.check)) wish("an account of what reached it");
    }
  }
  void wish(std::string what) {
    if (cost_.origin_wish.empty()) cost_.origin_wish = std::move(what);
  }

  Cost cost_;
  Duration now_{};
  std::map<std::string, Duration> sent_;
};

}  // namespace

Cost cost_of(const Scenario& scenario) { return Walk().cost(scenario); }

}  // namespace pinproof::conformance
