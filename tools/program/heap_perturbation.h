// Lays out the heap otherwise: while one of these lives, the next allocations get other addresses than they would have. A run that
// depends on addresses (their order, their hash) then differs from one before.
#pragma once

#include <memory>
#include <vector>

namespace pinproof::program {

class HeapPerturbation {
 public:
  HeapPerturbation();

 private:
  std::vector<std::unique_ptr<char[]>> kept_;
};

}  // namespace pinproof::program
