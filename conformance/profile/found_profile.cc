#include "conformance/profile/found_profile.h"

#include <filesystem>
#include <utility>

#include "conformance/catalogue/load.h"
#include "conformance/profile/url_kind.h"

namespace pinproof::conformance {
namespace {

using sim::InputError;

/// Follows references one by one, and gathers what is wrong.
class Finder {
 public:
  Finder(const Profile& profile, const Environment& environment)
      : surroundings_{environment, profile.file, std::filesystem::path(profile.file).parent_path()} {}

  std::string value(const ValueReference& reference, Lines lines = Lines::kOne) {
    auto found = find_value(reference, surroundings_, lines);
    if (auto* const error = std::get_if<InputError>(&found)) {
      errors_.push_back(std::move(*error));
      return {};
    }
    return std::get<std::string>(std::move(found));
  }
  std::string value(const std::optional<ValueReference>& reference) {
    return reference ? value(*reference) : std::string();
  }

  std::string url(const ValueReference& reference, UrlKind kind) {
    const std::size_t before = errors_.size();
    std::string text = value(reference);
    if (errors_.size() == before && !is_good_url(text, kind)) {
      complain(reference, "a text there that is no such URL", words_of(kind));
    }
    return text;
  }

  FoundContract contract(const ProfileContract& contract) {
    return {url(contract.url, UrlKind::kContract), value(contract.token)};
  }

  /// PEM, or the path of a file with it.
  std::string authorities(const ValueReference& reference) {
    const std::size_t before = errors_.size();
    std::string text = value(reference, Lines::kMany);
    if (errors_.size() != before || text.find("-----BEGIN ") != std::string::npos) return text;
    auto file = read_text_file(surroundings_.folder / text);
    if (std::holds_alternative<std::string>(file)) return std::get<std::string>(std::move(file));
    complain(reference, "neither PEM there nor the path of a file that can be read",
             "certificates in PEM, or a file's path");
    return {};
  }

  std::vector<InputError> errors() { return std::move(errors_); }

 private:
  void complain(const ValueReference& reference, std::string found, std::string expected) {
    errors_.push_back({surroundings_.profile, reference.place, std::move(found), std::move(expected)});
  }

  Surroundings surroundings_;
  std::vector<InputError> errors_;
};

}  // namespace

std::variant<FoundProfile, std::vector<InputError>> find_values(const Profile& profile,
                                                                const Environment& environment) {
  Finder finder(profile, environment);
  FoundProfile found;
  found.profile = profile;
  found.version = finder.value(profile.implementation.version);
  found.gateway = finder.url(profile.gateway.url, UrlKind::kServer);
  if (profile.gateway.authorities) found.authorities = finder.authorities(*profile.gateway.authorities);
  for (const ProfileAccount& account : profile.accounts) {
    AccountSecrets secrets;
    secrets.name = account.name;
    secrets.user = finder.value(account.user);
    secrets.password = finder.value(account.password);
    secrets.api_token = finder.value(account.api_token);
    found.accounts.push_back(std::move(secrets));
  }
  if (profile.origin.kind != ProfileOrigin::Kind::kOurs) found.page = finder.url(profile.origin.url, UrlKind::kPage);
  if (profile.upstreams) found.upstreams = finder.contract(*profile.upstreams);
  if (profile.clock.control) found.clock = finder.contract(*profile.clock.control);
  if (profile.api && profile.api->url) found.api = finder.url(*profile.api->url, UrlKind::kServer);
  std::vector<InputError> errors = finder.errors();
  if (!errors.empty()) return errors;
  return found;
}

}  // namespace pinproof::conformance
