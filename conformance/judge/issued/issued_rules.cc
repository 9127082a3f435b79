#include "conformance/judge/issued/issued_rules.h"

#include <array>

namespace pinproof::conformance {

std::span<const UseRule> use_rules() {
  static constexpr std::array<UseRule, 11> kRules{c_ses_1_of_use, c_ses_2,         c_ses_3_of_use, c_ses_4,
                                                  c_ses_5_of_use, c_ses_6_of_use,  c_ses_7_of_use, c_ses_8_of_use,
                                                  c_ses_12,       c_ses_13_of_use, c_ext_1_of_use};
  return kRules;
}

std::span<const CreationRule> creation_rules() {
  static constexpr std::array<CreationRule, 5> kRules{c_ses_1_of_creation, c_ses_3_of_creation, c_ses_9_of_creation,
                                                      c_ses_10, c_ses_11};
  return kRules;
}

std::span<const ListedRule> listed_rules() {
  static constexpr std::array<ListedRule, 6> kRules{c_ses_5_of_listing, c_ses_6_of_listing, c_ses_7_of_listing,
                                                    c_ses_8_of_listing, c_ses_9_of_listing, c_ses_13_of_listing};
  return kRules;
}

std::span<const DeletionRule> deletion_rules() {
  static constexpr std::array<DeletionRule, 4> kRules{c_ses_6_of_deletion, c_ses_7_of_deletion, c_ses_8_of_deletion,
                                                      c_ses_13_of_deletion};
  return kRules;
}

}  // namespace pinproof::conformance
