// Bytes in both directions, in the clear or under TLS. What the wire layer reads and writes.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "mock_upstream/net/task.h"

namespace pinproof::mock_upstream {

class Connection;

class Stream {
 public:
  virtual ~Stream() = default;

  /// At least one byte, or an error; asio::error::eof when the peer has closed its end.
  virtual Task<IoResult> read_some(std::span<char> into) = 0;

  /// All of `bytes`, or an error. They stay valid until it is done.
  virtual Task<IoResult> write(std::string_view bytes) = 0;

  /// As many of `bytes` as go without waiting, which may be none; an error shows at the next write().
  virtual std::size_t write_now(std::string_view bytes) = 0;

  /// Says to the peer that no more will come, and stays open for what it still says.
  virtual Task<> close_sending() = 0;

  /// What it runs on.
  virtual Connection& transport() = 0;
};

}  // namespace pinproof::mock_upstream
