// Deviations by name, for the subcommands that take or show them.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "conformance/deviations/deviation.h"
#include "tools/program/data.h"
#include "tools/program/streams.h"

namespace pinproof::program {

/// The shipped deviation of that name; or what is wrong, with the nearest names where there is none.
std::variant<conformance::Deviation, std::string> find_deviation(const std::string& name, const Data& data);

/// Every shipped deviation that loads. One that does not is said on `err` and left out: what reads them only to show them goes on.
std::vector<conformance::Deviation> deviations_to_show(const Data& data, Streams& streams);

/// The ids of the deviations that break a requirement.
std::vector<std::string> deviations_for(const std::string& requirement,
                                        const std::vector<conformance::Deviation>& deviations);

}  // namespace pinproof::program
