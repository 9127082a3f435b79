// What was wrong in something a person wrote: a file, and where in it, what stood there and what would have been right.
// Every reader of the project's own files gives its complaints in this one shape, so that they read alike; a value,
// never thrown at a caller.
#pragma once

#include <string>
#include <variant>

namespace pinproof::sim {

struct InputError {
  std::string file;
  /// JSON pointer (RFC 6901) of the value, "" for the whole file; "LINE:COLUMN" where the text is not JSON at all.
  std::string pointer;
  std::string found;
  std::string expected;

  /// One line: "FILE: at POINTER: found X, expected Y".
  std::string message() const;

  bool operator==(const InputError&) const = default;
};

/// What a reader of such input returns: the thing, or the first complaint about it.
template <typename T>
using Parsed = std::variant<T, InputError>;

}  // namespace pinproof::sim
