#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

#include "conformance/lab/lab_service.h"
#include "sim/pool/standard_pool.h"
#include "tools/program/complaints.h"
#include "tools/program/data.h"
#include "tools/program/data_root.h"
#include "tools/program/defendant.h"
#include "tools/program/interrupt.h"
#include "tools/program/lab_ready_json.h"
#include "tools/program/subcommands.h"

namespace pinproof::program {
namespace {

/// 128 bits that nobody guesses: whoever has them can drop exits and move clocks.
std::string fresh_token() {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::random_device random;
  std::string token;
  for (int word = 0; word < 4; ++word) {
    const auto bits = random();
    for (unsigned shift = 0; shift < 32; shift += 4) token += kDigits[(bits >> shift) & 15U];
  }
  return token;
}

/// A folder of the lab's own, gone when it ends.
class Scratch {
 public:
  Scratch() {
    std::error_code error;
    std::string path = (std::filesystem::temp_directory_path(error) / "pinproof-lab-XXXXXX").string();
    if (error || ::mkdtemp(path.data()) == nullptr) {
      throw EnvironmentError("cannot make a folder for the lab's certificate at " + path);
    }
    folder_ = path;
  }
  ~Scratch() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = folder_ / name;
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.flush();
    if (!out) throw EnvironmentError("cannot write " + file.string());
    return file.string();
  }

 private:
  std::filesystem::path folder_;
};

conformance::LabOptions lab_of(const LabCommandOptions& options, const conformance::SimulatedTargetOptions& defendant) {
  conformance::LabOptions lab;
  lab.rules = defendant.rules;
  lab.exits = options.exits == 0 ? sim::standard_pool() : sim::standard_pool(options.exits);
  lab.seed = options.seed;
  lab.clock = options.controlled ? conformance::ClockKind::kControlled : conformance::ClockKind::kWall;
  lab.clock_scale = options.clock_scale;
  lab.gateway_port = options.port;
  lab.gateway = options.gateway;
  lab.api_token = fresh_token();
  return lab;
}

LabReady ready_of(const conformance::LabService& service, const conformance::LabOptions& lab,
                  const std::string& ca_file) {
  LabReady ready;
  ready.addresses = service.addresses();
  ready.dialect = lab.rules.dialect;
  ready.api_path = lab.rules.api.path;
  ready.token = lab.api_token;
  ready.ca_file = ca_file;
  ready.exits = lab.exits.size();
  ready.process = ::getpid();
  if (lab.gateway) ready.accounts = lab.rules.accounts;
  return ready;
}

}  // namespace

int run(const LabCommandOptions& options, Streams& streams) {
  // Asked for first: a parent that goes away while the lab starts has gone away all the same.
  const auto parent = ::getppid();
  const std::atomic<bool>& interrupted = listen_for_interrupts();
  const Data data = load_data();
  // Rules and deviations say whose they are; without them it is helodata unless said otherwise.
  const bool says_dialect = !options.dialect.empty() || !options.rules.empty() || !options.deviate.empty();
  const auto defendant =
      Defendant::load({says_dialect ? options.dialect : "helodata", options.rules, options.deviate, ""}, data);
  if (const auto* message = std::get_if<std::string>(&defendant)) return refuse(streams, *message);

  const conformance::LabOptions lab = lab_of(options, std::get<Defendant>(defendant).targets().begin()->second);
  conformance::LabService service(lab, [&streams](std::string_view what) { complain(streams, std::string(what)); });
  if (const auto hindrance = service.start()) return refuse(streams, *hindrance, kCouldNotRun);
  const Scratch scratch;
  streams.out << to_json_line(ready_of(service, lab, scratch.write("ca.pem", service.ca_pem()))) << std::endl;
  if (!streams.out) return kCouldNotRun;  // nobody knows where it is; main says why

  service.serve([&] { return interrupted || (!options.stay && ::getppid() != parent); });
  return kNothingUnexpected;
}

}  // namespace pinproof::program
