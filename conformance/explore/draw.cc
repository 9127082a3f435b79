#include "conformance/explore/draw.h"

#include <algorithm>
#include <array>
#include <string>

#include "sim/core/random.h"

namespace pinproof::conformance {
namespace {

using sim::Random;

template <class T>
const T& any_of(const std::vector<T>& list, Random& random) {
  return list[random.below(list.size())];
}

// A cap that large is scaled down (scaled.h), or left alone.
constexpr std::uint32_t kFillMax = 50;

/// How the commands of one case are drawn.
class Swarm {
 public:
  Swarm(Random random, const SmallWorld& world, const DrawOptions& options)
      : random_(random), world_(world), options_(options) {
    choose_keys();
    choose_verbs();
    choose_manners();
  }

  Commands draw() {
    Commands commands;
    const std::size_t length = options_.all_long
                                   ? options_.commands_max
                                   : 2 + random_.below(std::max<std::size_t>(options_.commands_max, 3) - 1);
    while (commands.size() < length) commands.push_back(one());
    return commands;
  }

 private:
  // One to four sticky keys around the first, half of the time those next to each other in the list, which differ in one part.
  void choose_keys() {
    const std::uint64_t count = 1 + random_.below(4);
    if (!world_.sticky.empty()) {
      keys_.push_back(random_.chance(1, 2) ? world_.sticky.front() : any_of(world_.sticky, random_));
      for (std::uint64_t i = 1; i < count; ++i) keys_.push_back(any_of(world_.sticky, random_));
    }
    sticky_ = keys_.size();
    const bool rotates = random_.chance(1, 3);
    if (!world_.rotating.empty() && (keys_.empty() || rotates)) {
      keys_.push_back(any_of(world_.rotating, random_));
      if (random_.chance(1, 3)) keys_.push_back(any_of(world_.rotating, random_));
    }
    if (!world_.malformed.empty() && random_.chance(1, 4)) {
      const std::uint64_t wrong = 1 + random_.below(4);
      for (std::uint64_t i = 0; i < wrong; ++i) keys_.push_back(any_of(world_.malformed, random_));
    }
    clients_ = random_.chance(1, 2) ? 1 : 1 + random_.below(world_.clients.size());
    hosts_ = random_.chance(1, 2) ? 1 : 1 + random_.below(world_.hosts.size());
  }

  struct Usual {
    Verb verb;
    std::uint64_t weight;
  };

  void choose_verbs() {
    constexpr std::array kUsual{Usual{Verb::kRequest, 24}, Usual{Verb::kWait, 12},  Usual{Verb::kExit, 8},
                                Usual{Verb::kBegin, 4},    Usual{Verb::kAwait, 3},  Usual{Verb::kRelease, 2},
                                Usual{Verb::kAbandon, 1},  Usual{Verb::kClose, 1},  Usual{Verb::kCreate, 2},
                                Usual{Verb::kList, 3},     Usual{Verb::kDelete, 3}, Usual{Verb::kFill, 1}};
    constexpr std::array<std::uint64_t, 4> kFactors{0, 1, 1, 4};
    for (const Usual& usual : kUsual) {
      std::uint64_t factor = kFactors[random_.below(kFactors.size())];
      if (usual.verb == Verb::kRequest) factor = std::max<std::uint64_t>(factor, 1);
      if (usual.verb == Verb::kFill && !random_.chance(1, 4)) factor = 0;
      const bool calls = usual.verb == Verb::kCreate || usual.verb == Verb::kList || usual.verb == Verb::kDelete ||
                         usual.verb == Verb::kFill;
      if (calls && !world_.has_api) factor = 0;
      if (usual.verb == Verb::kFill && world_.session_cap > kFillMax) factor = 0;
      total_ += usual.weight * factor;
      weights_.push_back({usual.verb, total_});
    }
  }

  // Of sixteen: how often a request is each of these.
  void choose_manners() {
    const auto often = [this](std::uint64_t most) { return random_.chance(1, 2) ? 0 : 1 + random_.below(most); };
    connects_ = often(8);
    keeps_ = often(10);
    together_ = often(8);
    loaded_ = often(6);
    headed_ = often(6);
    retried_ = often(8);
    faulty_ = random_.chance(1, 4) ? 1 + random_.below(3) : 0;
    bursts_ = often(3);
    creates_ = often(5);
    actions_ = random_.chance(1, 2) ? 1 : 6;
  }

  bool in_sixteen(std::uint64_t times) { return random_.chance(times, 16); }

  std::uint8_t key() { return any_of(keys_, random_); }
  std::uint8_t sticky_key() { return sticky_ > 0 ? keys_[random_.below(sticky_)] : key(); }

  Command one() {
    const std::uint64_t at = random_.below(total_);
    Command command;
    command.verb =
        std::find_if(weights_.begin(), weights_.end(), [&](const Usual& usual) { return at < usual.weight; })->verb;
    switch (command.verb) {
      case Verb::kRequest:
      case Verb::kBegin:
        request(command);
        break;
      case Verb::kAwait:
      case Verb::kRelease:
      case Verb::kAbandon:
        command.flight = flight();
        break;
      case Verb::kClose:
        command.actor = actor();
        command.connection = random_.chance(1, 2) ? ConnectionUse::kKept : ConnectionUse::kShared;
        break;
      case Verb::kWait:
        wait(command);
        break;
      case Verb::kExit:
        exits(command);
        break;
      case Verb::kCreate:
      case Verb::kList:
      case Verb::kDelete:
        command.key = random_.chance(1, 8) ? key() : sticky_key();
        command.actor = actor();
        command.together = in_sixteen(together_);
        command.fault = fault();
        break;
      case Verb::kFill:
        command.key = sticky_key();
        command.actor = actor();
        command.over = static_cast<std::int8_t>(random_.between(-1, 1));
        break;
    }
    return command;
  }

