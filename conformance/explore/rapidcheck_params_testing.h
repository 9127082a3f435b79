// What RC_PARAMS asks of rapidcheck ("seed=7 max_success=5000"), read as strictly as any option: rapidcheck itself passes over words that
// it does not know, and calls a property that was tried on no case a success.
#pragma once

#include <cstddef>
#include <string>

namespace pinproof::conformance {

struct RapidcheckParams {
  std::string text;          // as rapidcheck is to have it: with our seed where none is named
  std::size_t cases = 100;   // that are to run
  bool is_repeated = false;  // "reproduce=…": a single case of one property
  std::string trouble;       // what is wrong with it; empty: nothing
};

/// Without a seed it gets seed=1: rapidcheck would take the clock, and a red test could not be repeated.
RapidcheckParams rapidcheck_params(const std::string& text);

}  // namespace pinproof::conformance
