#include "conformance/player/needs.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "conformance/player/cost.h"
#include "conformance/scenario/store.h"

namespace pinproof::conformance {
namespace {

constexpr std::string_view kFirstAccount = "one";
constexpr std::string_view kPopularHost = "popular";

void add_all(Capabilities& needs, Capabilities more) {
  for (const Capability capability : kAllCapabilities) {
    if (more.has(capability)) needs.add(capability);
  }
}

struct NeedsOfCheck {
  Capabilities operator()(const ExitCheck&) const { return {Capability::kExits}; }
  Capabilities operator()(const DistinctExitsCheck&) const { return {Capability::kExits}; }
  Capabilities operator()(const OriginCheck&) const { return {Capability::kExits}; }
  Capabilities operator()(const SpacingCheck&) const { return {Capability::kAttempts}; }
  Capabilities operator()(const AttemptsCheck&) const { return {Capability::kAttempts}; }
  Capabilities operator()(const ListedCheck& check) const {
    return check.exit_of.empty() ? Capabilities{Capability::kApi} : Capabilities{Capability::kApi, Capability::kExits};
  }
  template <class Other>
  Capabilities operator()(const Other&) const {
    return {};
  }
};

/// Walks the steps once and gathers what each asks for.
class Gatherer {
 public:
  explicit Gatherer(const Scenario& scenario) : scenario_(scenario) {
    for (const Step& step : scenario.steps) std::visit(*this, step.what);
    if (accounts_.size() > 1) needs_.add(Capability::kAccounts);
  }

  const Capabilities& needs() const { return needs_; }
  const std::vector<std::string>& accounts() const { return accounts_; }
  bool popular_host() const { return popular_host_; }
  bool places() const { return places_; }

  void operator()(const DoStep& step) { submission(step.what); }
  void operator()(const BeginStep& step) { submission(step.what); }
  void operator()(const ParallelStep& step) {
    for (const Submission& one : step.what) submission(one);
    expectations(step.expect);
  }
  void operator()(const AwaitStep& step) { expectations(step.expect); }
  void operator()(const ExpectStep& step) { expectations(step.expect); }
  void operator()(const WaitStep& step) {
    if (step.duration > Duration::zero()) needs_.add(Capability::kTime);
  }
  void operator()(const ExitStep& step) {
    needs_.add(Capability::kDrop);
    if (!step.which.served.empty() || !step.which.not_served.empty()) needs_.add(Capability::kExits);
  }
  void operator()(const ReleaseStep&) {}
  void operator()(const AbandonStep&) {}
  void operator()(const CloseStep&) {}

  void operator()(const RequestStep& step) {
    if (step.every > Duration::zero()) needs_.add(Capability::kTime);
    if (step.host == kPopularHost) popular_host_ = true;
    if (step.encrypted) needs_.add(Capability::kTls);
    if (step.shape != RequestShape::kSound) needs_.add(Capability::kWire);
  }
  void operator()(const ApiStep&) { needs_.add(Capability::kApi); }

 private:
  void submission(const Submission& submission) {
    std::visit(
        [this](const auto& step) {
          (*this)(step);
          const std::string account = account_of(scenario_, step.actor);
          if (std::find(accounts_.begin(), accounts_.end(), account) == accounts_.end()) accounts_.push_back(account);
          expectations(step.expect);
        },
        submission);
  }

  void expectations(const std::vector<Expectation>& expectations) {
    for (const Expectation& one : expectations) {
      add_all(needs_, std::visit(NeedsOfCheck{}, one.check));
      const auto* const exit = std::get_if<ExitCheck>(&one.check);
      if (exit != nullptr && exit->in) places_ = true;
    }
  }

