// A scenario's steps as sentences, for `explain`.
#pragma once

#include <string>
#include <vector>

#include "conformance/scenario/scenario.h"

namespace pinproof::program {

struct StepInWords {
  std::string text;  // "client sends GET site as res us session @job for 30 minutes; calls it `first`"
  std::vector<std::string> expectations;
};

/// `with_users`: requests say as whom they are sent; pointless in a dialect whose user names carry nothing.
StepInWords in_words(const conformance::Step& step, bool with_users);

}  // namespace pinproof::program
