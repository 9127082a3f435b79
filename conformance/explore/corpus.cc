#include "conformance/explore/corpus.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <type_traits>

#include "conformance/catalogue/load.h"
#include "conformance/explore/corpus_json.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

using Files = std::vector<std::filesystem::path>;

/// What ends in ".json" and is not hidden, in order of name.
sim::Parsed<Files> files_in(const std::filesystem::path& folder) {
  Files files;
  std::error_code error;
  if (!std::filesystem::exists(folder, error) && !error) return files;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::filesystem::path& file = entry->path();
    if (file.extension() == ".json" && !file.filename().string().starts_with('.')) files.push_back(file);
  }
  if (error) return sim::InputError{folder.string(), "", error.message(), "a folder that can be read"};
  if (files.size() > kCorpusCasesMax) {
    return sim::InputError{folder.string(), "", std::to_string(files.size()) + " cases",
                           "at most " + std::to_string(kCorpusCasesMax)};
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string Corpus::digest() const {
  sim::Digest digest;
  for (const auto& [name, one] : cases) digest.add(name);
  return digest.hex();
}

std::string name_of(const std::string& dialect, const CorpusCase& one) {
  sim::Digest digest;
  digest.add(corpus_case_to_json(dialect, one));
  return digest.hex();
}

sim::Parsed<Corpus> load_corpus(const std::filesystem::path& folder, const std::string& dialect) {
  auto listed = files_in(folder / dialect);
  if (auto* const error = std::get_if<sim::InputError>(&listed)) return std::move(*error);
  Corpus corpus;
  for (const std::filesystem::path& file : std::get<Files>(listed)) {
    // A pipe would be waited for, and a device read without end.
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
      return sim::InputError{file.string(), "", "no regular file", "the file of a case"};
    auto text = read_text_file(file);
    if (auto* const error = std::get_if<sim::InputError>(&text)) return std::move(*error);
    auto parsed = parse_corpus_case(file.string(), std::get<std::string>(text), dialect);
    if (auto* const error = std::get_if<sim::InputError>(&parsed)) return std::move(*error);
    auto& one = std::get<std::optional<CorpusCase>>(parsed);
    if (!one) {
      corpus.skipped.push_back(file.string());
      continue;
    }
    std::string name = name_of(dialect, *one);
    if (file.stem() != name) {
      return sim::InputError{file.string(), "", "the name " + file.stem().string(),
                             name + ", the digest of the case: a case that was changed is another one"};
    }
    corpus.cases.emplace_back(std::move(name), std::move(*one));
  }
  return corpus;
}

Commands fitted(Commands commands, const SmallWorld& world) {
  const auto fit = [](auto& place, std::size_t size) {
    using Place = std::remove_reference_t<decltype(place)>;
    place = size == 0 ? Place{} : static_cast<Place>(place % size);
  };
  const std::uint16_t longest =
      world.bursts.empty() ? std::uint16_t{1} : *std::max_element(world.bursts.begin(), world.bursts.end());
  for (Command& command : commands) {
    fit(command.actor, world.clients.size());
    fit(command.key, world.keys.size());
    fit(command.host, world.hosts.size());
    fit(command.load, world.loads.size());
    fit(command.headers, world.headers.size());
    fit(command.retries, world.retries.size());
    fit(command.every, world.paces.size());
    fit(command.lasting, world.lasting.size());
    fit(command.span, world.spans.size());
    fit(command.offset, world.offsets.size());
    fit(command.flight, kFlights);
    fit(command.fault, kFaults);
    command.count = std::clamp<std::uint16_t>(command.count, 1, longest);
  }
  return commands;
}

}  // namespace pinproof::conformance
