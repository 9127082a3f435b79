// Labels of observations: "first", or "burst[3]" for the third of a burst, whose label "burst" names all of it.
#pragma once

#include <string>
#include <string_view>

#include "conformance/scenario/expectation.h"

namespace pinproof::conformance {

/// "burst[3]" for `index` 3, which counts from 1.
std::string label_of_burst(std::string_view label, std::uint64_t index);

/// "burst" of "burst[3]"; empty where the label is not one of a burst's.
std::string_view burst_of_label(std::string_view label);

/// Every label that a check names, beside the subject's.
Labels labels_in(const Check& check);

}  // namespace pinproof::conformance
