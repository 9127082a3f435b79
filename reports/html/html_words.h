// What the HTML report says of a verdict, a level, a dialect: the words of the project, spelled for people who have never seen it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "reports/html/html_writer.h"
#include "reports/result.h"
#include "reports/verdict_words.h"

namespace pinproof::reports {

/// "not testable": a word of the JSON without its underscores.
std::string plain_word(std::string_view word);

/// "tone-good", "tone-bad", "tone-unsure", "tone-quiet", "tone-untried".
std::string tone_class(Tone tone);
std::string tone_class(std::string_view verdict);

/// Symbol and word, in the verdict's colour: none of the three alone.
void write_badge(HtmlWriter& page, std::string_view verdict);
/// The same for the result of a run or a profile, whose words differ: "partial".
void write_result_badge(HtmlWriter& page, std::string_view result);

/// What a verdict word means, in one sentence; empty of one that is not known.
std::string_view meaning_of_verdict(std::string_view verdict);
std::string_view meaning_of_level(std::string_view level);

/// "Helodata", "Crawlera", "Both dialects".
std::string dialect_name(std::string_view dialect);

/// "1 scenario", "12,345 scenarios".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);
std::string grouped(std::uint64_t count);

std::uint64_t count_of(const Statistics& statistics, std::string_view word);
std::uint64_t total_of(const Statistics& statistics);

/// A command to copy, in a box of its own.
void write_command(HtmlWriter& page, std::string_view command);

}  // namespace pinproof::reports
