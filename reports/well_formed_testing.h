// Is a text what its format says? Strict readers for tests of renderers, each giving an empty string or what is wrong.
#pragma once

#include <string>
#include <string_view>

namespace pinproof::reports {

std::string what_is_wrong_with_json(std::string_view text);
std::string what_is_wrong_with_xml(std::string_view text);

/// As the TAP 14 specification has it: version, plan, as many test points as planned and in order, directives only where they are meant, YAML
/// blocks of quoted scalars.
std::string what_is_wrong_with_tap(std::string_view text);

/// Fences are closed; outside of code stands nothing but what this program writes.
std::string what_is_wrong_with_markdown(std::string_view text);

/// Of any format: UTF-8, no control characters but line ends, nothing that turns a line around, no "<script".
std::string what_is_wrong_with_text(std::string_view text);

}  // namespace pinproof::reports
