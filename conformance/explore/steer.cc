#include "conformance/explore/steer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "sim/core/random.h"

namespace pinproof::conformance {
namespace {

using sim::Random;

/// Changes a case with what a fresh one has to give.
class Breeder {
 public:
  Breeder(Random random, Commands fresh, const std::vector<CorpusCase>& cases, const SmallWorld& world,
          std::size_t commands_max)
      : random_(random), fresh_(std::move(fresh)), cases_(cases), world_(world), commands_max_(commands_max) {}

  Commands breed() {
    commands_ = any_case();
    for (std::uint64_t changes = 1 + random_.below(4); changes > 0; --changes) change();
    if (commands_.empty()) commands_ = std::move(fresh_);
    if (commands_.size() > commands_max_) commands_.resize(commands_max_);
    return std::move(commands_);
  }

 private:
  const Commands& any_case() { return cases_[random_.below(cases_.size())].commands; }
  const Command& any_fresh() { return fresh_[random_.below(fresh_.size())]; }
  std::size_t place() { return random_.below(commands_.size()); }
  Commands::iterator at(std::size_t place) { return commands_.begin() + static_cast<std::ptrdiff_t>(place); }

  void change() {
    if (commands_.empty()) return follow(fresh_);
    switch (random_.below(8)) {
      case 0:
        commands_[place()] = any_fresh();
        return;
      case 1:
        commands_.insert(at(random_.below(commands_.size() + 1)), any_fresh());
        return;
      case 2:
        commands_.erase(at(place()));
        return;
      case 3:
        return twice();
      case 4:
        return to_a_boundary();
      case 5:
        return exchange_keys();
      case 6:
        return follow(any_case());
      default:
        return follow(fresh_);
    }
  }

  void twice() {
    const std::size_t from = place();
    const Command again = commands_[from];
    commands_.insert(at(from + random_.below(commands_.size() - from + 1)), again);
  }

  // The first wait at or after some place; where there is none, a new one there.
  void to_a_boundary() {
    const std::size_t from = place();
    auto wait =
        std::find_if(at(from), commands_.end(), [](const Command& command) { return command.verb == Verb::kWait; });
    if (wait == commands_.end()) {
      Command fresh;
      fresh.verb = Verb::kWait;
      fresh.key = commands_[from].key;
      fresh.anchor = random_.chance(1, 2) ? Anchor::kOpened : Anchor::kLast;
      wait = commands_.insert(at(from + 1), fresh);
    }
    const std::uint64_t boundaries = world_.spans.size() - world_.boundaries;
    const std::uint64_t boundary = random_.chance(1, 2) ? 0 : random_.below(boundaries);
    wait->span = static_cast<std::uint8_t>(world_.boundaries + boundary);
    wait->offset = static_cast<std::uint8_t>(random_.below(world_.offsets.size()));
  }

  void exchange_keys() {
    const std::uint8_t from = commands_[place()].key;
    const std::uint8_t to = any_fresh().key;
    for (Command& command : commands_) {
      if (command.key == from) command.key = to;
    }
  }

  // What comes after some place of another case.
  void follow(const Commands& other) {
    if (other.empty()) return;
    const std::size_t from = random_.below(other.size());
    commands_.insert(commands_.end(), other.begin() + static_cast<std::ptrdiff_t>(from), other.end());
  }

  Random random_;
  Commands fresh_;
  const std::vector<CorpusCase>& cases_;
  const SmallWorld& world_;
  std::size_t commands_max_;
  Commands commands_;
};

}  // namespace

Commands steered(std::uint64_t seed, std::uint64_t number, const std::vector<CorpusCase>& cases,
                 const SmallWorld& world, const DrawOptions& options) {
  Commands fresh = draw(seed, number, world, options);
  if (cases.empty()) return fresh;
  Random random = Random(seed).split("case " + std::to_string(number)).split("steer");
  if (random.chance(1, 2)) return fresh;
  return Breeder(random, std::move(fresh), cases, world, options.commands_max).breed();
}

}  // namespace pinproof::conformance
