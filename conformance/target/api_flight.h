// A call of the sessions API from its sending to its answer: one request, or several where a listing has pages or a session has to
// be found before it can be deleted. No network in it; whoever has one drives it: request(), then answer() or failed(), until done.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/target/credentials.h"
#include "conformance/target/target.h"
#include "sim/http/message.h"

namespace pinproof::conformance {

/// How a target's sessions API is spoken to.
struct ApiDialect {
  std::string path;     // "/sessions"
  bool id_map = true;   // a map of ids to exits; else pages of sessions
  bool bearer = false;  // a token; else Basic
};

/// A listing longer than this many pages is a gateway that never ends it.
inline constexpr int kPagesMax = 1'000;

class ApiFlight {
 public:
  ApiFlight(const ApiStimulus& stimulus, const ApiDialect& dialect, const Credentials& credentials,
            const Vocabulary& vocabulary, Instant now);

  std::uint64_t id() const { return call_.id; }
  Instant sent_at() const { return call_.sent_at; }

  sim::RequestHead request() const;
  /// True when request() has another one to be sent.
  bool answer(const sim::ResponseHead& head, const std::string& body, Instant now);
  void failed(Instant now);

  ApiCall take() { return std::move(call_); }

 private:
  enum class Stage : std::uint8_t { kSingle, kPages, kFinding, kDeleting };

  std::string target() const;
  bool list_answer(const std::string& body);
  bool is_wanted(const ListedSession& session) const;

  const ApiDialect& dialect_;
  const Credentials& credentials_;
  const Vocabulary& vocabulary_;
  Stage stage_ = Stage::kSingle;
  ApiCall call_;
  std::string cursor_;
  std::string listed_id_;  // of the session to delete
  int pages_ = 0;
};

}  // namespace pinproof::conformance
