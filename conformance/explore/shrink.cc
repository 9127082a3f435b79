#include "conformance/explore/shrink.h"

#include <algorithm>
#include <utility>

namespace pinproof::conformance {
namespace {

/// The plainer commands that one could be instead, the plainest first.
class Plainer {
 public:
  Plainer(const Command& command, const SmallWorld& world) : command_(command), world_(world) {}

  std::vector<Command> list() {
    whole();
    if (command_.verb == Verb::kBegin) try_with([](Command& one) { one.verb = Verb::kRequest; });
    clear(&Command::together);
    clear(&Command::create);
    clear(&Command::connect);
    clear(&Command::gated);
    clear(&Command::connection);
    clear(&Command::fault);
    clear(&Command::load);
    clear(&Command::headers);
    clear(&Command::retries);
    clear(&Command::host);
    clear(&Command::actor);
    lower(&Command::actor);
    counts();
    clear(&Command::every);
    clear(&Command::lasting);
    clear(&Command::times);
    if (command_.times > 1) try_with([](Command& one) { one.times = 1; });
    if (command_.verb == Verb::kExit) exits();
    if (command_.verb == Verb::kWait) waits();
    keys();
    return std::move(list_);
  }

 private:
  template <class Change>
  void try_with(Change change) {
    Command one = command_;
    change(one);
    if (!(one == command_) && std::find(list_.begin(), list_.end(), one) == list_.end()) list_.push_back(one);
  }

  template <class T>
  void clear(T Command::*field) {
    try_with([field](Command& one) { one.*field = Command{}.*field; });
  }
  template <class T>
  void lower(T Command::*field) {
    for (T value = 1; value < command_.*field; ++value) try_with([=](Command& one) { one.*field = value; });
  }

  // Everything that only adorns it at once.
  void whole() {
    try_with([](Command& one) {
      Command plain;
      plain.verb = one.verb;
      plain.key = one.key;
      plain.flight = one.flight;
      plain.over = one.over;
      plain.count = one.count;
      if (one.verb == Verb::kExit) {
        plain.action = one.action;
        plain.aim = one.aim;
        if (one.action == sim::ExitAction::kSlow) plain.span = one.span;
      }
      if (one.verb == Verb::kWait) {
        plain.anchor = one.anchor;
        plain.span = one.span;
        plain.offset = one.offset;
      }
      one = plain;
    });
  }

  void counts() {
    const std::uint16_t count = command_.count;
    for (const int fewer : {1, 2, 3, count / 2, count - count / 4, count - 1}) {
      if (fewer >= 1 && fewer < count) try_with([=](Command& one) { one.count = static_cast<std::uint16_t>(fewer); });
    }
  }

  void exits() {
    clear(&Command::action);
    clear(&Command::aim);
    if (command_.aim == Aim::kAll) try_with([](Command& one) { one.aim = Aim::kMatching; });
    clear(&Command::flight);
  }

  // A plain wait of a round time is easier to read than one to a boundary, and the boundary itself than what is near it.
  void waits() {
    clear(&Command::offset);
    for (std::uint8_t span = 0; span < command_.span; ++span) {
      try_with([span, plain = span < world_.boundaries](Command& one) {
        one.span = span;
        if (plain) one.offset = 0;
      });
    }
    clear(&Command::anchor);
    if (command_.anchor == Anchor::kLast) try_with([](Command& one) { one.anchor = Anchor::kOpened; });
  }

  void keys() {
    const Key& key = world_.keys[command_.key % world_.keys.size()];
    const auto& alike = key.kind == KeyKind::kSticky     ? world_.sticky
                        : key.kind == KeyKind::kRotating ? world_.rotating
                                                         : world_.malformed;
    if (key.kind != KeyKind::kRotating && !world_.rotating.empty())
      try_with([first = world_.rotating.front()](Command& one) { one.key = first; });
    for (const std::uint8_t other : alike) {
      if (other < command_.key) try_with([other](Command& one) { one.key = other; });
    }
  }

  const Command& command_;
  const SmallWorld& world_;
  std::vector<Command> list_;
};

class Shrinker {
 public:
  Shrinker(Commands commands, const SmallWorld& world, const StillShows& still_shows, const ShrinkOptions& options)
      : best_(std::move(commands)), world_(world), still_shows_(still_shows), tries_left_(options.tries_max) {
    if (options.time_max) until_ = Clock::now() + *options.time_max;
  }

  Commands run() {
    for (bool shorter = true; shorter;) {
      shorter = drop_chunks();
      shorter = one_key_for_another() || shorter;
      shorter = plainer() || shorter;
    }
    return std::move(best_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  bool accept(Commands candidate) {
    if (until_ && Clock::now() >= *until_) tries_left_ = 0;
    if (tries_left_ == 0) return false;
    --tries_left_;
    if (!still_shows_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  // From the end, since what comes after the violation is in nobody's way.
  bool drop_chunks() {
    bool any = false;
    for (std::size_t size = std::max<std::size_t>(best_.size() / 2, 1); size > 0; size /= 2) {
      for (std::size_t end = best_.size(); end > 0;) {
        const std::size_t begin = end > size ? end - size : 0;
        Commands candidate = best_;
        candidate.erase(candidate.begin() + static_cast<std::ptrdiff_t>(begin),
                        candidate.begin() + static_cast<std::ptrdiff_t>(end));
        if (accept(std::move(candidate))) any = true;
        end = std::min(begin, best_.size());
      }
    }
    return any;
  }

  // Everywhere at once: two keys that are one can be told apart by no single command.
  bool one_key_for_another() {
    bool any = false;
    for (std::size_t i = 0; i < best_.size(); ++i) {
      const std::uint8_t from = best_[i].key;
      for (const auto& list : {world_.sticky, world_.rotating, world_.malformed}) {
        for (const std::uint8_t to : list) {
          if (to >= from || world_.keys[to].kind != world_.keys[from].kind) continue;
          Commands candidate = best_;
          for (Command& command : candidate) {
            if (command.key == from) command.key = to;
          }
          if (accept(std::move(candidate))) {
            any = true;
            break;
          }
        }
        if (best_[i].key != from) break;
      }
    }
    return any;
  }

  bool plainer() {
    bool any = false;
    for (std::size_t i = 0; i < best_.size(); ++i) {
      for (bool again = true; again && tries_left_ > 0;) {
        again = false;
        for (const Command& one : Plainer(best_[i], world_).list()) {
          Commands candidate = best_;
          candidate[i] = one;
          if (!accept(std::move(candidate))) continue;
          again = any = true;
          break;
        }
      }
    }
    return any;
  }

  Commands best_;
  const SmallWorld& world_;
  const StillShows& still_shows_;
  std::size_t tries_left_;
  std::optional<Clock::time_point> until_;
};

}  // namespace

Commands shrink(Commands commands, const SmallWorld& world, const StillShows& still_shows,
                const ShrinkOptions& options) {
  return Shrinker(std::move(commands), world, still_shows, options).run();
}

}  // namespace pinproof::conformance
