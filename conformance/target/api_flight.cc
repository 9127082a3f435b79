#include "conformance/target/api_flight.h"

#include <array>
#include <string_view>
#include <utility>

#include "conformance/history/user_name_template.h"
#include "conformance/target/sessions_answer.h"
#include "sim/http/percent.h"

namespace pinproof::conformance {
namespace {

/// The parts of a user name by which a listing is asked for; the rest are compared here.
constexpr std::array<std::string_view, 2> kFilters{"session", "region"};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

ApiFlight::ApiFlight(const ApiStimulus& stimulus, const ApiDialect& dialect, const Credentials& credentials,
                     const Vocabulary& vocabulary, Instant now)
    : dialect_(dialect), credentials_(credentials), vocabulary_(vocabulary) {
  call_.id = stimulus.id;
  call_.actor = stimulus.actor;
  call_.account = stimulus.account;
  call_.credentials = stimulus.credentials;
  call_.operation = stimulus.operation;
  call_.session = stimulus.session;
  call_.user_name = stimulus.user_name;
  call_.sent_at = now;
  call_.answered_at = now;
  if (stimulus.operation == ApiOperation::kList && !dialect.id_map) stage_ = Stage::kPages;
  if (stimulus.operation == ApiOperation::kDelete && stimulus.session.empty()) stage_ = Stage::kFinding;
}

std::string ApiFlight::target() const {
  if (stage_ == Stage::kDeleting) return dialect_.path + "/" + sim::percent_encoded(listed_id_);
  if (call_.operation == ApiOperation::kDelete && stage_ == Stage::kSingle)
    return dialect_.path + "/" + sim::percent_encoded(call_.session);
  std::string target = dialect_.path;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    target += target.find('?') == std::string::npos ? '?' : '&';
    target.append(name).append("=").append(sim::percent_encoded(value));
  };
  if (!call_.user_name.empty()) {
    const UserNameParts parts = parts_of_user_name(vocabulary_.user_name, call_.user_name);
    for (const auto& [part, field] : vocabulary_.listed) {
      const auto value = parts.find(part);
      for (const std::string_view filter : kFilters) {
        if (part == filter && value != parts.end()) add(field, value->second);
      }
    }
  }
  add("cursor", cursor_);
  return target;
}

sim::RequestHead ApiFlight::request() const {
  sim::RequestHead head;
  if (call_.operation == ApiOperation::kCreate) head.method = "POST";
  if (call_.operation == ApiOperation::kDelete && stage_ != Stage::kFinding) head.method = "DELETE";
  head.target = target();
  const auto field = credentials_.api_field(call_.account, dialect_.bearer, call_.credentials);
  if (field) head.headers.add("Authorization", *field);
  return head;
}

// A listing says of a session what its exit is like too, so that only what the user name asks for is compared.
bool ApiFlight::is_wanted(const ListedSession& session) const {
  const UserNameParts parts = parts_of_user_name(vocabulary_.user_name, call_.user_name);
  for (const auto& [part, field] : vocabulary_.listed) {
    const auto wanted = parts.find(part);
    const auto said = session.fields.find(field);
    if (wanted != parts.end() && said != session.fields.end() && wanted->second != said->second) return false;
  }
  return true;
}

bool ApiFlight::list_answer(const std::string& body) {
  auto page = read_session_page(body);
  if (!page) {
    call_.malformed = true;
    return false;
  }
  for (ListedSession& session : page->sessions) {
    for (auto& [name, value] : session.fields) value = credentials_.redacted(std::move(value));
    if (stage_ == Stage::kFinding) {
      if (!is_wanted(session)) continue;
      listed_id_ = session.id;
      stage_ = Stage::kDeleting;
      return true;
    }
    session.id = credentials_.redacted(std::move(session.id));
    session.exit = credentials_.redacted(std::move(session.exit));
    call_.listed.push_back(std::move(session));
  }
  cursor_ = page->next_cursor;
  if (!cursor_.empty() && ++pages_ < kPagesMax) return true;
  if (!cursor_.empty()) call_.malformed = true;
  if (stage_ != Stage::kFinding) return false;
  // No such session: the gateway is asked all the same, so that the answer is its own.
  listed_id_ = "ses_0";
  stage_ = Stage::kDeleting;
  return true;
}

bool ApiFlight::answer(const sim::ResponseHead& head, const std::string& body, Instant now) {
  call_.result = ApiResult::kAnswered;
  call_.status = head.status;
  call_.headers = credentials_.redacted(head.headers);
  call_.answered_at = now;
  if (head.status / 100 != 2) return false;
  if (stage_ == Stage::kPages || stage_ == Stage::kFinding) return list_answer(body);
  if (call_.operation == ApiOperation::kCreate) {
    call_.created = credentials_.redacted(trimmed(body));
    call_.malformed = call_.created.empty();
  }
  if (call_.operation == ApiOperation::kList) {
    auto listed = read_id_map(body);
    call_.malformed = !listed.has_value();
    if (listed) call_.listed = std::move(*listed);
    for (ListedSession& session : call_.listed) {
      session.id = credentials_.redacted(std::move(session.id));
      session.exit = credentials_.redacted(std::move(session.exit));
    }
  }
  return false;
}

void ApiFlight::failed(Instant now) {
  call_.result = ApiResult::kNoAnswer;
  call_.status = 0;
  call_.answered_at = now;
}

}  // namespace pinproof::conformance
