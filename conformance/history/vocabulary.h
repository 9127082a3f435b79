// The words a gateway uses on the wire for what the promises speak of: which header announces a re-pin, carries an error code, shows
// the exit, and how a user name is spelled. A part of the history's header, so that a monitor needs nothing but the file; a profile
// may declare other words. Taken from what the gateway's makers document, never from the rules of a reference gateway.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pinproof::conformance {

/// Header names; empty where the dialect has no such header.
struct Vocabulary {
  std::string repinned;         // X-Helodata-Session-Repinned
  std::string repinned_value;   // true
  std::string error;            // X-Helodata-Error-Code, X-Crawlera-Error
  std::string exit_address;     // X-Helodata-Exit-IP, X-Crawlera-Slave; a port after a colon is ignored
  std::string session;          // X-Crawlera-Session
  std::string next_request_in;  // X-Crawlera-Next-Request-In
  std::string max_retries;      // X-Crawlera-Max-Retries
  std::string version;          // X-Crawlera-Version
  std::string bytes_in;         // X-Helodata-Bytes-In
  std::string bytes_out;        // X-Helodata-Bytes-Out
  std::string control_prefix;   // X-Crawlera-, X-Helodata-: never reaches the origin

  /// How a user name is put together: text, {part} for a part, and [groups] that are left out when none of their parts is given.
  /// Parts: account, type, region, state, city, asn, session, minutes. Empty: the user name is the account's alone.
  std::string user_name;
  /// Which field of a listed session says which part of the user name: {"session", "session_id"}. Empty: sessions are listed by id.
  std::vector<std::pair<std::string, std::string>> listed;

  bool operator==(const Vocabulary&) const = default;
};

}  // namespace pinproof::conformance
