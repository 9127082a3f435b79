#include "conformance/history/labels.h"

#include <initializer_list>

namespace pinproof::conformance {
namespace {

Labels join(std::initializer_list<const Labels*> lists) {
  Labels all;
  for (const Labels* list : lists) all.insert(all.end(), list->begin(), list->end());
  return all;
}

struct LabelsIn {
  Labels operator()(const ExitCheck& check) const { return join({&check.same_as, &check.different_from}); }
  Labels operator()(const SessionIdCheck& check) const { return join({&check.same_as, &check.different_from}); }
  Labels operator()(const ListedCheck& check) const {
    return join({&check.contains, &check.lacks, &check.exit_of, &check.repinned, &check.not_repinned});
  }
  template <class Other>
  Labels operator()(const Other& /*check*/) const {
    return {};
  }
};

}  // namespace

std::string label_of_burst(std::string_view label, std::uint64_t index) {
  return std::string(label) + "[" + std::to_string(index) + "]";
}

std::string_view burst_of_label(std::string_view label) {
  const std::size_t bracket = label.rfind('[');
  if (bracket == std::string_view::npos || !label.ends_with(']')) return {};
  return label.substr(0, bracket);
}

Labels labels_in(const Check& check) { return std::visit(LabelsIn{}, check); }

}  // namespace pinproof::conformance
