#include "conformance/scenario/label_scope.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "conformance/scenario/limits.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

using sim::in_quotes;
using sim::JsonReader;

bool is_name(std::string_view text) {
  const auto alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !text.empty() && text.size() <= kNameMax && alphanumeric(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

/// "label[3]" taken apart; index 0 where there is none.
struct Reference {
  std::string label;
  std::uint32_t index = 0;
};

std::optional<Reference> parse_reference(const std::string& text) {
  const std::size_t bracket = text.find('[');
  if (bracket == std::string::npos) return Reference{text, 0};
  Reference reference{text.substr(0, bracket), 0};
  const char* first = text.data() + bracket + 1;
  const char* last = text.data() + text.size() - 1;
  if (text.back() != ']' || first >= last || *first == '0') return std::nullopt;
  const auto [end, error] = std::from_chars(first, last, reference.index);
  if (error != std::errc{} || end != last) return std::nullopt;
  return reference;
}

std::string_view verb(LabelKind kind) {
  switch (kind) {
    case LabelKind::kRequest:
      return "request";
    case LabelKind::kCreateSession:
      return "create_session";
    case LabelKind::kListSessions:
      return "list_sessions";
    case LabelKind::kDeleteSession:
      return "delete_session";
  }
  PINPROOF_CHECK(false, "kind {}", static_cast<int>(kind));
}

/// What a check can be about.
struct Subjects {
  bool create_session;
  bool list_sessions;
  bool delete_session;
  bool request;
};

constexpr Subjects kEvery{true, true, true, true};
constexpr Subjects kRequests{false, false, false, true};

struct SubjectsOf {
  Subjects operator()(const OutcomeCheck&) const { return kEvery; }
  Subjects operator()(const StatusCheck&) const { return kEvery; }
  Subjects operator()(const ErrorCodeCheck&) const { return kEvery; }
  Subjects operator()(const HeaderCheck&) const { return kEvery; }
  Subjects operator()(const DelayCheck&) const { return kEvery; }
  Subjects operator()(const CountCheck& check) const { return check.repinned ? kRequests : kEvery; }
  Subjects operator()(const SessionIdCheck&) const { return {true, false, false, true}; }
  Subjects operator()(const ListedCheck&) const { return {false, true, false, false}; }
  template <typename OnRequests>
  Subjects operator()(const OnRequests&) const {
    return kRequests;
  }
};

bool contains(const Subjects& subjects, LabelKind kind) {
  switch (kind) {
    case LabelKind::kRequest:
      return subjects.request;
    case LabelKind::kCreateSession:
      return subjects.create_session;
    case LabelKind::kListSessions:
      return subjects.list_sessions;
    case LabelKind::kDeleteSession:
      return subjects.delete_session;
  }
  return false;
}

}  // namespace

void LabelScope::declare(const JsonReader& where, const std::string& label, LabelInfo info) {
  if (!is_name(label)) {
    where.refuse("a label of at most " + std::to_string(kNameMax) +
                 " letters, digits, '-', '_' and '.', beginning with a letter or digit");
  }
  if (const auto earlier = labels_.find(label); earlier != labels_.end()) {
    where.refuse("the label " + in_quotes(label) + " of " + earlier->second.step + " again", "a label of its own");
  }
  labels_.emplace(label, std::move(info));
  states_[label] = State::kDeclared;
}

void LabelScope::settle() {
  for (auto& [label, state] : states_) {
    if (state == State::kDeclared) state = State::kAnswered;
  }
}

void LabelScope::begin(const std::string& label) { states_[label] = State::kBegun; }

void LabelScope::release(const JsonReader& where) {
  const auto& [label, info] = known(where);
  if (!info.gated) where.refuse("a label begun with \"gate_at\": nothing else waits to be released");
  if (state(label) != State::kBegun)
    where.refuse(in_quotes(label) + ", which is not held any more", "a request still held");
  states_[label] = State::kReleased;
}

void LabelScope::finish(const JsonReader& where) {
  const auto& [label, info] = known(where);
  const State before = state(label);
  if (before != State::kBegun && before != State::kReleased) {
    where.refuse(in_quotes(label) + ", which " + info.step + " has waited for already", "a label of \"begin\", once");
  }
  states_[label] = State::kAnswered;
}

const LabelScope::Labelled& LabelScope::known(const JsonReader& where) const {
  const std::string text = where.non_empty_string(kReferenceMax);
  const auto reference = parse_reference(text);
  if (!reference) where.refuse("a label, or \"label[3]\" for the third of a burst");
  const auto found = labels_.find(reference->label);
  if (found == labels_.end()) {
    std::vector<std::string_view> names;
    for (const auto& [name, info] : labels_) names.push_back(name);
    const auto near = sim::nearest_word(reference->label, names);
    where.refuse("the label of an earlier step" + (near ? " (did you mean " + in_quotes(*near) + "?)" : std::string()));
  }
  if (reference->index > found->second.count || (reference->index > 0 && found->second.count == 1)) {
    where.refuse(found->second.count == 1 ? "a label without index: it is no burst"
                                          : "an index from 1 to " + std::to_string(found->second.count));
  }
  return *found;
}

const LabelInfo& LabelScope::sent(const JsonReader& where) const {
  const auto& [label, info] = known(where);
  if (state(label) == State::kDeclared) where.refuse("the label of an earlier step: this one is sent only now");
  return info;
}

const LabelInfo& LabelScope::answered(const JsonReader& where) const {
  const auto& [label, info] = known(where);
  if (state(label) == State::kBegun || state(label) == State::kReleased) {
    where.refuse(in_quotes(label) + ", begun at " + info.step + " and not awaited yet", "something answered");
  }
  return info;
}

void LabelScope::session_known(const JsonReader& where) const {
  sent(where);
  if (!answered(where).names_session) where.refuse("a label of a step that was given a session, or used one");
}

void LabelScope::check_use(const JsonReader& where, LabelUse use) const {
  const LabelInfo& info = answered(where);
  switch (use) {
    case LabelUse::kSubject:
      return;
    case LabelUse::kExit:
    case LabelUse::kListedExit:
      if (info.kind != LabelKind::kRequest) where.refuse("the label of a request, which has an exit");
      return;
    case LabelUse::kSessionId:
    case LabelUse::kListed:
      if (!info.names_session) where.refuse("a label of a step that was given a session, or used one");
      return;
  }
}

void LabelScope::check_subject(const JsonReader& where, const Check& check, LabelKind kind) {
  const Subjects subjects = std::visit(SubjectsOf{}, check);
  if (contains(subjects, kind)) return;
  std::string list;
  for (const LabelKind other : {LabelKind::kRequest, LabelKind::kCreateSession, LabelKind::kListSessions}) {
    if (contains(subjects, other)) list += (list.empty() ? "" : " or ") + std::string(verb(other));
  }
  where.refuse("a check about a " + std::string(verb(kind)), "one that can be made of it: this is for a " + list);
}

const std::pair<const std::string, LabelInfo>* LabelScope::unfinished() const {
  for (const auto& labelled : labels_) {
    const State now = state(labelled.first);
    if (now == State::kBegun || now == State::kReleased) return &labelled;
  }
  return nullptr;
}

}  // namespace pinproof::conformance
