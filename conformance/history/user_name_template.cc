#include "conformance/history/user_name_template.h"

#include <algorithm>
#include <array>

namespace pinproof::conformance {
namespace {

constexpr std::array<std::string_view, 8> kParts{"account", "type", "region",  "state",
                                                 "city",    "asn",  "session", "minutes"};
constexpr std::size_t kAccount = 0;
constexpr std::size_t kNoPart = kParts.size();

std::size_t part_of(std::string_view name) {
  return static_cast<std::size_t>(std::find(kParts.begin(), kParts.end(), name) - kParts.begin());
}

}  // namespace

bool is_user_name_part(std::string_view name) { return part_of(name) != kNoPart; }

UserNameTemplate::UserNameTemplate(std::string_view text) {
  read(text);
  if (!wrong_.empty()) pieces_.clear();
}

void UserNameTemplate::read(std::string_view text) {
  int groups = 0;
  int group = 0;
  std::size_t literal = 0;
  const auto add = [&](std::size_t end, std::size_t part) {
    if (end > literal || part != kNoPart) pieces_.push_back({text.substr(literal, end - literal), part, group});
  };
  const auto refuse = [&](std::string wrong) { wrong_ = std::move(wrong); };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') {
      const std::size_t close = text.find('}', at);
      if (close == std::string_view::npos) return refuse("'{' without '}'");
      const std::string_view name = text.substr(at + 1, close - at - 1);
      if (!is_user_name_part(name)) return refuse("the unknown part {" + std::string(name) + "}");
      add(at, part_of(name));
      at = close;
    } else if (text[at] == '[') {
      if (group != 0) return refuse("'[' inside a group");
      add(at, kNoPart);
      group = ++groups;
    } else if (text[at] == ']') {
      if (group == 0) return refuse("']' without '['");
      add(at, kNoPart);
      group = 0;
    } else {
      continue;
    }
    literal = at + 1;
  }
  if (group != 0) return refuse("'[' without ']'");
  add(text.size(), kNoPart);
}

std::string UserNameTemplate::fill(std::initializer_list<std::pair<std::string_view, std::string_view>> parts) const {
  std::array<std::string_view, kParts.size() + 1> values;  // the last one, of no part, stays empty
  values[kAccount] = "{account}";
  for (const auto& [name, value] : parts) values[part_of(name)] = value;
  values[kNoPart] = {};
  std::string filled;
  for (auto piece = pieces_.begin(); piece != pieces_.end();) {
    const auto end =
        std::find_if(piece, pieces_.end(), [&](const Piece& other) { return other.group != piece->group; });
    const bool said =
        piece->group == 0 || std::any_of(piece, end, [&](const Piece& each) { return !values[each.part].empty(); });
    for (; piece != end; ++piece) {
      if (said) filled.append(piece->literal).append(values[piece->part]);
    }
  }
  return filled;
}

UserNameParts UserNameTemplate::parts_of(std::string_view user_name) const {
  UserNameParts parts;
  std::size_t at = 0;
  std::size_t open = kNoPart;  // the part whose value is being read
  std::size_t open_from = 0;   // where it begins
  for (const Piece& piece : pieces_) {
    const std::size_t found = piece.literal.empty() ? at : user_name.find(piece.literal, at);
    if (found == std::string_view::npos) continue;
    if (open != kNoPart) parts[std::string(kParts[open])] = user_name.substr(open_from, found - open_from);
    at = found + piece.literal.size();
    open = piece.part;
    open_from = at;
  }
  if (open != kNoPart) parts[std::string(kParts[open])] = user_name.substr(open_from);
  std::erase_if(parts, [](const auto& part) { return part.second.empty(); });
  return parts;
}

std::optional<std::string> wrong_in_template(std::string_view text) {
  UserNameTemplate read(text);
  if (!read.wrong().empty()) return read.wrong();
  return std::nullopt;
}

std::string fill_template(std::string_view text,
                          std::initializer_list<std::pair<std::string_view, std::string_view>> parts) {
  return UserNameTemplate(text).fill(parts);
}

UserNameParts parts_of_user_name(std::string_view text, std::string_view user_name) {
  return UserNameTemplate(text).parts_of(user_name);
}

}  // namespace pinproof::conformance
