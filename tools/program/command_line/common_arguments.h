// Arguments that several subcommands take, by the same names and in the same words.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tools/program/command_line/arguments.h"

namespace pinproof::program {

void add_seed(Arguments& arguments, std::function<void(std::uint64_t)> store);
void add_dialect(Arguments& arguments, std::string& into);
void add_deviate(Arguments& arguments, std::string& into);
void add_readings(Arguments& arguments, std::string& into);
/// `what`: "Scenarios", "Cases".
void add_jobs(Arguments& arguments, const std::string& what, std::size_t& into);
/// With the longest wait on the wall clock.
void add_target(Arguments& arguments, std::string& target, std::chrono::nanoseconds& time_max);
void add_judging(Arguments& arguments, std::string& set, bool& strict, bool& json);

/// Throws BadValue where both are given: each says what the defendant is.
void exclude_each_other(const std::string& rules, const std::string& deviate);

}  // namespace pinproof::program
