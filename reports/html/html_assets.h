// The style sheet and the script of the HTML report, from css/ and js/, put into the program when it is built (embed.py). With the digests by which
// the page's Content-Security-Policy lets these two in, and nothing else.
#pragma once

#include <string_view>

namespace pinproof::reports {

struct HtmlAsset {
  std::string_view text;
  std::string_view sha256;  // base64, as a policy says it
};

/// All of css/, and all of js/, in the order of CMakeLists.txt.
HtmlAsset html_style();
HtmlAsset html_script();

}  // namespace pinproof::reports
