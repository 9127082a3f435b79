#include "tools/program/subcommands.h"
#include "tools/program/version.h"

namespace pinproof::program {

int run(const VersionOptions&, Streams& streams) {
  streams.out << "pinproof " << kVersion << '\n';
  return 0;
}

}  // namespace pinproof::program
