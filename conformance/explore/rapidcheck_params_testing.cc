#include "conformance/explore/rapidcheck_params_testing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <string_view>

namespace pinproof::conformance {
namespace {

constexpr std::array<std::string_view, 8> kKeys{
    "seed",     "max_success",      "max_size",          "max_discard_ratio",
    "noshrink", "verbose_progress", "verbose_shrinking", "reproduce"};

}  // namespace

RapidcheckParams rapidcheck_params(const std::string& text) {
  RapidcheckParams params;
  params.text = text;
  bool seeded = false;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string key = word.substr(0, word.find('='));
    const std::string value = word.size() > key.size() ? word.substr(key.size() + 1) : "";
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
      params.trouble = "RC_PARAMS: \"" + key + "\" is no parameter of rapidcheck";
    seeded = seeded || key == "seed";
    params.is_repeated = params.is_repeated || key == "reproduce";
    if (key != "max_success") continue;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), params.cases);
    if (error != std::errc() || end != value.data() + value.size() || params.cases == 0)
      params.trouble = "RC_PARAMS: found max_success=" + value + ", expected a number of cases from 1 on";
  }
  if (!seeded) params.text += (text.empty() ? "" : " ") + std::string("seed=1");
  return params;
}

}  // namespace pinproof::conformance
