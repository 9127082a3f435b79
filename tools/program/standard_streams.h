// The process's own standard output and error, as streams that know why a write failed. A reader who went away (`pinproof run |
// head`) is no error; a full disk is.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <ostream>
#include <streambuf>

#include "tools/program/streams.h"

namespace pinproof::program {

/// Writes to a file descriptor, and remembers the first error.
class DescriptorBuffer final : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor);

  /// errno of the first write that failed; 0 when none did.
  int error() const { return error_; }

 private:
  int_type overflow(int_type character) override;
  int sync() override;

  int descriptor_;
  int error_ = 0;
  std::array<char, 8192> buffer_;
};

class StandardStreams {
 public:
  /// Takes care of SIGPIPE, and of standard descriptors that are closed: otherwise the next file opened would become one.
  StandardStreams();

  Streams& streams() { return streams_; }

  /// Flushes both. What went wrong with standard output, as errno; 0 when nothing did, or when its reader only went away.
  int finish();

 private:
  DescriptorBuffer out_buffer_;
  DescriptorBuffer err_buffer_;
  std::ostream out_;
  std::ostream err_;
  Streams streams_;
};

}  // namespace pinproof::program
