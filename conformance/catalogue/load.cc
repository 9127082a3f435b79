#include "conformance/catalogue/load.h"

#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "conformance/catalogue/catalogue_json.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

sim::Parsed<std::string> read_text_file(const std::filesystem::path& file) {
  const auto complaint = [&](std::string found) {
    return sim::InputError{file.string(), "", std::move(found), "a file that can be read"};
  };
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return complaint("nothing");
  if (std::filesystem::is_directory(file, error)) return complaint("a folder");
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  // In pieces and up to the limit, since the size of a pipe is not known beforehand.
  std::vector<char> piece(1U << 16U);
  while (stream && text.size() <= sim::kJsonTextMax) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.eof()) {
    return complaint(text.size() > sim::kJsonTextMax ? "more than " + std::to_string(sim::kJsonTextMax) + " bytes"
                                                     : "a file that cannot be read");
  }
  return text;
}

sim::Parsed<Catalogue> load_catalogue(const std::filesystem::path& root) {
  const std::filesystem::path folder = root / "conformance" / "requirements";
  std::vector<CatalogueText> files;
  for (const char* name : {"readings.json", "helodata.json", "crawlera.json", "both.json"}) {
    sim::Parsed<std::string> text = read_text_file(folder / name);
    if (auto* error = std::get_if<sim::InputError>(&text)) return std::move(*error);
    files.push_back({(folder / name).string(), std::move(std::get<std::string>(text))});
  }
  const CatalogueText readings = std::move(files.front());
  files.erase(files.begin());
  return parse_catalogue(readings, files);
}

}  // namespace pinproof::conformance
