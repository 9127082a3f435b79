#include "conformance/profile/url_kind.h"

#include "sim/http/target.h"

namespace pinproof::conformance {

bool is_good_url(std::string_view text, UrlKind kind) {
  const auto url = sim::parse_absolute_form(text);
  if (!url) return false;
  if (kind == UrlKind::kContract && url->encrypted) return false;
  return kind != UrlKind::kServer || url->path == "/";
}

std::string words_of(UrlKind kind) {
  switch (kind) {
    case UrlKind::kServer:
      return "http://HOST[:PORT] or https://HOST[:PORT], without user, password or path";
    case UrlKind::kContract:
      return "http://ADDRESS[:PORT]: the contracts are for loopback";
    case UrlKind::kPage:
      return "http://HOST[:PORT]/PATH or https://…";
  }
  return {};
}

}  // namespace pinproof::conformance
