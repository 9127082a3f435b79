#include "conformance/judge/pins/pin_story_testing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "conformance/catalogue/load.h"
#include "conformance/judge/names/name_monitor.h"
#include "conformance/judge/pins/pin_monitor.h"
#include "conformance/judge/rotation/rotation_monitor.h"

namespace pinproof::conformance {
namespace {

// The three monitors of this dialect's user names, fed as the judge feeds them.
class Sink final : public FactSink {
 public:
  explicit Sink(const HistoryHeader& header)
      : log_(header.tolerance),
        names_(header),
        rotation_(header, log_),
        pins_(header, log_),
        assembler_(header, *this) {}
  void exchange(const ExchangePtr& exchange) override {
    names_.exchange(exchange);
    rotation_.exchange(exchange);
    pins_.exchange(exchange);
  }
  void api_call(const ApiCall& call) override { pins_.api_call(call); }
  void exit_acted(const ExitActed& acted) override { log_.record(acted); }

  std::vector<Finding> judge(const std::vector<Record>& records) {
    for (const Record& record : records) assembler_.record(record);
    assembler_.conclude();
    std::vector<Finding> all = names_.conclude();
    for (FactMonitor* monitor : {static_cast<FactMonitor*>(&rotation_), static_cast<FactMonitor*>(&pins_)}) {
      for (Finding& finding : monitor->conclude()) all.push_back(std::move(finding));
    }
    return all;
  }

