// Hand-written histories for the judge's tests, said in a few words each.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/judge/judge.h"

namespace pinproof::conformance {

/// What a case is: the name of its test, what was seen, what was expected of it, and what the judge has to say.
struct JudgeCase {
  std::string name;
  std::vector<Record> records;
  Check check;
  Verdict verdict = Verdict::kPass;
  std::string reason = {};  // of the finding; empty for a pass
  Labels of = {"it"};
  Duration tolerance{};
};

/// A target that can do everything, with exits 127.20.0.1 (us, ca), .2 (us, ny), .3 (de), and a vocabulary of every header.
HistoryHeader test_header();

/// An answer of 200 through that exit, at once, seen by the origin; id 1, label "it", sent at second 10.
Observation served(const std::string& label = "it", std::uint64_t id = 1, const std::string& exit = "127.20.0.1");
/// The gateway's own answer of that status.
Observation refused(int status, const std::string& label = "it", std::uint64_t id = 1);
/// No answer for 30 s.
Observation unanswered(const std::string& label = "it", std::uint64_t id = 1);

/// `seen` with that field in its answer.
Observation with(Observation seen, const std::string& name, const std::string& value);
/// `seen` with its answer so much later.
Observation after(Observation seen, Duration delay);

/// What the upstream saw of the request, and what the origin did.
UpstreamSaw upstream(const Observation& seen, UpstreamEvent event = UpstreamEvent::kForwarded, Duration later = {});
OriginSaw origin(const Observation& seen);

/// The case's finding: its records, the journals complete, and the expectation under H-STK-1.
Finding finding_of(const JudgeCase& one);

/// The whole judgement of records under the test header.
Judgement judgement_of(std::vector<Record> records, const std::vector<std::string>& requirements = {"H-STK-1"});

Expected expected(const std::string& requirement, Check check, Labels of = {"it"});

}  // namespace pinproof::conformance
