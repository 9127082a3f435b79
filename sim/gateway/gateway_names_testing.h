// Who the gateway's tests are: accounts of the shipped rules, and the user names and headers that ask for a session.
#pragma once

#include <string>

#include "sim/gateway/gateway_testing.h"

namespace pinproof::sim {

inline const std::string kRotating = "helo_s1a2b3c4d5e-type-res-region-us";
inline const std::string kJob1 = "helo_s1a2b3c4d5e-type-res-region-us-session-job1-sesstime-30";
inline const std::string kTokyo = "helo_s1a2b3c4d5e-type-res-region-jp-session-job1-sesstime-30";  // a pool of two
inline const std::string kKeyOne = "labkeyone00000000000000000000000";
inline const std::string kKeyTwo = "labkeytwo00000000000000000000000";

/// What else a sticky user name says than its session's id.
struct StickyName {
  std::string place = "region-us";
  int minutes = 30;
  std::string type = "res";
  std::string account = "s1a2b3c4d5e";
};

inline std::string sticky(const std::string& id, const StickyName& name = {}) {
  return "helo_" + name.account + "-type-" + name.type + "-" + name.place + "-session-" + id + "-sesstime-" +
         std::to_string(name.minutes);
}

/// A request in an issued session; "create" makes one.
inline TestRequest issued(const std::string& id, const std::string& key = kKeyOne) {
  return {.user = key, .password = "", .headers = {{"X-Crawlera-Session", id}}};
}

}  // namespace pinproof::sim
