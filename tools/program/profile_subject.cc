#include "tools/program/profile_subject.h"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>

#include "conformance/profile/found_profile.h"
#include "conformance/profile/live_profile.h"
#include "sim/core/json_reader.h"
#include "tools/program/complaints.h"
#include "tools/program/data_root.h"
#include "tools/program/interrupt.h"
#include "tools/program/suggestions.h"

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;
using conformance::FoundProfile;
using conformance::Profile;

std::optional<std::string> environment_variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::vector<std::string> messages_of(const std::vector<sim::InputError>& errors) {
  std::vector<std::string> messages;
  for (const sim::InputError& error : errors) messages.push_back(error.message());
  return messages;
}

/// The file of a profile that is named by its file, or by its name where it ships; or what is wrong with that.
std::variant<fs::path, std::string> file_of(const std::string& target, const Data& data) {
  std::error_code failed;
  if (fs::is_regular_file(target, failed)) return fs::path(target);
  const fs::path folder = data.root / "scenarios" / "profiles";
  const bool is_name = target.find_first_of("/.") == std::string::npos;
  if (is_name && fs::is_regular_file(folder / (target + ".json"), failed)) return folder / (target + ".json");
  std::vector<std::string> names{"sim", "lab"};
  for (fs::directory_iterator entry(folder, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    if (entry->path().extension() == ".json") names.push_back(entry->path().stem().string());
  }
  return "--target " + sim::in_quotes(target) +
         " is neither sim, lab, the file of a profile nor the name of one that ships" +
         did_you_mean(nearest(target, names));
}

class ProfileSubject final : public Subject {
 public:
  ProfileSubject(FoundProfile found, conformance::ConnectOptions options, std::unique_ptr<conformance::Target> first)
      : found_(std::move(found)), options_(std::move(options)), connected_(std::move(first)) {}

  std::vector<std::string> dialects() const override { return {found_.profile.dialect}; }
  std::string rules_names() const override { return found_.profile.name; }
  reports::Implementation implementation() const override {
    const conformance::ProfileImplementation& said = found_.profile.implementation;
    return {said.name.empty() ? found_.profile.title : said.name, found_.version, said.contact, said.url};
  }
  std::vector<std::string> variables() const override { return conformance::variables_of(found_.profile); }
  std::unique_ptr<conformance::Target> make(const std::string&) override {
    if (connected_) return std::move(connected_);
    auto again = conformance::connect(found_, options_);
    if (const auto* const why = std::get_if<std::string>(&again)) throw conformance::TargetLost(*why);
    return std::get<std::unique_ptr<conformance::Target>>(std::move(again));
  }
  bool is_shared() const override { return true; }
  std::uint64_t usual_seed() const override {
    // Small enough to be typed again.
    return std::random_device()() & 0x7fff'ffffU;
  }
  std::optional<std::uint64_t> scenarios_max() const override { return found_.profile.limits.scenarios; }

 private:
  FoundProfile found_;
  conformance::ConnectOptions options_;
  std::unique_ptr<conformance::Target> connected_;  // before anything was played, and not yet handed out
};

NoSubject wrong(std::string message) { return {kInputError, {std::move(message)}}; }

}  // namespace

conformance::ProfileDefaults profile_defaults(const Data& data) {
  auto loaded = conformance::load_profile_defaults(data.root, data.catalogue);
  if (const auto* const error = std::get_if<sim::InputError>(&loaded)) throw EnvironmentError(error->message());
  return std::get<conformance::ProfileDefaults>(std::move(loaded));
}

std::vector<Profile> profiles_to_show(const Data& data, Streams& streams) {
  conformance::LoadedProfiles loaded = conformance::load_profiles(data.root, profile_defaults(data));
  for (const sim::InputError& error : loaded.errors) complain(streams, error.message());
  for (Profile& profile : loaded.profiles) profile.file = place_of(profile.file, data);
  return std::move(loaded.profiles);
}

std::variant<std::unique_ptr<Subject>, NoSubject> load_profile_subject(const SubjectOptions& options, const Data& data,
                                                                       Streams& streams) {
  if (!options.rules.empty() || !options.deviate.empty()) {
    return wrong("--rules and --deviate are for the reference gateway: --target sim or lab");
  }
  if (!options.readings.empty()) return wrong("--readings is not for a profile, which says its readings itself");
  const auto file = file_of(options.target, data);
  if (const auto* const message = std::get_if<std::string>(&file)) return wrong(*message);
  auto loaded = conformance::load_profile(std::get<fs::path>(file), profile_defaults(data));
  if (const auto* const error = std::get_if<sim::InputError>(&loaded)) return wrong(error->message());
  const Profile& profile = std::get<Profile>(loaded);
  if (!options.dialect.empty() && options.dialect != profile.dialect) {
    return wrong("--dialect " + options.dialect + " is not that of the profile, which is " + profile.dialect);
  }
  auto found = conformance::find_values(profile, environment_variable);
  if (const auto* const errors = std::get_if<std::vector<sim::InputError>>(&found)) {
    return NoSubject{kInputError, messages_of(*errors)};
  }
  conformance::ConnectOptions connect;
  connect.time_max = options.time_max;
  connect.stop = &listen_for_interrupts();
  connect.report = [&streams](std::string_view what) { complain(streams, what); };
  auto& values = std::get<FoundProfile>(found);
  auto target = conformance::connect(values, connect);
  if (const auto* const why = std::get_if<std::string>(&target)) {
    return NoSubject{kCouldNotRun, {"the target cannot be reached: " + *why}};
  }
  return std::unique_ptr<Subject>(std::make_unique<ProfileSubject>(
      std::move(values), std::move(connect), std::get<std::unique_ptr<conformance::Target>>(std::move(target))));
}

}  // namespace pinproof::program
