#include "tools/program/subject.h"

#include <utility>

#include "tools/program/defendant.h"
#include "tools/program/options.h"
#include "tools/program/profile_subject.h"
#include "tools/program/version.h"

namespace pinproof::program {
namespace {

class ReferenceGateway final : public Subject {
 public:
  explicit ReferenceGateway(Defendant defendant) : defendant_(std::move(defendant)) {}

  std::vector<std::string> dialects() const override { return defendant_.dialects(); }
  std::string rules_names() const override { return defendant_.rules_names(); }
  reports::Implementation implementation() const override {
    return {"pinproof's reference gateway", std::string(kVersion), "", ""};
  }
  std::unique_ptr<conformance::Target> make(const std::string& dialect) override { return defendant_.make(dialect); }
  std::uint64_t usual_seed() const override { return kSeedDefault; }

 private:
  Defendant defendant_;
};

}  // namespace

std::variant<std::unique_ptr<Subject>, NoSubject> load_subject(const SubjectOptions& options, const Data& data,
                                                               Streams& streams) {
  if (options.target != "sim" && options.target != "lab") return load_profile_subject(options, data, streams);
  DefendantOptions of_reference;
  of_reference.dialect = options.dialect;
  of_reference.rules = options.rules;
  of_reference.deviate = options.deviate;
  of_reference.readings = options.readings;
  of_reference.in_lab = options.target == "lab";
  auto loaded = Defendant::load(of_reference, data);
  if (auto* const message = std::get_if<std::string>(&loaded)) return NoSubject{kInputError, {std::move(*message)}};
  return std::unique_ptr<Subject>(std::make_unique<ReferenceGateway>(std::get<Defendant>(std::move(loaded))));
}

}  // namespace pinproof::program
