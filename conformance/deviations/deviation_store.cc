#include "conformance/deviations/deviation_store.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "conformance/catalogue/load.h"

namespace pinproof::conformance {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kDialects{"crawlera", "helodata"};

sim::Parsed<Deviation> load_file(const fs::path& file, const Catalogue& catalogue, const RulesTexts& shipped) {
  const std::string name = file.generic_string();
  if (file.extension() != ".json")
    return sim::InputError{name, "", "a file that is not named *.json", "deviations only"};
  auto text = read_text_file(file);
  if (auto* error = std::get_if<sim::InputError>(&text)) return std::move(*error);
  return parse_deviation(name, std::get<std::string>(text), catalogue, shipped);
}

/// In order of path, so that errors come in an order that repeats.
std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

sim::Parsed<RulesTexts> load_rules_texts(const fs::path& root) {
  RulesTexts texts;
  for (const std::string_view dialect : kDialects) {
    auto text = read_text_file(root / "scenarios" / "rules" / (std::string(dialect) + ".json"));
    if (auto* error = std::get_if<sim::InputError>(&text)) return std::move(*error);
    texts.emplace(dialect, std::move(std::get<std::string>(text)));
  }
  return texts;
}

sim::Parsed<Deviation> load_deviation(const fs::path& file, const fs::path& root, const Catalogue& catalogue) {
  auto shipped = load_rules_texts(root);
  if (auto* error = std::get_if<sim::InputError>(&shipped)) return std::move(*error);
  return load_file(file, catalogue, std::get<RulesTexts>(shipped));
}

LoadedDeviations load_deviations(const fs::path& root, const Catalogue& catalogue) {
  LoadedDeviations loaded;
  auto shipped = load_rules_texts(root);
  if (auto* error = std::get_if<sim::InputError>(&shipped)) {
    loaded.errors.push_back(std::move(*error));
    return loaded;
  }
  const fs::path folder = root / "scenarios" / "deviations";
  for (const fs::path& file : files_of(folder)) {
    auto parsed = load_file(file, catalogue, std::get<RulesTexts>(shipped));
    if (auto* error = std::get_if<sim::InputError>(&parsed)) {
      loaded.errors.push_back(std::move(*error));
    } else {
      loaded.deviations.push_back(std::move(std::get<Deviation>(parsed)));
    }
  }
  if (loaded.deviations.empty() && loaded.errors.empty()) {
    loaded.errors.push_back({folder.generic_string(), "", "no files", "deviations"});
  }
  std::sort(loaded.deviations.begin(), loaded.deviations.end(),
            [](const Deviation& left, const Deviation& right) { return left.id < right.id; });
  return loaded;
}

}  // namespace pinproof::conformance
