#include "conformance/judge/issued/issued_story_testing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "conformance/judge/issued/issued_monitor.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class Sink final : public FactSink {
 public:
  explicit Sink(const HistoryHeader& header)
      : log_(header.tolerance), monitor_(header, log_), assembler_(header, *this) {}
  void exchange(const ExchangePtr& exchange) override { monitor_.exchange(exchange); }
  void api_call(const ApiCall& call) override { monitor_.api_call(call); }
  void exit_acted(const ExitActed& acted) override { log_.record(acted); }

  std::vector<Finding> judge(const std::vector<Record>& records) {
    for (const Record& record : records) assembler_.record(record);
    assembler_.conclude();
    return monitor_.conclude();
  }

 private:
  ExitLog log_;
  IssuedMonitor monitor_;
  Assembler assembler_;
};

}  // namespace

std::string words_of(const Finding& finding) {
  return fmt::format("{} {} [{}]", finding.requirement, to_string(finding.verdict), fmt::join(finding.evidence, " "));
}

IssuedStory::IssuedStory() {
  header.scenario = "crawlera/story";
  header.dialect = "crawlera";
  header.capabilities = {Capability::kTime,     Capability::kDrop, Capability::kExits,
                         Capability::kAttempts, Capability::kApi,  Capability::kAccounts};
  header.promised.idle_window = 30min;
  header.promised.session_cap = 3;
  header.promised.accounts_without_sessions = {"starter"};
  header.readings = {{"expiry_counts_from", "last_request"},
                     {"listing_extends", "no"},
                     {"over_session_cap", "refuse"},
                     {"session_across_regions", "same_exit"},
                     {"lost_exit", "ends"}};
  header.vocabulary.error = "X-Crawlera-Error";
  header.vocabulary.exit_address = "X-Crawlera-Slave";
  header.vocabulary.session = "X-Crawlera-Session";
  header.vocabulary.next_request_in = "X-Crawlera-Next-Request-In";
  header.vocabulary.max_retries = "X-Crawlera-Max-Retries";
  header.vocabulary.version = "X-Crawlera-Version";
  header.vocabulary.control_prefix = "X-Crawlera-";
}

IssuedStory& IssuedStory::at(Duration since_start) {
  now_ = since_start;
  return *this;
}

IssuedStory& IssuedStory::answers_take(Duration answer) {
  answer_ = answer;
  return *this;
}

IssuedStory& IssuedStory::as(const std::string& account) {
  account_ = account;
  return *this;
}

IssuedStory& IssuedStory::to_host(const std::string& host) {
  host_ = host;
  return *this;
}

Observation& IssuedStory::sent(const std::string& session) {
  Observation seen;
  seen.id = ++id_;
  seen.account = account_;
  seen.session = session;
  if (!session.empty()) seen.sent.add("X-Crawlera-Session", session);
  seen.method = "GET";
  seen.host = host_;
  seen.token = fmt::format("t{}", id_);
  seen.sent_at = sim::kStart + now_;
  seen.answered_at = seen.ended_at = seen.sent_at + answer_;
  seen.sent_order = ++order_;
  seen.answered_order = ++order_;
  seen.headers.add("X-Crawlera-Version", "1");
  records_.emplace_back(std::move(seen));
  return std::get<Observation>(records_.back());
}

Observation& IssuedStory::served(const std::string& session, const std::string& exit, const std::string& issued) {
  const Instant at = sim::kStart + now_;
  const std::string token = fmt::format("t{}", id_ + 1);
  records_.emplace_back(UpstreamSaw{exit, UpstreamEvent::kForwarded, "GET", host_, token, at});
  records_.emplace_back(OriginSaw{exit, "GET", "/", token, {}, 0, 0, at});
  Observation& seen = sent(session);
  seen.status = 200;
  seen.exit_by_origin = exit;
  if (!issued.empty()) seen.headers.add("X-Crawlera-Session", issued);
  return seen;
}

Observation& IssuedStory::refused(const std::string& session, int status, const std::string& code) {
  Observation& seen = sent(session);
  seen.status = status;
  seen.headers.add("X-Crawlera-Error", code);
  return seen;
}

Observation& IssuedStory::failed(const std::string& session, const std::string& exit, UpstreamEvent event) {
  records_.emplace_back(UpstreamSaw{exit, event, "GET", host_, fmt::format("t{}", id_ + 1), sim::kStart + now_});
  Observation& seen = sent(session);
  seen.status = 502;
  seen.headers.add("X-Crawlera-Error", event == UpstreamEvent::kReset ? "econnreset" : "econnrefused");
  seen.headers.add("X-Crawlera-Session", session);
  return seen;
}

Observation& IssuedStory::timed_out(const std::string& session) {
  Observation& seen = sent(session);
  seen.headers.clear();
  seen.end = AnswerEnd::kTimedOut;
  return seen;
}

ApiCall& IssuedStory::called(ApiOperation operation) {
  ApiCall call;
  call.id = ++id_;
  call.account = account_;
  call.operation = operation;
  call.sent_at = sim::kStart + now_;
  call.answered_at = call.sent_at + answer_;
  call.sent_order = ++order_;
  call.answered_order = ++order_;
  call.status = 200;
  call.headers.add("X-Crawlera-Version", "1");
  records_.emplace_back(std::move(call));
  return std::get<ApiCall>(records_.back());
}

ApiCall& IssuedStory::posted(const std::string& created, int status) {
  ApiCall& call = called(ApiOperation::kCreate);
  call.created = created;
  call.status = status;
  call.malformed = status == 200 && created.empty();
  return call;
}

ApiCall& IssuedStory::deleted(const std::string& session, int status) {
  ApiCall& call = called(ApiOperation::kDelete);
  call.session = session;
  call.status = status;
  return call;
}

ApiCall& IssuedStory::listed(std::vector<ListedSession> sessions) {
  ApiCall& call = called(ApiOperation::kList);
  call.listed = std::move(sessions);
  return call;
}

void IssuedStory::acted(const std::string& exit, sim::ExitAction action) {
  records_.emplace_back(ExitActed{exit, action, {}, {}, {}, sim::kStart + now_});
}

void IssuedStory::at_once(std::uint64_t first) {
  std::uint64_t sent = 0;
  for (Record& record : records_) {
    const auto reorder = [&](auto& part) {
      if (part.id < first) return;
      if (sent == 0) sent = part.sent_order;
      part.sent_order = sent + (part.id - first);
      part.answered_order = sent + (id_ - first) + 1 + (part.id - first);
    };
    if (auto* seen = std::get_if<Observation>(&record)) reorder(*seen);
    if (auto* call = std::get_if<ApiCall>(&record)) reorder(*call);
  }
}

std::vector<Finding> IssuedStory::findings() { return Sink(header).judge(records_); }

Finding IssuedStory::finding_of(std::string_view requirement) {
  Finding found;
  for (Finding& finding : findings()) {
    if (finding.requirement == requirement) found = std::move(finding);
  }
  return found;
}

std::vector<std::string> IssuedStory::verdicts() {
  std::vector<std::string> words;
  for (const Finding& finding : findings()) {
    words.push_back(finding.verdict == Verdict::kPass ? finding.requirement + " pass" : words_of(finding));
  }
  return words;
}

std::vector<std::string> IssuedStory::violations() {
  std::vector<std::string> words;
  for (const Finding& finding : findings()) {
    if (finding.verdict != Verdict::kPass) words.push_back(words_of(finding));
  }
  return words;
}

}  // namespace pinproof::conformance
