// User names as a vocabulary spells them: put together from parts to send, and taken apart again to compare with a listing.
//
//   helo_{account}-type-{type}-region-{region}[-state-{state}][-session-{session}][-sesstime-{minutes}]
//
// A [group] is left out when its parts are all empty.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pinproof::conformance {

/// account, type, region, state, city, asn, session, minutes.
bool is_user_name_part(std::string_view name);

using UserNameParts = std::map<std::string, std::string, std::less<>>;

/// A template that was read, for whoever spells many names.
class UserNameTemplate {
 public:
  /// The text has to outlive it. Of one that is wrong nothing is spelled.
  explicit UserNameTemplate(std::string_view text);

  /// What is wrong with it; empty: nothing.
  const std::string& wrong() const { return wrong_; }
  bool empty() const { return pieces_.empty(); }

  /// The user name with those parts, each by its name; a part that is not there is empty. "{account}" stays as it is, the target puts
  /// it in.
  std::string fill(std::initializer_list<std::pair<std::string_view, std::string_view>> parts) const;

  /// The parts that a user name says, by the template's literal texts; a part is what stands between its literal and the next one
  /// that occurs. Empty parts are left out. For user names that fill() made.
  UserNameParts parts_of(std::string_view user_name) const;

 private:
  /// Literal text, then a part (or none, at the end), inside the group of that number or outside of any.
  struct Piece {
    std::string_view literal;
    std::size_t part;
    int group;  // 0: outside
  };

  void read(std::string_view text);

  std::vector<Piece> pieces_;
  std::string wrong_;
};

/// What is wrong with a template, or nothing.
std::optional<std::string> wrong_in_template(std::string_view text);

/// The same of a template that is read for the one name.
std::string fill_template(std::string_view text,
                          std::initializer_list<std::pair<std::string_view, std::string_view>> parts);
UserNameParts parts_of_user_name(std::string_view text, std::string_view user_name);

}  // namespace pinproof::conformance
