// The line in which a lab says that it is ready, and where.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "conformance/lab/lab_service.h"
#include "sim/gateway/rules.h"

namespace pinproof::program {

struct LabReady {
  conformance::LabAddresses addresses;
  std::string dialect;
  std::string api_path;  // of the sessions API
  std::string token;
  std::string ca_file;
  std::size_t exits = 0;
  int process = 0;
  std::vector<sim::Account> accounts;  // none where there is no gateway
};

/// One JSON object on one line, without a line feed. What a lab without a gateway does not have is left out.
std::string to_json_line(const LabReady& ready);

}  // namespace pinproof::program
