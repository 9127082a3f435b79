// An expectation as a sentence, for `explain`: "its exit is that of `first` (H-STK-1)".
#pragma once

#include <string>

#include "conformance/scenario/expectation.h"
#include "sim/core/exit.h"

namespace pinproof::program {

std::string in_words(const conformance::Expectation& expectation);

/// "res exits in us/ca/la, asn 7922"; "any exit" where nothing is set.
std::string in_words(const sim::ExitFilter& filter);

}  // namespace pinproof::program