  const Scenario& scenario_;
  Capabilities needs_;
  std::vector<std::string> accounts_;
  bool popular_host_ = false;
  bool places_ = false;  // it asks where an exit is
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " or ") + word;
  return text;
}

Trouble trouble(Verdict verdict, std::string what) { return Trouble{verdict, "", std::move(what), sim::kStart}; }

/// What is missing, as not offered where the target says so of all of it.
Trouble lacking(Capabilities missing, const TargetDescription& target) {
  const NotOffered* said = nullptr;
  for (const NotOffered& row : target.not_offered) {
    const auto capability = parse_capability(row.what);
    if (!capability || !missing.has(*capability)) continue;
    missing.remove(*capability);
    if (said == nullptr) said = &row;
  }
  if (missing.empty())
    return trouble(Verdict::kNotSupported, "the target does not offer " + said->what + ": " + said->why);
  return trouble(Verdict::kNotTestable, "needs " + to_string(missing));
}

/// What the target does not allow; its origin, its limits.
std::optional<Trouble> too_dear(const Scenario& scenario, const TargetDescription& target) {
  const bool limited = target.duration_max || target.requests_max || target.at_once_max;
  if (target.origin_is_ours && !limited) return std::nullopt;
  const Cost cost = cost_of(scenario);
  if (!target.origin_is_ours && !cost.origin_wish.empty()) {
    return trouble(Verdict::kNotTestable, "needs an origin of ours: " + cost.origin_wish);
  }
  if (target.duration_max && cost.duration > *target.duration_max) {
    return trouble(Verdict::kNotTestable, "needs time: " + sim::format_duration(cost.duration) +
                                              ", and the run allows " + sim::format_duration(*target.duration_max));
  }
  const auto more_than = [](std::uint64_t wanted, const std::optional<std::uint64_t>& most) {
    return most && wanted > *most;
  };
  if (more_than(cost.requests, target.requests_max)) {
    return trouble(Verdict::kNotTestable, "needs " + std::to_string(cost.requests) +
                                              " requests, and the target allows " +
                                              std::to_string(*target.requests_max));
  }
  if (more_than(cost.at_once, target.at_once_max)) {
    return trouble(Verdict::kNotTestable, "needs " + std::to_string(cost.at_once) +
                                              " requests at once, and the target allows " +
                                              std::to_string(*target.at_once_max));
  }
  return std::nullopt;
}

}  // namespace

const NotOffered* not_offered(const TargetDescription& target, std::string_view requirement) {
  const auto found = std::find_if(target.not_offered.begin(), target.not_offered.end(),
                                  [&](const NotOffered& row) { return glob_matches(row.what, requirement); });
  return found == target.not_offered.end() ? nullptr : &*found;
}

std::string account_of(const Scenario& scenario, const std::string& actor) {
  const auto found = scenario.actors.find(actor);
  return found == scenario.actors.end() ? std::string(kFirstAccount) : found->second;
}

std::vector<std::string> accounts_of(const Scenario& scenario) { return Gatherer(scenario).accounts(); }

Capabilities needs_of(const Scenario& scenario, const Catalogue& catalogue) {
  Capabilities needs = Gatherer(scenario).needs();
  for (const std::string& id : scenario.requirements) {
    if (const Requirement* requirement = catalogue.find(id)) add_all(needs, requirement->needs);
  }
  return needs;
}

std::optional<Trouble> unplayable(const Scenario& scenario, const Catalogue& catalogue,
                                  const TargetDescription& target) {
  if (scenario.dialect != target.dialect) {
    return trouble(Verdict::kNotSupported,
                   "the scenario is for " + scenario.dialect + ", the target speaks " + target.dialect);
  }
  for (const auto& [reading, values] : scenario.when) {
    const auto declared = target.readings.find(reading);
    const std::string value = declared == target.readings.end() ? "nothing" : declared->second;
    if (std::find(values.begin(), values.end(), value) == values.end()) {
      return trouble(Verdict::kNotSupported,
                     "the reading " + reading + " is " + value + ", the scenario is for " + joined(values));
    }
  }
  for (const std::string& requirement : scenario.requirements) {
    if (const NotOffered* const row = not_offered(target, requirement)) {
      return trouble(Verdict::kNotSupported, "the target does not offer " + requirement + ": " + row->why);
    }
  }
  const Capabilities missing = needs_of(scenario, catalogue).without(target.capabilities);
  if (!missing.empty()) return lacking(missing, target);
  const Gatherer gathered(scenario);
  for (const std::string& account : gathered.accounts()) {
    if (std::find(target.accounts.begin(), target.accounts.end(), account) == target.accounts.end()) {
      return trouble(Verdict::kNotTestable, "needs accounts: one called `" + account + "`");
    }
  }
  if (gathered.popular_host() && target.hosts_popular.empty()) {
    return trouble(Verdict::kNotTestable, "needs a domain with a delay of its own");
  }
  if (gathered.places() && target.exits.empty()) {
    return trouble(Verdict::kNotTestable, "needs a list of the exits, which says where each is");
  }
  return too_dear(scenario, target);
}

}  // namespace pinproof::conformance
