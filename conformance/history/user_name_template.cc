#include "conformance/history/user_name_template.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace pinproof::conformance {
namespace {

constexpr std::string_view kAccount = "account";
constexpr std::array<std::string_view, 8> kParts{kAccount, "type", "region",  "state",
                                                 "city",   "asn",  "session", "minutes"};

/// A piece of a template: literal text, then a part (or none, at the end), inside the group of that number or outside of any.
struct Piece {
  std::string_view literal;
  std::string_view part;
  int group = 0;  // 0: outside
};

struct Template {
  std::vector<Piece> pieces;
  std::string wrong;
};

Template read_template(std::string_view text) {
  Template result;
  int groups = 0;
  int group = 0;
  std::size_t literal = 0;
  const auto add = [&](std::size_t end, std::string_view part) {
    if (end > literal || !part.empty()) result.pieces.push_back({text.substr(literal, end - literal), part, group});
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') {
      const std::size_t close = text.find('}', at);
      if (close == std::string_view::npos) return {{}, "'{' without '}'"};
      const std::string_view part = text.substr(at + 1, close - at - 1);
      if (!is_user_name_part(part)) return {{}, "the unknown part {" + std::string(part) + "}"};
      add(at, part);
      at = close;
    } else if (text[at] == '[') {
      if (group != 0) return {{}, "'[' inside a group"};
      add(at, {});
      group = ++groups;
    } else if (text[at] == ']') {
      if (group == 0) return {{}, "']' without '['"};
      add(at, {});
      group = 0;
    } else {
      continue;
    }
    literal = at + 1;
  }
  if (group != 0) return {{}, "'[' without ']'"};
  add(text.size(), {});
  return result;
}

std::string value_of(const UserNameParts& parts, std::string_view part) {
  const auto found = parts.find(part);
  if (found != parts.end()) return found->second;
  return part == kAccount ? "{account}" : "";
}

}  // namespace

bool is_user_name_part(std::string_view name) { return std::find(kParts.begin(), kParts.end(), name) != kParts.end(); }

std::optional<std::string> wrong_in_template(std::string_view text) {
  const Template read = read_template(text);
  if (!read.wrong.empty()) return read.wrong;
  return std::nullopt;
}

std::string fill_template(std::string_view text, const UserNameParts& parts) {
  const Template read = read_template(text);
  std::string filled;
  for (const Piece& piece : read.pieces) {
    const auto said = [&](const Piece& other) {
      return other.group == piece.group && !other.part.empty() && !value_of(parts, other.part).empty();
    };
    if (piece.group != 0 && std::none_of(read.pieces.begin(), read.pieces.end(), said)) continue;
    filled += piece.literal;
    if (!piece.part.empty()) filled += value_of(parts, piece.part);
  }
  return filled;
}

UserNameParts parts_of_user_name(std::string_view text, std::string_view user_name) {
  const Template read = read_template(text);
  UserNameParts parts;
  std::size_t at = 0;
  std::string_view open;      // the part whose value is being read
  std::size_t open_from = 0;  // where it begins
  for (const Piece& piece : read.pieces) {
    const std::size_t found = piece.literal.empty() ? at : user_name.find(piece.literal, at);
    if (found == std::string_view::npos) continue;
    if (!open.empty()) parts[std::string(open)] = user_name.substr(open_from, found - open_from);
    at = found + piece.literal.size();
    open = piece.part;
    open_from = at;
  }
  if (!open.empty()) parts[std::string(open)] = user_name.substr(open_from);
  std::erase_if(parts, [](const auto& part) { return part.second.empty(); });
  return parts;
}

}  // namespace pinproof::conformance
