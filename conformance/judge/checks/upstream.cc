// What upstreams and the origin saw.
#include "conformance/judge/checks/answers.h"
#include "conformance/judge/checks/checks.h"

namespace pinproof::conformance {
namespace {

/// Whether a name is one of an "absent" pattern: the name itself, or "Prefix-*".
bool matches(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return sim::same_field_name(pattern, name);
  pattern.remove_suffix(1);
  return name.size() >= pattern.size() && sim::same_field_name(pattern, name.substr(0, pattern.size()));
}

Ruling origin_saw(const OriginCheck& check, const Observation& seen, const OriginSaw& saw) {
  const std::string where = " at the origin for " + name_of(seen);
  if (check.method && saw.method != *check.method) {
    return failed("expected method " + *check.method + where + ", saw " + saw.method, {seen.id});
  }
  for (const auto& [name, value] : check.headers) {
    const auto actual = saw.headers.find(name);
    if (!actual || *actual != value) {
      return failed(
          "expected " + name + ": " + value + where + ", saw " + (actual ? "\"" + std::string(*actual) + "\"" : "none"),
          {seen.id});
    }
  }
  for (const std::string& pattern : check.absent) {
    for (const auto [name, value] : saw.headers) {
      if (!matches(pattern, name)) continue;
      return failed("expected no " + pattern + where + ", saw " + std::string(name) + ": " + std::string(value),
                    {seen.id});
    }
  }
  if (check.body_bytes && saw.body_bytes != *check.body_bytes) {
    return failed("expected a body of " + std::to_string(*check.body_bytes) + " bytes" + where + ", saw " +
                      std::to_string(saw.body_bytes),
                  {seen.id});
  }
  if (check.body_unchanged && (saw.body_bytes != seen.sent_bytes || saw.body_digest != seen.sent_digest)) {
    return failed("expected the body as it was sent" + where + ", saw another one of " +
                      std::to_string(saw.body_bytes) + " bytes, " + std::to_string(seen.sent_bytes) + " were sent",
                  {seen.id});
  }
  return passed();
}

Ruling at_origin(const OriginCheck& check, const Observation& seen, const Seen& all) {
  if (!all.header().capabilities.has(Capability::kExits)) return {Verdict::kNotTestable, "needs exits", {seen.id}};
  const std::vector<OriginSaw>& saw = all.origin(seen.token);
  const bool wanted = check.reached.value_or(true);
  if (saw.empty() && !all.journals_reach(seen)) {
    return undecided("the journals end before " + name_of(seen) + " does, so that what the origin saw is not known",
                     {seen.id});
  }
  if (wanted == saw.empty()) {
    const std::string reached =
        wanted ? "to reach the origin, but it did not: " : "not to reach the origin, but it did: ";
    return failed("expected " + name_of(seen) + " " + reached + answer_words(seen, all.header().vocabulary), {seen.id});
  }
  std::vector<Ruling> rulings;
  for (const OriginSaw& one : saw) rulings.push_back(origin_saw(check, seen, one));
  return worst_of(rulings);
}

}  // namespace

Ruling rule(const AttemptsCheck& check, const Subject& subject, const Seen& all) {
  if (!all.header().capabilities.has(Capability::kAttempts))
    return {Verdict::kNotTestable, "needs attempts", subject.ids()};
  return on_each(subject, [&](const Observation& seen) {
    const auto attempts = static_cast<std::int64_t>(tries_of(all.upstreams(seen.token)).size());
    const std::string what = "a number of attempts for " + name_of(seen);
    // More may have happened than the journals tell, never less.
    const bool all_told = all.journals_reach(seen);
    if (!all_told && !(check.count.at_most && attempts > *check.count.at_most)) {
      return undecided(
          "the journals end before " + name_of(seen) + " does, after " + std::to_string(attempts) + " attempts",
          {seen.id});
    }
    return within<std::int64_t>(what, {attempts, attempts}, check.count, {seen.id});
  });
}

Ruling rule(const OriginCheck& check, const Subject& subject, const Seen& all) {
  return on_each(subject, [&](const Observation& seen) { return at_origin(check, seen, all); });
}

}  // namespace pinproof::conformance
