// What each label of a scenario stands for while its steps are read in order: so that a mistake in a name is found
// where it stands, before anything is played.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "conformance/scenario/expectation_reader.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {

enum class LabelKind : std::uint8_t { kRequest, kCreateSession, kListSessions, kDeleteSession };

struct LabelInfo {
  LabelKind kind = LabelKind::kRequest;
  std::uint32_t count = 1;
  bool names_session = false;  // a session was given or used, so that others can speak of it
  bool gated = false;          // the origin stops in its answer
  std::string step;            // pointer of the step that sends it
};

class LabelScope {
 public:
  /// A label is letters, digits, '-', '_' and '.', beginning with a letter or digit, and said once.
  void declare(const sim::JsonReader& where, const std::string& label, LabelInfo info);

  /// From here on everything declared has been answered, but for what begin() has named.
  void settle();

  /// The step that declared it goes on without waiting.
  void begin(const std::string& label);
  void release(const sim::JsonReader& where);
  /// Awaited or abandoned.
  void finish(const sim::JsonReader& where);

  /// A label of something sent already, answered or not; "label[3]" is the third of a burst.
  const LabelInfo& sent(const sim::JsonReader& where) const;
  /// A label of something answered already; what the step being read declares counts, since it waits for it.
  const LabelInfo& answered(const sim::JsonReader& where) const;
  /// A label whose session id is known by the time the step being read is sent.
  void session_known(const sim::JsonReader& where) const;

  /// Whether the label that an expectation names can be used so.
  void check_use(const sim::JsonReader& where, LabelUse use) const;
  /// Whether a check can hold of something of that kind; `where` is the subject's label, or the expectation where it
  /// names none.
  static void check_subject(const sim::JsonReader& where, const Check& check, LabelKind kind);

  /// Something begun that no later step awaits, as its label and step; or nothing.
  const std::pair<const std::string, LabelInfo>* unfinished() const;

 private:
  enum class State : std::uint8_t { kDeclared, kBegun, kReleased, kAnswered };

  using Labelled = std::pair<const std::string, LabelInfo>;
  const Labelled& known(const sim::JsonReader& where) const;
  State state(const std::string& label) const { return states_.find(label)->second; }

  std::map<std::string, LabelInfo> labels_;
  std::map<std::string, State> states_;
};

}  // namespace pinproof::conformance
