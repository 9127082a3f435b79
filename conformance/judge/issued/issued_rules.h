// The rules about issued sessions, one file a requirement. Every rule of a kind sees every step of that kind and
// speaks only of what is its own.
#pragma once

#include <span>

#include "conformance/judge/issued/issued_step.h"

namespace pinproof::conformance {

using UseRule = void (*)(const UseStep& step, Holdings& holdings);
using CreationRule = void (*)(const CreationStep& step, Holdings& holdings);
using ListedRule = void (*)(const ListedStep& step, Holdings& holdings);
using DeletionRule = void (*)(const DeletionStep& step, Holdings& holdings);

void c_ses_1_of_creation(const CreationStep& step, Holdings& holdings);
void c_ses_1_of_use(const UseStep& step, Holdings& holdings);
void c_ses_2(const UseStep& step, Holdings& holdings);
void c_ses_3_of_creation(const CreationStep& step, Holdings& holdings);
void c_ses_3_of_use(const UseStep& step, Holdings& holdings);
void c_ses_4(const UseStep& step, Holdings& holdings);
void c_ses_5_of_use(const UseStep& step, Holdings& holdings);
void c_ses_5_of_listing(const ListedStep& step, Holdings& holdings);
void c_ses_6_of_use(const UseStep& step, Holdings& holdings);
void c_ses_6_of_listing(const ListedStep& step, Holdings& holdings);
void c_ses_6_of_deletion(const DeletionStep& step, Holdings& holdings);
void c_ses_7_of_use(const UseStep& step, Holdings& holdings);
void c_ses_7_of_listing(const ListedStep& step, Holdings& holdings);
void c_ses_7_of_deletion(const DeletionStep& step, Holdings& holdings);
void c_ses_8_of_use(const UseStep& step, Holdings& holdings);
void c_ses_8_of_listing(const ListedStep& step, Holdings& holdings);
void c_ses_8_of_deletion(const DeletionStep& step, Holdings& holdings);
void c_ses_9_of_creation(const CreationStep& step, Holdings& holdings);
void c_ses_9_of_listing(const ListedStep& step, Holdings& holdings);
void c_ses_10(const CreationStep& step, Holdings& holdings);
void c_ses_11(const CreationStep& step, Holdings& holdings);
void c_ses_12(const UseStep& step, Holdings& holdings);
void c_ses_13_of_use(const UseStep& step, Holdings& holdings);
void c_ses_13_of_listing(const ListedStep& step, Holdings& holdings);
void c_ses_13_of_deletion(const DeletionStep& step, Holdings& holdings);
void c_ext_1_of_use(const UseStep& step, Holdings& holdings);

/// Of every request and call there is, in a session or not.
void c_ses_14(const HistoryHeader& header, const Exchange& exchange, Holdings& holdings);
void c_ses_14(const ApiCall& call, Holdings& holdings);
void c_ext_1(const HistoryHeader& header, const Observation& seen, Holdings& holdings);
void c_ext_1(const HistoryHeader& header, const ApiCall& call, Holdings& holdings);

/// All of a kind, in the order of the catalogue.
std::span<const UseRule> use_rules();
std::span<const CreationRule> creation_rules();
std::span<const ListedRule> listed_rules();
std::span<const DeletionRule> deletion_rules();

}  // namespace pinproof::conformance
