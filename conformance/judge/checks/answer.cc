// What the answer says: status and header fields.
#include <algorithm>

#include "conformance/judge/checks/answers.h"
#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {
namespace {

template <class T, class ToText>
std::string either(const std::vector<T>& values, ToText to_text) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == values.size() ? " or " : ", ") + to_text(values[i]);
  }
  return text;
}

Ruling status_of(const StatusCheck& check, int status, const std::string& name, const std::string& saw,
                 std::uint64_t id) {
  if (std::find(check.any_of.begin(), check.any_of.end(), status) != check.any_of.end()) return passed();
  return failed("expected status " + either(check.any_of, [](int one) { return std::to_string(one); }) + " for " +
                    name + ", saw " + saw,
                {id});
}

Ruling error_code_of(const ErrorCodeCheck& check, const std::string& field, const sim::Headers& headers,
                     const std::string& name, std::uint64_t id) {
  if (field.empty()) return {Verdict::kNotTestable, "the dialect has no header for error codes", {id}};
  const auto code = headers.find(field);
  if (code && std::find(check.any_of.begin(), check.any_of.end(), *code) != check.any_of.end()) return passed();
  return failed("expected " + field + ": " + either(check.any_of, [](const std::string& one) { return one; }) +
                    " for " + name + ", saw " + (code ? "\"" + std::string(*code) + "\"" : "no such header"),
                {id});
}

Ruling header_of(const HeaderCheck& check, const sim::Headers& headers, const std::string& name, std::uint64_t id) {
  const auto value = headers.find(check.name);
  const std::string saw = value ? "\"" + std::string(*value) + "\"" : "none";
  const std::string where =
      " on " + std::string(check.on_connect ? "the reply to CONNECT of " : "the answer to ") + name;
  const bool wanted = check.present.value_or(true);
  if (wanted != value.has_value()) {
    return failed(
        "expected " + std::string(wanted ? "the header " : "no header ") + check.name + where + ", saw " + saw, {id});
  }
  if (!value) return passed();
  if (check.equals && *value != *check.equals) {
    return failed("expected " + check.name + ": " + *check.equals + where + ", saw " + saw, {id});
  }
  if (!check.integer) return passed();
  const auto integer = integer_of(*value);
  if (!integer) return failed("expected an integer in " + check.name + where + ", saw " + saw, {id});
  return within<std::int64_t>("a value of " + check.name + where, {*integer, *integer}, *check.integer, {id});
}

}  // namespace

Ruling rule(const StatusCheck& check, const Subject& subject, const Seen& all) {
  struct One {
    const StatusCheck& check;
    const Vocabulary& vocabulary;
    Ruling operator()(const Observation& seen) const {
      if (!answered(seen)) return no_answer(seen, vocabulary);
      return status_of(check, seen.status, name_of(seen), answer_words(seen, vocabulary), seen.id);
    }
    Ruling operator()(const ApiCall& call) const {
      if (!answered(call)) return no_answer(call);
      return status_of(check, call.status, name_of(call), std::to_string(call.status), call.id);
    }
  };
  return on_each(subject, One{check, all.header().vocabulary});
}

Ruling repin_is(bool announced, const Observation& seen, const Seen& all) {
  const Vocabulary& vocabulary = all.header().vocabulary;
  if (vocabulary.repinned.empty()) return {Verdict::kNotTestable, "the dialect announces no re-pins", {seen.id}};
  if (!answered(seen) && !seen.connect) return no_answer(seen, vocabulary);
  const auto value = gateway_headers(seen).find(vocabulary.repinned);
  const std::string where = (seen.connect ? " on the reply to CONNECT of " : " on the answer to ") + name_of(seen);
  if (announced && (!value || *value != vocabulary.repinned_value)) {
    return failed(
        "expected " + vocabulary.repinned + ": " + vocabulary.repinned_value + where + ", saw " +
            (value ? "\"" + std::string(*value) + "\"" : "no such header, and " + answer_words(seen, vocabulary)),
        {seen.id});
  }
  if (!announced && value) {
    return failed("expected no " + vocabulary.repinned + where + ", saw \"" + std::string(*value) + "\"", {seen.id});
  }
  return passed();
}

Ruling rule(const RepinnedCheck& check, const Subject& subject, const Seen& all) {
  return on_each(subject, [&](const Observation& seen) { return repin_is(check.announced, seen, all); });
}

Ruling rule(const ErrorCodeCheck& check, const Subject& subject, const Seen& all) {
  struct One {
    const ErrorCodeCheck& check;
    const Vocabulary& vocabulary;
    Ruling operator()(const Observation& seen) const {
      if (!answered(seen)) return no_answer(seen, vocabulary);
      return error_code_of(check, vocabulary.error, seen.headers, name_of(seen), seen.id);
    }
    Ruling operator()(const ApiCall& call) const {
      if (!answered(call)) return no_answer(call);
      return error_code_of(check, vocabulary.error, call.headers, name_of(call), call.id);
    }
  };
  return on_each(subject, One{check, all.header().vocabulary});
}

Ruling rule(const HeaderCheck& check, const Subject& subject, const Seen& all) {
  struct One {
    const HeaderCheck& check;
    const Vocabulary& vocabulary;
    Ruling operator()(const Observation& seen) const {
      if (check.on_connect && !seen.connect) {
        return undecided("there was no reply to CONNECT for " + name_of(seen), {seen.id});
      }
      if (!check.on_connect && !answered(seen)) return no_answer(seen, vocabulary);
      return header_of(check, check.on_connect ? seen.connect->headers : seen.headers, name_of(seen), seen.id);
    }
    Ruling operator()(const ApiCall& call) const {
      if (!answered(call)) return no_answer(call);
      return header_of(check, call.headers, name_of(call), call.id);
    }
  };
  return on_each(subject, One{check, all.header().vocabulary});
}

}  // namespace pinproof::conformance
