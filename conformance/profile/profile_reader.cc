#include "conformance/profile/profile_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include "conformance/catalogue/catalogue_json.h"
#include "conformance/catalogue/load.h"
#include "conformance/history/vocabulary_json.h"
#include "conformance/profile/echo_address.h"
#include "conformance/profile/url_kind.h"
#include "conformance/scenario/store.h"
#include "sim/http/target.h"

namespace pinproof::conformance {
namespace {

namespace fs = std::filesystem;
using sim::InputError;
using sim::JsonReader;

constexpr std::array<std::string_view, 2> kDialects{"crawlera", "helodata"};
constexpr std::size_t kTitleLengthMax = 100;

constexpr double kScaleMin = 0.001;
constexpr double kScaleMax = 100'000;
constexpr double kRateMin = 0.001;
constexpr double kRateMax = 1'000'000;

/// A text, or where to find one. A text is not shown when it is wrong: there may be a password in it.
ValueReference read_url(const JsonReader& json, UrlKind kind) {
  if (json.kind() != sim::JsonKind::kString) return read_reference(json);
  ValueReference reference;
  reference.value = json.string();
  reference.place = json.pointer();
  if (!is_good_url(reference.value, kind)) json.refuse("a text that is no such URL", words_of(kind));
  return reference;
}

std::optional<ValueReference> reference_at(const JsonReader& json, std::string_view key) {
  const auto value = json.optional(key);
  return value ? std::optional(read_reference(*value)) : std::nullopt;
}

ProfileGateway read_gateway(const JsonReader& json, const std::string& dialect) {
  json.object({"url", "ca", "certificates", "tunnels"});
  ProfileGateway gateway;
  gateway.url = read_url(json.at("url"), UrlKind::kServer);
  gateway.authorities = reference_at(json, "ca");
  if (const auto certificates = json.optional("certificates")) {
    gateway.certificates_checked = certificates->one_of<bool>({{"checked", true}, {"not_checked", false}});
  }
  // The headers of that dialect reach clients of https URLs in no other way.
  gateway.reads_inside_tunnels = dialect == "crawlera";
  if (const auto tunnels = json.optional("tunnels")) {
    gateway.reads_inside_tunnels = tunnels->one_of<bool>({{"read", true}, {"opaque", false}});
  }
  return gateway;
}

ProfileImplementation read_implementation(const JsonReader& json) {
  json.object({"name", "version", "contact", "url"});
  ProfileImplementation implementation;
  if (const auto name = json.optional("name")) implementation.name = name->non_empty_string(kTitleLengthMax);
  if (const auto version = json.optional("version")) {
    if (version->kind() == sim::JsonKind::kString) {
      implementation.version = ValueReference{};
      implementation.version->value = version->non_empty_string(kTitleLengthMax);
      implementation.version->place = version->pointer();
    } else {
      implementation.version = read_reference(*version);
    }
  }
  if (const auto contact = json.optional("contact"))
    implementation.contact = contact->non_empty_string(kTitleLengthMax);
  if (const auto url = json.optional("url")) {
    implementation.url = url->string();
    if (!is_good_url(implementation.url, UrlKind::kPage))
      url->refuse("a text that is no such URL", words_of(UrlKind::kPage));
  }
  return implementation;
}

std::vector<ProfileAccount> read_accounts(const JsonReader& json) {
  std::vector<ProfileAccount> accounts;
  for (const JsonReader& element : json.array(1)) {
    element.object({"name", "user", "password", "api_token"});
    ProfileAccount account;
    account.name = element.at("name").non_empty_string();
    const bool is_there = std::any_of(accounts.begin(), accounts.end(),
                                      [&](const ProfileAccount& other) { return other.name == account.name; });
    if (is_there) element.at("name").refuse("an account that no other one is called like");
    account.user = read_reference(element.at("user"));
    account.password = reference_at(element, "password");
    account.api_token = reference_at(element, "api_token");
    accounts.push_back(std::move(account));
  }
  return accounts;
}

ProfileOrigin read_origin(const JsonReader& json) {
  ProfileOrigin origin;
  if (json.optional("echo")) {
    json.object({"echo", "json", "pattern"});
    origin.kind = ProfileOrigin::Kind::kEcho;
    origin.url = read_url(json.at("echo"), UrlKind::kPage);
    if (const auto pointer = json.optional("json")) origin.json_pointer = pointer->string();
    const auto pattern = json.optional("pattern");
    if (pattern && origin.json_pointer) pattern->refuse(R"(either "json" or "pattern")");
    if (pattern) {
      origin.pattern = pattern->non_empty_string();
      if (const auto expected = wrong_in_pattern(origin.pattern)) pattern->refuse(*expected);
    }
  } else if (json.optional("page")) {
    json.object({"page"});
    origin.kind = ProfileOrigin::Kind::kPage;
    origin.url = read_url(json.at("page"), UrlKind::kPage);
  } else {
    json.object({"domain", "echo", "page"});
    origin.domain = sim::comparable_host(json.at("domain").non_empty_string());
  }
  return origin;
}

ProfileContract read_contract(const JsonReader& json) {
  return {read_url(json.at("url"), UrlKind::kContract), read_reference(json.at("token"))};
}

ProfileClock read_clock(const JsonReader& json) {
  ProfileClock clock;
  clock.kind = json.at("kind").one_of<ClockKind>({{"controlled", ClockKind::kControlled}, {"wall", ClockKind::kWall}});
  if (clock.kind == ClockKind::kControlled) {
    json.object({"kind", "url", "token"});
    clock.control = read_contract(json);
  } else {
    json.object({"kind", "scale"});
    if (const auto scale = json.optional("scale")) clock.scale = scale->number(kScaleMin, kScaleMax);
  }
  return clock;
}

ProfileApi read_api(const JsonReader& json) {
  json.object({"url", "path", "style", "authentication"});
  ProfileApi api;
  if (const auto url = json.optional("url")) api.url = read_url(*url, UrlKind::kServer);
  api.dialect.path = json.at("path").non_empty_string();
  if (api.dialect.path.front() != '/') json.at("path").refuse("a path: \"/sessions\"");
  api.dialect.id_map = json.at("style").one_of<bool>({{"id_map", true}, {"session_list", false}});
  api.dialect.bearer = json.at("authentication").one_of<bool>({{"bearer", true}, {"basic", false}});
  return api;
}

ProfileLimits read_limits(const JsonReader& json) {
  json.object({"requests_per_second", "concurrency", "requests_per_scenario", "scenarios"});
  ProfileLimits limits;
  const auto count = [&](std::string_view key) -> std::optional<std::uint64_t> {
    const auto value = json.optional(key);
    return value ? std::optional(static_cast<std::uint64_t>(value->integer(1))) : std::nullopt;
  };
  if (const auto rate = json.optional("requests_per_second"))
    limits.requests_per_second = rate->number(kRateMin, kRateMax);
  limits.concurrency = count("concurrency");
  limits.requests_per_scenario = count("requests_per_scenario");
  limits.scenarios = count("scenarios");
  return limits;
}

std::vector<NotOffered> read_not_offered(const JsonReader& json, const Catalogue& catalogue) {
  std::vector<NotOffered> rows;
  for (const auto& [what, why] : json.members()) {
    const auto& all = catalogue.requirements;
    const bool is_known = parse_capability(what) ||
                          std::any_of(all.begin(), all.end(),
                                      [&, &glob = what](const Requirement& one) { return glob_matches(glob, one.id); });
    if (!is_known) {
      Capabilities every;
      for (const Capability capability : kAllCapabilities) every.add(capability);
      why.refuse("the key " + sim::in_quotes(what),
                 "the id of a requirement, a glob of ids, or one of " + to_string(every));
    }
    rows.push_back({what, why.non_empty_string()});
  }
  return rows;
}

std::string read_name(const JsonReader& json, const std::string& file) {
  std::string name = json.non_empty_string();
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (!std::all_of(name.begin(), name.end(), is_part)) json.refuse("lower-case letters, digits and hyphens");
  const std::string stem = fs::path(file).stem().string();
  if (name != stem) json.refuse(sim::in_quotes(stem) + ", as the file is called");
  return name;
}

Profile read_profile(const JsonReader& json, const std::string& file, const ProfileDefaults& defaults) {
  const JsonReader version = json.at("profile");
  if (version.integer() != 1) version.refuse("1");
  json.object({"$schema",      "profile",  "name",      "title",      "dialect",     "implementation", "gateway",
               "accounts",     "readings", "promises",  "vocabulary", "origin",      "upstreams",      "clock",
               "sessions_api", "limits",   "tolerance", "settle",     "answer_wait", "not_offered"});
  Profile profile;
  profile.file = file;
  profile.name = read_name(json.at("name"), file);
  profile.title = json.at("title").non_empty_string(kTitleLengthMax);
  profile.dialect = json.at("dialect").one_of({"helodata", "crawlera"});
  if (const auto implementation = json.optional("implementation")) {
    profile.implementation = read_implementation(*implementation);
  }
  profile.gateway = read_gateway(json.at("gateway"), profile.dialect);
  profile.accounts = read_accounts(json.at("accounts"));
  const auto readings = json.optional("readings");
  profile.readings = readings ? read_readings(*readings, defaults.catalogue) : defaults.catalogue.default_readings();
  const auto promises = json.optional("promises");
  profile.promises = promises ? read_promises(*promises, defaults.catalogue.promises) : defaults.catalogue.promises;
  profile.vocabulary = defaults.vocabularies.find(profile.dialect)->second;
  if (const auto words = json.optional("vocabulary")) {
    profile.vocabulary = read_vocabulary_over(*words, std::move(profile.vocabulary));
  }
  profile.origin = read_origin(json.at("origin"));
  if (const auto upstreams = json.optional("upstreams")) {
    upstreams->object({"url", "token"});
    profile.upstreams = read_contract(*upstreams);
  }
  if (profile.origin.kind == ProfileOrigin::Kind::kOurs && !profile.upstreams) {
    json.at("origin").refuse("an origin of ours without \"upstreams\"",
                             "both: their journal says which exit served a request");
  }
  if (const auto clock = json.optional("clock")) profile.clock = read_clock(*clock);
  if (const auto api = json.optional("sessions_api")) profile.api = read_api(*api);
  if (const auto limits = json.optional("limits")) profile.limits = read_limits(*limits);
  if (const auto tolerance = json.optional("tolerance")) profile.tolerance = tolerance->duration();
  if (const auto settle = json.optional("settle")) profile.settle = settle->duration(Duration(1));
  if (const auto wait = json.optional("answer_wait")) profile.answer_wait = wait->duration(Duration(1));
  if (const auto rows = json.optional("not_offered")) profile.not_offered = read_not_offered(*rows, defaults.catalogue);
  return profile;
}

}  // namespace

sim::Parsed<ProfileDefaults> load_profile_defaults(const fs::path& root, const Catalogue& catalogue) {
  ProfileDefaults defaults{catalogue, {}};
  for (const std::string_view dialect : kDialects) {
    auto vocabulary = load_vocabulary(root, dialect);
    if (auto* const error = std::get_if<InputError>(&vocabulary)) return std::move(*error);
    defaults.vocabularies.emplace(dialect, std::move(std::get<Vocabulary>(vocabulary)));
  }
  return defaults;
}

sim::Parsed<Profile> parse_profile(std::string file, std::string_view text, const ProfileDefaults& defaults) {
  const std::string name = file;
  return sim::parse_json(std::move(file), text,
                         [&](const JsonReader& json) { return read_profile(json, name, defaults); });
}

sim::Parsed<Profile> load_profile(const fs::path& file, const ProfileDefaults& defaults) {
  auto text = read_text_file(file);
  if (auto* const error = std::get_if<InputError>(&text)) return std::move(*error);
  return parse_profile(file.generic_string(), std::get<std::string>(text), defaults);
}

LoadedProfiles load_profiles(const fs::path& root, const ProfileDefaults& defaults) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (fs::directory_iterator entry(root / "scenarios" / "profiles", failed);
       !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    if (!entry->is_directory()) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  LoadedProfiles loaded;
  for (const fs::path& file : files) {
    auto parsed = load_profile(file, defaults);
    if (auto* const error = std::get_if<InputError>(&parsed)) {
      loaded.errors.push_back(std::move(*error));
    } else {
      loaded.profiles.push_back(std::move(std::get<Profile>(parsed)));
    }
  }
  return loaded;
}

}  // namespace pinproof::conformance
