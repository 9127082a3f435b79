#include "reports/html/html_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pinproof::reports {
namespace {

using Meaning = std::pair<std::string_view, std::string_view>;

constexpr std::array<Meaning, 8> kVerdictMeanings = {{
    {"pass", "The promise was kept wherever it was tried."},
    {"fail", "The promise was broken, and observations prove it: no reading of their times makes the gateway right."},
    {"inconclusive", "What was seen allows both: instants are not known exactly enough, or the sample is too small."},
    {"not_exercised", "Nothing that was played speaks of the promise."},
    {"not_testable", "The gateway, or the place it was tested in, lacks what the test needs."},
    {"not_supported", "The gateway's profile says that it does not offer this."},
    {"setup_fail", "The scenario could not reach the state that it is about, so that it says nothing."},
    {"harness_error", "The test itself failed, which says nothing about the gateway."},
}};

constexpr std::array<Meaning, 5> kLevelMeanings = {{
    {"must", "The source promises it outright."},
    {"derived", "It follows from what the source promises."},
    {"best-effort", "Promised as an effort only: breaking it is shown, and decides nothing."},
    {"may", "The source allows it; what was seen is shown, and either is right."},
    {"field", "Seen at such gateways, and not part of the core."},
}};

template <std::size_t N>
std::string_view find(const std::array<Meaning, N>& meanings, std::string_view word) {
  const auto found =
      std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& one) { return one.first == word; });
  return found == meanings.end() ? std::string_view{} : found->second;
}

std::string_view name_of(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "tone-good";
    case Tone::kBad:
      return "tone-bad";
    case Tone::kUnsure:
      return "tone-unsure";
    case Tone::kQuiet:
      return "tone-quiet";
    case Tone::kUntried:
      return "tone-untried";
  }
  return "tone-bad";
}

void badge(HtmlWriter& page, std::string_view tone, std::string_view symbol, std::string_view word) {
  const HtmlElement whole(page, "span", {{"class", "badge " + std::string(tone)}});
  page.leaf("span", {{"class", "symbol"}, {"aria-hidden", "true"}}, symbol);
  page.text(" " + plain_word(word));
}

}  // namespace

std::string plain_word(std::string_view word) {
  std::string plain(word);
  std::replace(plain.begin(), plain.end(), '_', ' ');
  return plain;
}

std::string tone_class(Tone tone) { return std::string(name_of(tone)); }

std::string tone_class(std::string_view verdict) { return std::string(name_of(style_of(verdict).tone)); }

void write_badge(HtmlWriter& page, std::string_view verdict) {
  const VerdictStyle style = style_of(verdict);
  badge(page, name_of(style.tone), style.symbol, verdict);
}

void write_result_badge(HtmlWriter& page, std::string_view result) {
  if (result == "partial") {
    badge(page, "tone-unsure", "◐", result);
  } else {
    write_badge(page, result);
  }
}

std::string_view meaning_of_verdict(std::string_view verdict) { return find(kVerdictMeanings, verdict); }
std::string_view meaning_of_level(std::string_view level) { return find(kLevelMeanings, level); }

std::string dialect_name(std::string_view dialect) {
  if (dialect == "both") return "Both dialects";
  std::string name(dialect);
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

std::string grouped(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return grouped(count) + " " + std::string(count == 1 ? one : many);
}

std::uint64_t count_of(const Statistics& statistics, std::string_view word) {
  std::uint64_t count = 0;
  for (const auto& [name, number] : statistics) {
    if (name == word) count += number;
  }
  return count;
}

std::uint64_t total_of(const Statistics& statistics) {
  std::uint64_t total = 0;
  for (const auto& [name, number] : statistics) total += number;
  return total;
}

void write_command(HtmlWriter& page, std::string_view command) {
  if (command.empty()) return;
  const HtmlElement box(page, "div", {{"class", "command"}});
  page.leaf("code", command);
}

}  // namespace pinproof::reports
