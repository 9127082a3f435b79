#include "tools/program/renderers.h"

#include <gtest/gtest.h>

namespace pinproof::program {
namespace {

/// "junit report.xml", or "" where no format is said.
std::string words(const std::string& text) {
  const auto report = parse_report_file(text);
  return report ? std::string(report->renderer->name) + " " + report->file : "";
}

TEST(Renderers, TheEndingSaysTheFormat) {
  EXPECT_EQ(words("report.html"), "html report.html");
  EXPECT_EQ(words("out/report.md"), "markdown out/report.md");
  EXPECT_EQ(words("junit.xml"), "junit junit.xml");
  EXPECT_EQ(words("a.json"), "json a.json");
  EXPECT_EQ(words("a.ctrf.json"), "ctrf a.ctrf.json") << "the longest ending";
  EXPECT_EQ(words("a.shields.json"), "shields a.shields.json");
  EXPECT_EQ(words("a.svg"), "badge a.svg");
  EXPECT_EQ(words("a.tap"), "tap a.tap");
}

TEST(Renderers, OrItIsSaidInFront) {
  EXPECT_EQ(words("junit:results"), "junit results");
  EXPECT_EQ(words("markdown:/dev/stdout"), "markdown /dev/stdout");
  EXPECT_EQ(words("html:a:b"), "html a:b");
  EXPECT_EQ(words("C:/report.html"), "html C:/report.html") << "no format is called so";
}

TEST(Renderers, WhatSaysNoFormatIsNone) {
  for (const char* const text : {"", "report", "report.pdf", "junit:", "pdf:report", ":a"})
    EXPECT_EQ(words(text), "") << text;
}

TEST(Renderers, EveryOneIsListedOnce) {
  EXPECT_EQ(renderer_names(), "html, markdown, junit, ctrf, tap, json, badge, shields");
  for (const Renderer& one : renderers()) EXPECT_EQ(find_renderer(one.name), &one);
  EXPECT_EQ(find_renderer("pdf"), nullptr);
}

TEST(Renderers, SayWhatTheyCannotShow) {
  reports::Report report;
  report.matrix.emplace();
  EXPECT_EQ(cannot_show(*find_renderer("html"), report), "");
  EXPECT_EQ(cannot_show(*find_renderer("tap"), report), "shows results, and there is only a deviation matrix");
  report.results.resize(2);
  EXPECT_EQ(cannot_show(*find_renderer("tap"), report), "");
  EXPECT_EQ(cannot_show(*find_renderer("json"), report), "shows one result, and there are more");
}

}  // namespace
}  // namespace pinproof::program
