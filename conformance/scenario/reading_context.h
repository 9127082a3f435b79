// What the readers of a scenario's parts share: what is known of the world, and of the steps read so far.
#pragma once

#include <set>
#include <string>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/label_scope.h"
#include "conformance/scenario/scenario.h"

namespace pinproof::conformance {

struct ReadingContext {
  const Catalogue& catalogue;
  Scenario scenario;                                       // as far as it has been read
  RequirementDialect dialect = RequirementDialect::kBoth;  // kBoth until it is known
  LabelScope labels;
  std::set<std::string> connections;  // kept and named ones used, by connection_key()

  /// Whether the gateway issues session ids, or the client makes them up in its user name.
  bool sessions_issued() const { return dialect == RequirementDialect::kCrawlera; }
};

/// Kept connections are an actor's own, named ones are shared by all.
inline std::string connection_key(const std::string& actor, const ConnectionChoice& connection) {
  return connection.kind == ConnectionChoice::Kind::kNamed ? "name " + connection.name : "kept by " + actor;
}

}  // namespace pinproof::conformance
