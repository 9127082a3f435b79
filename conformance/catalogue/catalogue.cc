#include "conformance/catalogue/catalogue.h"

#include <algorithm>
#include <array>

#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

// The words in the order of each enumeration.
constexpr std::array<std::string_view, 5> kLevels{"must", "derived", "best-effort", "may", "field"};
constexpr std::array<std::string_view, 2> kSets{"core", "extended"};
constexpr std::array<std::string_view, 3> kDialects{"helodata", "crawlera", "both"};
constexpr std::array<std::string_view, 4> kDocuments{"helodata-sessions", "crawlera-sessions", "field-notes",
                                                     "derived"};
constexpr std::array<std::string_view, 2> kReadingKinds{"ambiguous", "vendor"};

template <typename Enum, std::size_t kSize>
std::string_view word_of(Enum value, const std::array<std::string_view, kSize>& words) {
  const auto index = static_cast<std::size_t>(value);
  PINPROOF_CHECK(index < kSize, "value {} of {}", index, kSize);
  return words[index];
}

template <typename Enum, std::size_t kSize>
std::optional<Enum> value_of(std::string_view text, const std::array<std::string_view, kSize>& words) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view to_string(RequirementLevel level) { return word_of(level, kLevels); }
std::string_view to_string(RequirementSet set) { return word_of(set, kSets); }
std::string_view to_string(RequirementDialect dialect) { return word_of(dialect, kDialects); }
std::string_view to_string(SourceDocument document) { return word_of(document, kDocuments); }
std::string_view to_string(ReadingKind kind) { return word_of(kind, kReadingKinds); }

std::optional<RequirementLevel> parse_requirement_level(std::string_view text) {
  return value_of<RequirementLevel>(text, kLevels);
}
std::optional<RequirementSet> parse_requirement_set(std::string_view text) {
  return value_of<RequirementSet>(text, kSets);
}
std::optional<RequirementDialect> parse_requirement_dialect(std::string_view text) {
  return value_of<RequirementDialect>(text, kDialects);
}
std::optional<SourceDocument> parse_source_document(std::string_view text) {
  return value_of<SourceDocument>(text, kDocuments);
}

bool Reading::has_value(std::string_view value) const {
  return std::any_of(values.begin(), values.end(), [&](const ReadingValue& known) { return known.value == value; });
}

const Requirement* Catalogue::find(std::string_view id) const {
  const auto found =
      std::find_if(requirements.begin(), requirements.end(), [&](const Requirement& r) { return r.id == id; });
  return found == requirements.end() ? nullptr : &*found;
}

const Reading* Catalogue::find_reading(std::string_view name) const {
  const auto found = std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.name == name; });
  return found == readings.end() ? nullptr : &*found;
}

std::set<std::string> Catalogue::minor() const {
  std::set<std::string> ids;
  for (const Requirement& requirement : requirements) {
    const bool decides = requirement.set == RequirementSet::kCore &&
                         requirement.level != RequirementLevel::kBestEffort &&
                         requirement.level != RequirementLevel::kMay;
    if (!decides) ids.insert(requirement.id);
  }
  return ids;
}

Readings Catalogue::default_readings() const {
  Readings defaults;
  for (const Reading& reading : readings) defaults.emplace(reading.name, reading.default_value);
  return defaults;
}

}  // namespace pinproof::conformance