  std::uint8_t actor() { return static_cast<std::uint8_t>(random_.below(clients_)); }
  std::uint8_t flight() { return static_cast<std::uint8_t>(random_.below(kFlights)); }
  std::uint8_t fault() {
    return in_sixteen(faulty_) ? static_cast<std::uint8_t>(1 + random_.below(4)) : std::uint8_t{0};
  }

  void request(Command& command) {
    command.actor = actor();
    command.key = key();
    command.create = in_sixteen(creates_);
    command.connect = in_sixteen(connects_);
    if (in_sixteen(keeps_)) command.connection = random_.chance(3, 4) ? ConnectionUse::kKept : ConnectionUse::kShared;
    command.host = static_cast<std::uint8_t>(random_.below(hosts_));
    if (in_sixteen(loaded_)) command.load = static_cast<std::uint8_t>(random_.below(world_.loads.size()));
    if (in_sixteen(headed_)) command.headers = static_cast<std::uint8_t>(random_.below(world_.headers.size()));
    if (in_sixteen(retried_)) command.retries = static_cast<std::uint8_t>(random_.below(world_.retries.size()));
    command.fault = fault();
    if (command.verb == Verb::kBegin) {
      command.flight = flight();
      command.gated = random_.chance(1, 2);
      return;
    }
    command.together = in_sixteen(together_);
    if (in_sixteen(bursts_)) {
      // The long ones are many requests each.
      const std::uint64_t most =
          random_.chance(1, 4) ? world_.bursts.size() : std::min<std::size_t>(world_.bursts.size(), 3);
      command.count = world_.bursts[random_.below(most)];
      command.every = static_cast<std::uint8_t>(random_.chance(1, 2) ? 0 : random_.below(world_.paces.size()));
    }
  }

  void wait(Command& command) {
    command.key = sticky_key();
    if (random_.chance(1, 2)) {
      command.span =
          static_cast<std::uint8_t>(world_.boundaries + random_.below(world_.spans.size() - world_.boundaries));
      command.offset = static_cast<std::uint8_t>(random_.below(world_.offsets.size()));
      // A boundary is of the key's window as often as of all others together.
      if (random_.chance(1, 2)) command.span = static_cast<std::uint8_t>(world_.boundaries);
      const std::uint64_t anchor = random_.below(5);
      command.anchor = anchor < 2 ? Anchor::kOpened : anchor < 4 ? Anchor::kLast : Anchor::kNow;
    } else {
      command.span = static_cast<std::uint8_t>(random_.below(world_.boundaries));
    }
  }

  void exits(Command& command) {
    constexpr std::array kActions{sim::ExitAction::kDrop, sim::ExitAction::kRestore, sim::ExitAction::kReset,
                                  sim::ExitAction::kFail, sim::ExitAction::kSlow,    sim::ExitAction::kBlackhole};
    command.key = key();
    command.flight = flight();
    const bool drops = actions_ == 1 || random_.chance(1, 3);
    command.action = drops ? (random_.chance(3, 4) ? sim::ExitAction::kDrop : sim::ExitAction::kRestore)
                           : kActions[random_.below(kActions.size())];
    if (command.action == sim::ExitAction::kRestore) {
      constexpr std::array kAims{Aim::kAll, Aim::kMatching, Aim::kInUse};
      command.aim = kAims[random_.below(kAims.size())];
    } else {
      constexpr std::array kAims{Aim::kInUse,   Aim::kInUse,    Aim::kInUse,    Aim::kInUse,
                                 Aim::kAnother, Aim::kInFlight, Aim::kInFlight, Aim::kMatching};
      command.aim = kAims[random_.below(kAims.size())];
      if (random_.chance(1, 24)) command.aim = Aim::kAll;
    }
    if (random_.chance(1, 4)) command.lasting = static_cast<std::uint8_t>(random_.below(world_.lasting.size()));
    const bool is_drop = command.action == sim::ExitAction::kDrop;
    if (!is_drop && random_.chance(1, 2)) command.times = static_cast<std::uint8_t>(1 + random_.below(3));
    command.span = static_cast<std::uint8_t>(random_.below(3));
  }

  Random random_;
  const SmallWorld& world_;
  const DrawOptions& options_;
  std::vector<std::uint8_t> keys_;
  std::size_t sticky_ = 0;
  std::uint64_t clients_ = 1;
  std::uint64_t hosts_ = 1;
  std::vector<Usual> weights_;  // summed up
  std::uint64_t total_ = 0;
  std::uint64_t connects_ = 0;
  std::uint64_t keeps_ = 0;
  std::uint64_t together_ = 0;
  std::uint64_t loaded_ = 0;
  std::uint64_t headed_ = 0;
  std::uint64_t retried_ = 0;
  std::uint64_t faulty_ = 0;
  std::uint64_t bursts_ = 0;
  std::uint64_t creates_ = 0;
  std::uint64_t actions_ = 1;
};

}  // namespace

Commands draw(std::uint64_t seed, std::uint64_t number, const SmallWorld& world, const DrawOptions& options) {
  return Swarm(Random(seed).split("case " + std::to_string(number)).split("swarm"), world, options).draw();
}

}  // namespace pinproof::conformance
