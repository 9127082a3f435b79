// Writes small histories of issued sessions by hand, and lets the monitor judge them. Time stands where the story
// says; an answer takes no time unless it does. Shared by the tests of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/judge/monitor.h"

namespace pinproof::conformance {

/// "C-SES-7 fail [1 3]": a finding that is no pass, with its evidence.
std::string words_of(const Finding& finding);

class IssuedStory {
 public:
  IssuedStory();

  HistoryHeader header;  // as of the shipped catalogue, but for a cap of 3; change it before the first record

  IssuedStory& at(Duration since_start);
  /// From now on every answer takes that long.
  IssuedStory& answers_take(Duration answer);
  IssuedStory& as(const std::string& account);
  IssuedStory& to_host(const std::string& host);

  /// A request with that session header, answered by the origin through that exit; `issued` is in the answer's
  /// session header.
  Observation& served(const std::string& session, const std::string& exit, const std::string& issued = {});
  /// The gateway's own error: status and code; nothing was forwarded.
  Observation& refused(const std::string& session, int status = 400, const std::string& code = "bad_session_id");
  /// Tried through an exit that did this to it, and answered with 502.
  Observation& failed(const std::string& session, const std::string& exit, UpstreamEvent event);
  /// No answer.
  Observation& timed_out(const std::string& session);
  ApiCall& posted(const std::string& created, int status = 200);
  ApiCall& deleted(const std::string& session, int status = 204);
  ApiCall& listed(std::vector<ListedSession> sessions);
  void acted(const std::string& exit, sim::ExitAction action);

  /// The records from `first` on, in the order of ids, were sent before any of them was answered.
  void at_once(std::uint64_t first);

  std::uint64_t last_id() const { return id_; }

  /// What the monitor says: "C-SES-1 pass" for what held, words_of() the rest; in order of requirement.
  std::vector<std::string> verdicts();
  /// Without what held.
  std::vector<std::string> violations();
  std::vector<Finding> findings();
  /// The last one of that requirement; a default one where there is none.
  Finding finding_of(std::string_view requirement);

 private:
  Observation& sent(const std::string& session);
  ApiCall& called(ApiOperation operation);

  Duration now_{};
  Duration answer_{};
  std::string account_ = "one";
  std::string host_ = "site.origin.test";
  std::uint64_t id_ = 0;
  std::uint64_t order_ = 0;
  std::vector<Record> records_;
};

}  // namespace pinproof::conformance
