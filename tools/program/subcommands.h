// Every subcommand: what it is asked, where it writes, and the exit code it gives. One file each; this is the list.
#pragma once

#include "tools/program/options.h"
#include "tools/program/streams.h"

namespace pinproof::program {

int run(const RunOptions& options, Streams& streams);
int run(const ListOptions& options, Streams& streams);
int run(const ExplainOptions& options, Streams& streams);
int run(const ValidateOptions& options, Streams& streams);
int run(const JudgeOptions& options, Streams& streams);
int run(const ReportOptions& options, Streams& streams);
int run(const ReplayOptions& options, Streams& streams);
int run(const DeviationsOptions& options, Streams& streams);
int run(const ExploreCommandOptions& options, Streams& streams);
int run(const LabCommandOptions& options, Streams& streams);
int run(const CheckDeterminismOptions& options, Streams& streams);
int run(const VersionOptions& options, Streams& streams);

}  // namespace pinproof::program
