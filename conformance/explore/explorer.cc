#include "conformance/explore/explorer.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "sim/core/check.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

using Breaches =
    std::map<std::pair<std::string, std::string>, Breach>;  // by requirement and signature; the lowest case

void keep(Breaches& breaches, Breach breach) {
  auto [entry, fresh] = breaches.try_emplace({breach.requirement, breach.signature});
  if (fresh || breach.number < entry->second.number) entry->second = std::move(breach);
}

/// Plays cases on a target of its own.
class Job {
 public:
  Job(std::unique_ptr<Target> target, const Catalogue& catalogue, const ExploreOptions& options)
      : target_(std::move(target)),
        world_(small_world(target_->description())),
        watch_(world_),
        player_(catalogue, *target_, &watch_),
        options_(options),
        id_(world_.dialect + "/explore/case") {}

  void play(std::uint64_t number) {
    const Commands commands = draw(options_.seed, number, world_, options_.drawing);
    Lowered lowered = lower(commands, world_);
    lowered.scenario.id = id_;
    watch_.begin(lowered);
    const Played played = player_.play(lowered.scenario, sim::digest_of(id_, options_.seed ^ number));
    watch_.end(commands, lowered, played.left_out, played.judgement, target_->now());
    commands_ += commands.size();
    for (const auto& [requirement, sample] : played.judgement.samples) samples_[requirement].add(sample);
    for (const Finding& finding : played.judgement.findings) note(finding, number, commands);
    if (played.judgement.verdict == Verdict::kHarnessError) troubles_.insert(played.judgement.reason);
  }

  const SmallWorld& world() const { return world_; }
  const CoverageWatch& watch() const { return watch_; }
  std::uint64_t commands() const { return commands_; }
  const std::map<std::string, Sample>& samples() const { return samples_; }
  const std::set<std::string>& troubles() const { return troubles_; }
  Breaches& breaches() { return breaches_; }

 private:
  void note(const Finding& finding, std::uint64_t number, const Commands& commands) {
    if (finding.verdict != Verdict::kFail || finding.requirement.empty() || finding.sample) return;
    if (options_.ignored.contains(finding.requirement)) return;
    if (!options_.wanted.empty() && !options_.wanted.contains(finding.requirement)) return;
    std::string signature = signature_of(finding.reason);
    const auto known = breaches_.find({finding.requirement, signature});
    if (known != breaches_.end() && known->second.number <= number) return;
    keep(breaches_, {finding.requirement, std::move(signature), number, commands});
  }

  std::unique_ptr<Target> target_;
  SmallWorld world_;
  CoverageWatch watch_;
  CasePlayer player_;
  const ExploreOptions& options_;
  std::string id_;
  std::uint64_t commands_ = 0;
  std::map<std::string, Sample> samples_;
  std::set<std::string> troubles_;
  Breaches breaches_;
};

class Run {
 public:
  Run(const ExploreTargets& targets, const Catalogue& catalogue, const ExploreOptions& options)
      : targets_(targets), catalogue_(catalogue), options_(options) {
    const unsigned jobs = std::max(1U, options.jobs);
    for (unsigned i = 0; i < jobs; ++i) jobs_.push_back(std::make_unique<Job>(targets.hunted(), catalogue, options));
  }

  Exploration explore() {
    Exploration result;
    for (std::uint64_t begin = 0; begin < options_.cases; begin += kCasesABlock) {
      if (stopped()) {
        result.complete = false;
        break;
      }
      if (begin > 0 && options_.out_of_time && options_.out_of_time()) break;
      result.cases += block(begin, std::min(begin + kCasesABlock, options_.cases));
      gather();
      if (options_.on_block) options_.on_block(coverage(), breaches_.size());
      if (!breaches_.empty() && !options_.keep_going) break;
    }
    result.coverage = coverage();
    std::set<std::string> troubles;
    for (const auto& job : jobs_) {
      result.commands += job->commands();
      for (const auto& [requirement, sample] : job->samples()) result.samples[requirement].add(sample);
      troubles.insert(job->troubles().begin(), job->troubles().end());
    }
    result.troubles.assign(troubles.begin(), troubles.end());
    result.counterexamples = counterexamples();
    return result;
  }

 private:
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  std::uint64_t block(std::uint64_t begin, std::uint64_t end) {
    std::atomic<std::uint64_t> next = begin;
    std::atomic<std::uint64_t> played = 0;
    const auto work = [&](Job& job) {
      for (std::uint64_t number = next.fetch_add(1); number < end; number = next.fetch_add(1)) {
        if (number % options_.shards != options_.shard - 1) continue;
        job.play(number);
        ++played;
      }
    };
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 1; i < jobs_.size(); ++i) threads.emplace_back([&, i] { work(*jobs_[i]); });
      work(*jobs_.front());
    }
    return played;
  }

  void gather() {
    for (const auto& job : jobs_) {
      for (auto& [key, breach] : job->breaches()) {
        const auto known = breaches_.find(key);
        if (known == breaches_.end() || breach.number < known->second.number) breaches_[key] = breach;
      }
    }
  }

  Coverage coverage() const {
    Coverage all(jobs_.front()->world());
    for (const auto& job : jobs_) all.add(job->watch().coverage());
    return all;
  }

  std::vector<Counterexample> counterexamples() {
    std::vector<Counterexample> all;
    if (breaches_.empty()) return all;
    std::vector<Breach> ordered;
    for (auto& [key, breach] : breaches_) ordered.push_back(breach);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const Breach& left, const Breach& right) { return left.number < right.number; });
    if (!options_.keep_going) ordered.resize(1);
    const std::unique_ptr<Target> model = targets_.model();
    const std::unique_ptr<Target> confirming = targets_.confirmed();
    const SmallWorld world = small_world(model->description());
    const SmallWorld target_world = small_world(confirming->description());
    CasePlayer on_model(catalogue_, *model);
    CasePlayer on_target(catalogue_, *confirming);
    const CounterexampleOptions making{options_.seed, options_.program, options_.shrinking};
    for (const Breach& breach : ordered) {
      Counterexample one = counterexample_of(breach, on_model, world, on_target, target_world, catalogue_, making);
      // Two ways in which the judge said it, and one story.
      const bool told = std::any_of(all.begin(), all.end(), [&](const Counterexample& other) {
        return other.requirement == one.requirement && other.scenario.title == one.scenario.title;
      });
      if (!told) all.push_back(std::move(one));
    }
    return all;
  }

  const ExploreTargets& targets_;
  const Catalogue& catalogue_;
  const ExploreOptions& options_;
  std::vector<std::unique_ptr<Job>> jobs_;
  Breaches breaches_;
};

}  // namespace

Exploration explore(const ExploreTargets& targets, const Catalogue& catalogue, const ExploreOptions& options) {
  PINPROOF_CHECK(options.shard >= 1 && options.shard <= options.shards, "shard {} of {}", options.shard,
                 options.shards);
  return Run(targets, catalogue, options).explore();
}

}  // namespace pinproof::conformance
