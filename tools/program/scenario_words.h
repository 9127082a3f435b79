// A scenario's steps as sentences, for `explain`.
#pragma once

#include <string>
#include <vector>

#include "conformance/scenario/scenario.h"

namespace pinproof::program {

struct StepInWords {
  std::string text;                       // "client sends GET site as res us session @job for 30 minutes; calls it `first`"
  std::vector<std::string> expectations;
};

StepInWords in_words(const conformance::Step& step);

}  // namespace pinproof::program