 private:
  ExitLog log_;
  NameMonitor names_;
  RotationMonitor rotation_;
  PinMonitor pins_;
  Assembler assembler_;
};

}  // namespace

PinStory::PinStory() {
  const auto catalogue = std::get<Catalogue>(load_catalogue(PINPROOF_SOURCE_DIR));
  header.dialect = "helodata";
  header.promised = catalogue.promises;
  header.readings = catalogue.default_readings();
  header.capabilities = {Capability::kTime, Capability::kDrop, Capability::kExits, Capability::kAttempts};
  header.vocabulary.repinned = "X-Helodata-Session-Repinned";
  header.vocabulary.repinned_value = "true";
  header.vocabulary.error = "X-Helodata-Error-Code";
  header.vocabulary.listed = {{"region", "region"}, {"session", "session_id"}};
  header.vocabulary.user_name = "helo_{account}-type-{type}-region-{region}[-session-{session}-sesstime-{minutes}]";
  for (const char* address : {kExitA, kExitB, kExitC}) {
    sim::Exit exit;
    exit.address = address;
    exit.region = "us";
    header.exits.push_back(exit);
  }
  sim::Exit abroad;
  abroad.address = kExitDe;
  abroad.region = "de";
  header.exits.push_back(abroad);
}

PinStory& PinStory::at(Duration since_start) {
  now_ = since_start;
  return *this;
}
PinStory& PinStory::answers_take(Duration answer) {
  answer_ = answer;
  return *this;
}
PinStory& PinStory::as(std::string_view user_name) {
  user_ = user_name;
  return *this;
}
PinStory& PinStory::of_account(std::string_view account) {
  account_ = account;
  return *this;
}
PinStory& PinStory::via_connect(bool connect) {
  connect_ = connect;
  return *this;
}
PinStory& PinStory::at_once(bool overlapping) {
  overlapping_ = overlapping;
  return *this;
}

PinStory& PinStory::all_at_once() {
  all_at_once_ = true;
  answer_ = std::chrono::hours(1);
  return *this;
}

PinStory& PinStory::lists(std::vector<ListedSession> sessions) {
  ApiCall call;
  call.id = ++id_;
  call.account = account_;
  call.operation = ApiOperation::kList;
  call.sent_at = call.answered_at = sim::kStart + now_;
  call.sent_order = ++order_;
  call.answered_order = ++order_;
  call.status = 200;
  call.listed = std::move(sessions);
  records_.emplace_back(std::move(call));
  return *this;
}

PinStory& PinStory::deletes(std::string_view user_name) {
  ApiCall call;
  call.id = ++id_;
  call.account = account_;
  call.operation = ApiOperation::kDelete;
  call.user_name = user_name;
  if (user_name.empty()) call.session = "ses_1";
  call.sent_at = call.answered_at = sim::kStart + now_;
  call.sent_order = ++order_;
  call.answered_order = ++order_;
  call.status = 204;
  records_.emplace_back(std::move(call));
  return *this;
}

Observation& PinStory::send(int status) {
  Observation seen;
  seen.id = ++id_;
  seen.account = account_;
  seen.user_name = user_;
  seen.connection = fmt::format("c{}", id_);
  seen.via = connect_ ? Via::kConnect : Via::kPlain;
  seen.method = "GET";
  seen.host = "site.origin.test";
  seen.path = "/";
  seen.token = fmt::format("t{}", id_);
  seen.sent_at = sim::kStart + now_;
  seen.answered_at = seen.ended_at = seen.sent_at + answer_;
  seen.sent_order = ++order_;
  seen.answered_order = ++order_;
  if (overlapping_ && !observations_.empty()) {
    // Sent before the one before it was answered: the two swap places in the client's order.
    auto& before = std::get<Observation>(records_[observations_.back()]);
    std::swap(seen.sent_order, before.answered_order);
  }
  if (all_at_once_) seen.sent_order = seen.answered_order = 0;
  seen.status = status;
  if (connect_) seen.connect = ConnectReply{status, {}};
  observations_.push_back(records_.size());
  return std::get<Observation>(records_.emplace_back(std::move(seen)));
}

void PinStory::forwarded(const Observation& seen, std::string_view exit, UpstreamEvent end) {
  UpstreamSaw saw{std::string(exit), UpstreamEvent::kForwarded, seen.method, seen.host, seen.token, seen.sent_at};
  OriginSaw origin;
  origin.from = exit;
  origin.method = seen.method;
  origin.token = seen.token;
  origin.at = seen.sent_at;
  UpstreamSaw over = saw;
  over.event = end;
  records_.emplace_back(saw);
  records_.emplace_back(origin);
  records_.emplace_back(over);
}

PinStory& PinStory::served(std::string_view exit, bool announced) {
  Observation& seen = send(200);
  seen.exit_by_origin = exit;
  sim::Headers& headers = seen.connect ? seen.connect->headers : seen.headers;
  if (announced) headers.add("X-Helodata-Session-Repinned", "true");
  forwarded(Observation(seen), exit, UpstreamEvent::kAnswered);
  return *this;
}

PinStory& PinStory::refused(int status, std::string_view code) {
  send(status).headers.add("X-Helodata-Error-Code", code);
  return *this;
}

PinStory& PinStory::failed(int status) {
  send(status).headers.add("X-Helodata-Error-Code", "no-exit");
  return *this;
}

PinStory& PinStory::broken_off(std::string_view exit, int status) {
  Observation& seen = send(status);
  seen.exit_by_origin = exit;
  if (status == 200) {
    seen.end = AnswerEnd::kCut;
    seen.body_declared = 100;
    seen.body_bytes = 10;
  } else {
    seen.headers.add("X-Helodata-Error-Code", "exit-reset");
  }
  forwarded(Observation(seen), exit, UpstreamEvent::kReset);
  return *this;
}

PinStory& PinStory::cut_short(std::string_view exit, bool announced) {
  served(exit, announced);
  auto& seen = std::get<Observation>(records_[observations_.back()]);
  seen.end = AnswerEnd::kCut;
  seen.body_declared = 100;
  seen.body_bytes = 10;
  return *this;
}

PinStory& PinStory::in_tunnel(std::string_view exit) {
  served(exit);
  std::get<Observation>(records_[observations_.back()]).inside_tunnel = true;
  return *this;
}

PinStory& PinStory::unanswered() {
  Observation& seen = send(0);
  seen.end = AnswerEnd::kTimedOut;
  return *this;
}

void PinStory::act(sim::ExitAction action, std::string_view exit) {
  ExitActed acted;
  acted.exit = exit;
  acted.action = action;
  acted.at = sim::kStart + now_;
  acted.order = ++order_;
  records_.emplace_back(std::move(acted));
}

PinStory& PinStory::drop(std::string_view exit) {
  act(sim::ExitAction::kDrop, exit);
  return *this;
}
PinStory& PinStory::restore(std::string_view exit) {
  act(sim::ExitAction::kRestore, exit);
  return *this;
}

std::vector<Finding> PinStory::findings() const {
  Sink sink(header);
  return sink.judge(records_);
}

std::vector<std::string> PinStory::violations() const {
  std::vector<std::string> lines;
  for (const Finding& finding : findings()) {
    if (finding.verdict == Verdict::kPass || finding.verdict == Verdict::kNotExercised) continue;
    lines.push_back(
        fmt::format("{} {} [{}]", finding.requirement, to_string(finding.verdict), fmt::join(finding.evidence, " ")));
  }
  return lines;
}

std::vector<std::string> PinStory::held() const {
  std::vector<std::string> ids;
  for (const Finding& finding : findings()) {
    if (finding.verdict == Verdict::kPass) ids.push_back(finding.requirement);
  }
  return ids;
}

}  // namespace pinproof::conformance
