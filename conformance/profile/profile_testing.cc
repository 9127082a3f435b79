#include "conformance/profile/profile_testing.h"

#include <utility>
#include <variant>

#include "conformance/catalogue/load.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

template <class Value>
Value loaded(sim::Parsed<Value> parsed) {
  const auto* const error = std::get_if<sim::InputError>(&parsed);
  PINPROOF_CHECK(error == nullptr, "{}", error->message());
  return std::get<Value>(std::move(parsed));
}

}  // namespace

const ProfileDefaults& test_defaults() {
  static const Catalogue catalogue = loaded(load_catalogue(PINPROOF_SOURCE_DIR));
  static const ProfileDefaults defaults = loaded(load_profile_defaults(PINPROOF_SOURCE_DIR, catalogue));
  return defaults;
}

std::string test_profile_text(const std::string& from, const std::string& to) {
  std::string text =
      R"({"profile": 1, "name": "p", "title": "t", "dialect": "helodata", "gateway": {"url": "http://gw.example:8080"}, )"
      R"("accounts": [{"name": "one", "user": {"env": "USER"}, "password": {"env": "PASSWORD"}}], )"
      R"("origin": {"domain": "origin.test"}, "upstreams": {"url": "http://127.0.0.1:1", "token": {"env": "T"}}})";
  const std::size_t at = text.find(from);
  PINPROOF_CHECK(at != std::string::npos, "no {} in the profile", from);
  return text.replace(at, from.size(), to);
}

Profile test_profile(const std::string& from, const std::string& to) {
  return loaded(parse_profile("p.json", test_profile_text(from, to), test_defaults()));
}

}  // namespace pinproof::conformance
