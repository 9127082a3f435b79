#include "tools/program/heap_perturbation.h"

#include <cstddef>

#include "sim/core/random.h"

namespace pinproof::program {

HeapPerturbation::HeapPerturbation() {
  // Blocks of every size that small objects have, with holes between them in no order: what is allocated next fills the holes, so
  // that objects made one after the other no longer lie one after the other.
  constexpr std::size_t kBlocks = 20'000;
  constexpr std::uint64_t kSizeMax = 512;
  sim::Random random(0x5eed);
  for (std::size_t i = 0; i < kBlocks; ++i) kept_.push_back(std::make_unique<char[]>(1 + random.below(kSizeMax)));
  for (std::unique_ptr<char[]>& block : kept_) {
    if (random.chance(1, 2)) block.reset();
  }
}

}  // namespace pinproof::program
