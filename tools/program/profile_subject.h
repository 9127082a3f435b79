// A profile as the subject of a run.
#pragma once

#include <variant>

#include "conformance/profile/profile.h"
#include "conformance/profile/profile_reader.h"
#include "tools/program/subject.h"

namespace pinproof::program {

/// What profiles depart from. Throws EnvironmentError where that is no good.
conformance::ProfileDefaults profile_defaults(const Data& data);

/// Every shipped profile that loads. One that does not is said on `err` and left out.
std::vector<conformance::Profile> profiles_to_show(const Data& data, Streams& streams);

std::variant<std::unique_ptr<Subject>, NoSubject> load_profile_subject(const SubjectOptions& options, const Data& data,
                                                                       Streams& streams);

}  // namespace pinproof::program
