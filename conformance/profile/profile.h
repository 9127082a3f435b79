// A gateway as a target, as its profile describes it (docs/profiles.md): read by profile_reader.h, connected to by live_profile.h. Nothing in it
// is secret: what is, is a reference.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conformance/catalogue/capability.h"
#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history.h"
#include "conformance/profile/reference.h"
#include "conformance/target/api_flight.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

struct ProfileGateway {
  ValueReference url;
  std::optional<ValueReference> authorities;  // PEM, or the path of a file with it; nothing: the system's
  bool certificates_checked = true;
  bool reads_inside_tunnels = false;  // it sees, and counts, what goes through a tunnel
};

/// Whose it is, for reports; nothing depends on it.
struct ProfileImplementation {
  std::string name;                       // empty: the profile's title
  std::optional<ValueReference> version;  // of what is running, which a build knows better than a file
  std::string contact;
  std::string url;
};

struct ProfileAccount {
  std::string name;  // what scenarios call it
  ValueReference user;
  std::optional<ValueReference> password;
  std::optional<ValueReference> api_token;
};

/// What requests are for, and so how the exit that served one is known.
struct ProfileOrigin {
  enum class Kind : std::uint8_t {
    kOurs,  // every name under `domain`; the upstreams' journal says
    kEcho,  // one page at `url` whose answer says
    kPage,  // one page at `url`; only a header of the gateway's claims
  };
  Kind kind = Kind::kOurs;
  std::string domain;
  ValueReference url;
  std::optional<std::string> json_pointer;  // to the address in the answer of an echo
  std::string pattern;                      // or a regular expression, whose first group it is; neither: the whole text
};

struct ProfileContract {
  ValueReference url;
  ValueReference token;
};

struct ProfileClock {
  ClockKind kind = ClockKind::kWall;
  double scale = 1.0;
  std::optional<ProfileContract> control;  // where it is controlled
};

struct ProfileApi {
  std::optional<ValueReference> url;  // nothing: the gateway's
  ApiDialect dialect;
};

struct ProfileLimits {
  std::optional<double> requests_per_second;
  std::optional<std::uint64_t> concurrency;
  std::optional<std::uint64_t> requests_per_scenario;
  std::optional<std::uint64_t> scenarios;
};

struct Profile {
  std::string file;
  std::string name;
  std::string title;
  std::string dialect;
  ProfileImplementation implementation;
  ProfileGateway gateway;
  std::vector<ProfileAccount> accounts;
  Readings readings;
  Promises promises;
  Vocabulary vocabulary;
  ProfileOrigin origin;
  std::optional<ProfileContract> upstreams;
  ProfileClock clock;
  std::optional<ProfileApi> api;
  ProfileLimits limits;
  std::optional<Duration> tolerance;
  Duration settle = std::chrono::milliseconds(100);
  std::optional<Duration> answer_wait;
  std::vector<NotOffered> not_offered;
};

/// What can be tested there, see docs/profiles.md.
Capabilities capabilities_of(const Profile& profile);

/// The environment variables that it takes values from, in order of name, each once.
std::vector<std::string> variables_of(const Profile& profile);

/// As far as it is known before anything is connected: without exits and epoch.
TargetDescription description_of(const Profile& profile);

}  // namespace pinproof::conformance
