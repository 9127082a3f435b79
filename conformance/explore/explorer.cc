#include "conformance/explore/explorer.h"

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include "conformance/explore/case_player.h"
#include "conformance/explore/explore_job.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

using Jobs = std::vector<std::unique_ptr<ExploreJob>>;

class Run {
 public:
  Run(const ExploreTargets& targets, const Catalogue& catalogue, const ExploreOptions& options)
      : targets_(targets), catalogue_(catalogue), options_(options) {
    if (options.corpus != nullptr) {
      const SmallWorld world = small_world(targets.hunted()->description());
      for (const auto& [name, one] : options.corpus->cases)
        corpus_.push_back({one.play_seed, fitted(one.commands, world)});
    }
    jobs_ = more_jobs();
  }

  Exploration explore() {
    replay();
    draw();
    Exploration result;
    result.ended = ended_;
    result.coverage = coverage();
    result.cases = result.coverage.cases;
    for (const auto& job : jobs_) result.unjudged += job->unjudged();
    result.commands = commands();
    std::set<std::string> troubles;
    for (const auto& job : jobs_) troubles.insert(job->troubles().begin(), job->troubles().end());
    for (const std::string& trouble : troubles) {
      if (result.troubles.size() < kTroublesMax) result.troubles.push_back(trouble);
    }
    if (options_.corpus != nullptr) keep(result);
    std::string lost;
    result.counterexamples = counterexamples(lost);
    if (!lost.empty() && ended_ != Ended::kInterrupted) result.ended = Ended::kTargetLost;
    return result;
  }

 private:
  Jobs more_jobs() const {
    Jobs jobs;
    for (unsigned i = 0; i < std::max(1U, options_.jobs); ++i)
      jobs.push_back(std::make_unique<ExploreJob>(targets_.hunted(), catalogue_, options_, corpus_));
    return jobs;
  }

  // Every shard has to know what the corpus has, so each plays all of it; the first one counts it.
  void replay() {
    if (corpus_.empty()) return;
    const Jobs uncounted = options_.shard == 1 ? Jobs{} : more_jobs();
    const Jobs& jobs = options_.shard == 1 ? jobs_ : uncounted;
    const std::size_t last = in_blocks(jobs, corpus_.size(), [this](ExploreJob& job, std::uint64_t place) {
      job.replay(options_.corpus->cases[place].first, corpus_[place]);
    });
    is_replayed_ = last == corpus_.size();
    known_ = jobs.front()->replayed();
    for (const auto& job : jobs) {
      for (std::size_t feature = 0; feature < known_.size(); ++feature)
        known_[feature] = known_[feature] || job->replayed()[feature];
    }
    for (const auto& job : jobs_) job->know(known_);
  }

  void draw() {
    if (ended_ != Ended::kAllPlayed) return;
    in_blocks(jobs_, cases_drawn(),
              [this](ExploreJob& job, std::uint64_t place) { job.play(place * options_.shards + options_.shard - 1); });
  }

  /// By this shard.
  std::uint64_t cases_drawn() const {
    const std::uint64_t before = options_.shard - 1;
    return options_.cases > before ? (options_.cases - before - 1) / options_.shards + 1 : 0;
  }
  std::uint64_t cases_in_all() const { return cases_drawn() + (options_.shard == 1 ? corpus_.size() : 0); }

  /// How many of `count` things were done before the run ended.
  template <class Play>
  std::uint64_t in_blocks(const Jobs& jobs, std::uint64_t count, const Play& play) {
    for (std::uint64_t begin = 0; begin < count; begin += options_.cases_a_block) {
      if (is_over()) return begin;
      block(jobs, begin, std::min(begin + options_.cases_a_block, count), play);
      has_begun_ = true;
      breaches_ = Breaches();
      for (const auto& job : jobs_) breaches_.offer(job->breaches());
      if (options_.on_block) options_.on_block({coverage(), cases_in_all(), commands(), breaches_.size()});
    }
    // What ended it with its last case was no hindrance; but for a target that is gone.
    if (is_lost_) {
      ended_ = Ended::kTargetLost;
    } else if (!breaches_.empty() && !options_.keep_going) {
      ended_ = Ended::kAtAFinding;
    }
    return count;
  }

