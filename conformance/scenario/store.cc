#include "conformance/scenario/store.h"

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include "conformance/catalogue/load.h"
#include "conformance/scenario/scenario_json.h"

namespace pinproof::conformance {
namespace {

namespace fs = std::filesystem;

/// Folders of scenarios/ that hold scenarios; the others hold rules, profiles, deviations, schemas.
constexpr std::array<std::string_view, 2> kDialectFolders{"crawlera", "helodata"};

/// What the registry of `root` calls the file, or nothing when it lies elsewhere.
std::optional<std::string> id_of_place(const fs::path& file, const fs::path& root) {
  std::error_code ignored;
  const fs::path registry = fs::weakly_canonical(root / "scenarios", ignored);
  const std::string relative = fs::weakly_canonical(file, ignored).lexically_relative(registry).generic_string();
  const std::string folder = relative.substr(0, relative.find('/'));
  if (std::find(kDialectFolders.begin(), kDialectFolders.end(), folder) == kDialectFolders.end()) return std::nullopt;
  return relative.substr(0, relative.size() - file.extension().string().size());
}

void load_file(const fs::path& file, const fs::path& root, const Catalogue& catalogue, LoadedScenarios& loaded) {
  if (file.extension() != ".json") {
    loaded.errors.push_back({file.generic_string(), "", "a file that is not named *.json", "scenarios only"});
    return;
  }
  auto text = read_text_file(file);
  if (auto* error = std::get_if<sim::InputError>(&text)) {
    loaded.errors.push_back(std::move(*error));
    return;
  }
  auto parsed = parse_scenario(file.generic_string(), std::get<std::string>(text), catalogue,
                               id_of_place(file, root).value_or(""));
  if (auto* error = std::get_if<sim::InputError>(&parsed)) {
    loaded.errors.push_back(std::move(*error));
  } else {
    loaded.scenarios.push_back(std::move(std::get<Scenario>(parsed)));
  }
}

/// Every file below, in order of path, so that errors come in an order that repeats.
std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void sort_by_id(std::vector<Scenario>& scenarios) {
  std::stable_sort(scenarios.begin(), scenarios.end(),
                   [](const Scenario& left, const Scenario& right) { return left.id < right.id; });
}

}  // namespace

LoadedScenarios load_scenarios(const fs::path& root, const Catalogue& catalogue) {
  LoadedScenarios loaded;
  for (const std::string_view folder : kDialectFolders) {
    LoadedScenarios part = load_scenarios_at(root / "scenarios" / folder, root, catalogue);
    std::move(part.scenarios.begin(), part.scenarios.end(), std::back_inserter(loaded.scenarios));
    std::move(part.errors.begin(), part.errors.end(), std::back_inserter(loaded.errors));
  }
  sort_by_id(loaded.scenarios);
  return loaded;
}

LoadedScenarios load_scenarios_at(const fs::path& path, const fs::path& root, const Catalogue& catalogue) {
  LoadedScenarios loaded;
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    for (const fs::path& file : files_below(path)) load_file(file, root, catalogue, loaded);
    if (loaded.scenarios.empty() && loaded.errors.empty()) {
      loaded.errors.push_back({path.generic_string(), "", "a folder without files", "scenarios"});
    }
  } else if (fs::exists(path, failed)) {
    load_file(path, root, catalogue, loaded);
  } else {
    loaded.errors.push_back({path.generic_string(), "", "nothing there", "a scenario, or a folder of them"});
  }
  sort_by_id(loaded.scenarios);
  return loaded;
}

bool is_selected(const Selection& selection, const Scenario& scenario) {
  const auto matches = [&](const std::string& glob) { return glob_matches(glob, scenario.id); };
  if (!selection.dialect.empty() && scenario.dialect != selection.dialect) return false;
  if (!selection.filters.empty() && std::none_of(selection.filters.begin(), selection.filters.end(), matches))
    return false;
  return std::none_of(selection.skips.begin(), selection.skips.end(), matches);
}

bool glob_matches(std::string_view glob, std::string_view text) {
  // Greedy, with one place to come back to: the last star and where its run would end.
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;
  std::size_t run_end = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    if (at < glob.size() && glob[at] == '*') {
      star = at++;
      run_end = i;
    } else if (at < glob.size() && (glob[at] == '?' || glob[at] == text[i])) {
      ++at;
      ++i;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      i = ++run_end;
    } else {
      return false;
    }
  }
  while (at < glob.size() && glob[at] == '*') ++at;
  return at == glob.size();
}

}  // namespace pinproof::conformance
