// Where a subcommand writes: results on `out`, talk on `err`, and what kind of reader is on either. Handed in, so that a test can
// read what was said; standard_streams.h makes the real ones.
#pragma once

#include <cstddef>
#include <ostream>

namespace pinproof::program {

struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool colour = false;      // `out` is a terminal, and its owner did not ask for no colour
  bool progress = false;    // `err` is a terminal
  std::size_t width = 100;  // columns of `out`
};

}  // namespace pinproof::program