  bool is_over() {
    if (options_.stop != nullptr && options_.stop->load()) {
      ended_ = Ended::kInterrupted;
    } else if (is_lost_) {
      ended_ = Ended::kTargetLost;
    } else if (!breaches_.empty() && !options_.keep_going) {
      ended_ = Ended::kAtAFinding;
    } else if (has_begun_ && options_.out_of_time && options_.out_of_time()) {
      ended_ = Ended::kOutOfTime;
    }
    return ended_ != Ended::kAllPlayed;
  }

  template <class Play>
  void block(const Jobs& jobs, std::uint64_t begin, std::uint64_t end, const Play& play) {
    std::atomic<std::uint64_t> next = begin;
    const auto work = [&](ExploreJob& job) {
      for (std::uint64_t place = next.fetch_add(1); place < end && !is_lost_; place = next.fetch_add(1)) {
        play(job, place);
        if (job.lost_in_a_row() == kLostInARow) is_lost_ = true;
      }
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < jobs.size(); ++i) threads.emplace_back([&, i] { work(*jobs[i]); });
    work(*jobs.front());
  }

  Coverage coverage() const {
    Coverage all(jobs_.front()->world());
    for (const auto& job : jobs_) all.add(job->watch().coverage());
    return all;
  }

  std::uint64_t commands() const {
    std::uint64_t all = 0;
    for (const auto& job : jobs_) all += job->commands();
    return all;
  }

  // Of a corpus that was not played to its end nobody knows what it lacks.
  void keep(Exploration& result) const {
    result.corpus = {corpus_.size(), options_.corpus->digest(),
                     static_cast<std::size_t>(std::count(known_.begin(), known_.end(), true))};
    if (!corpus_.empty() && !is_replayed_) return;
    std::vector<KeptCase> all;
    for (const auto& job : jobs_) {
      std::vector<KeptCase> some = job->keeper().take(job->watch().space());
      all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    result.kept = kept(std::move(all));
  }

  /// `lost`: in words, how the target went away meanwhile. What it broke is told all the same.
  std::vector<Counterexample> counterexamples(std::string& lost) const {
    std::vector<Counterexample> all;
    if (breaches_.empty()) return all;
    std::vector<Breach> ordered = breaches_.ordered();
    if (!options_.keep_going) ordered.resize(1);
    const CounterexampleOptions making{options_.seed, options_.program,
                                       corpus_.empty() ? "" : options_.corpus->digest(), options_.shrinking,
                                       options_.on_target};
    try {
      play_again(ordered, making, all);
    } catch (const TargetLost& gone) {
      lost = gone.what();
      for (std::size_t i = all.size(); i < ordered.size(); ++i)
        all.push_back(
            as_it_was_found(ordered[i], jobs_.front()->world(), jobs_.front()->readings(), catalogue_, making, lost));
    }
    tell_apart(all);
    return all;
  }

  void play_again(const std::vector<Breach>& breaches, const CounterexampleOptions& making,
                  std::vector<Counterexample>& all) const {
    const std::unique_ptr<Target> model = targets_.model();
    const std::unique_ptr<Target> confirming = targets_.confirmed();
    const SmallWorld world = small_world(model->description());
    const SmallWorld target_world = small_world(confirming->description());
    CasePlayer on_model(catalogue_, *model);
    CasePlayer on_target(catalogue_, *confirming);
    for (const Breach& breach : breaches)
      all.push_back(counterexample_of(breach, on_model, world, on_target, target_world, catalogue_, making));
  }

  const ExploreTargets& targets_;
  const Catalogue& catalogue_;
  const ExploreOptions& options_;
  std::vector<CorpusCase> corpus_;  // fitted
  Jobs jobs_;
  Breaches breaches_;
  Ended ended_ = Ended::kAllPlayed;
  bool has_begun_ = false;
  std::atomic<bool> is_lost_ = false;  // the target
  bool is_replayed_ = false;
  std::vector<bool> known_;  // features of the corpus
};

}  // namespace

Exploration explore(const ExploreTargets& targets, const Catalogue& catalogue, const ExploreOptions& options) {
  PINPROOF_CHECK(options.shard >= 1 && options.shard <= options.shards, "shard {} of {}", options.shard,
                 options.shards);
  return Run(targets, catalogue, options).explore();
}

}  // namespace pinproof::conformance
