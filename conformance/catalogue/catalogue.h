// The catalogue: every promise of a gateway that the suite knows, as data, with the readings and numbers it depends on.
// What a verdict is about, and what `list requirements` and `explain` print. Read from conformance/requirements by
// load.h.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conformance/catalogue/capability.h"
#include "conformance/catalogue/promises.h"
#include "conformance/catalogue/readings.h"

namespace pinproof::conformance {

enum class RequirementLevel : std::uint8_t {
  kMust,        // said by a source
  kDerived,     // follows from a source
  kBestEffort,  // promised as likely only: measured, and never fails a run
  kMay,         // permitted: both ways pass
  kField,       // documented elsewhere in public
};

enum class RequirementSet : std::uint8_t { kCore, kExtended };
enum class RequirementDialect : std::uint8_t { kHelodata, kCrawlera, kBoth };
enum class SourceDocument : std::uint8_t { kHelodataSessions, kCrawleraSessions, kFieldNotes, kDerived };

/// "must", "derived", "best-effort", "may", "field".
std::string_view to_string(RequirementLevel level);
/// "core", "extended".
std::string_view to_string(RequirementSet set);
/// "helodata", "crawlera", "both".
std::string_view to_string(RequirementDialect dialect);
/// "helodata-sessions", "crawlera-sessions", "field-notes", "derived".
std::string_view to_string(SourceDocument document);

std::optional<RequirementLevel> parse_requirement_level(std::string_view text);
std::optional<RequirementSet> parse_requirement_set(std::string_view text);
std::optional<RequirementDialect> parse_requirement_dialect(std::string_view text);
std::optional<SourceDocument> parse_source_document(std::string_view text);

struct RequirementSource {
  SourceDocument document = SourceDocument::kDerived;
  std::string section;
  bool operator==(const RequirementSource&) const = default;
};

struct Requirement {
  std::string id;  // "H-STK-6"
  RequirementLevel level = RequirementLevel::kMust;
  RequirementSet set = RequirementSet::kCore;
  RequirementDialect dialect = RequirementDialect::kBoth;
  std::string title;      // a noun phrase of at most kTitleMax characters, for tables
  std::string statement;  // one to three sentences
  RequirementSource source;
  std::vector<std::pair<std::string, std::string>> promised;  // name of a promise and its default, both as written
  std::vector<std::string> readings;                          // by name
  Capabilities needs;
  std::string untestable;  // why no check can exist; empty: one must

  bool applies_to(RequirementDialect other) const {
    return dialect == other || dialect == RequirementDialect::kBoth || other == RequirementDialect::kBoth;
  }
};

/// So that a table of requirements fits a terminal.
inline constexpr std::size_t kTitleMax = 60;

struct Catalogue {
  std::vector<Requirement> requirements;  // helodata, crawlera, both; each in the order of its file
  std::vector<Reading> readings;
  Promises promises;  // the defaults

  /// The requirement with that id, or null.
  const Requirement* find(std::string_view id) const;

  /// The reading of that name, or null.
  const Reading* find_reading(std::string_view name) const;

  /// Ids of what decides no run by itself: the extended set, and what is best effort or merely permitted.
  std::set<std::string> minor() const;

  /// Every reading at its default.
  Readings default_readings() const;
};

}  // namespace pinproof::conformance
