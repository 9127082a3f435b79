// Everything that came from a target is untrusted, and so is a result file that somebody sends: each string of a report is poisoned, and
// every renderer has to give a text that is what its format says, and in which nothing of the poison acts.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/badge.h"
#include "reports/ctrf_json.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "reports/result_fields.h"
#include "reports/result_json.h"
#include "reports/result_testing.h"
#include "reports/shields_json.h"
#include "reports/tap.h"
#include "reports/well_formed_testing.h"

namespace pinproof::reports {
namespace {

struct Renderer {
  const char* name;
  std::string (*render)(const Report&);
  std::string (*what_is_wrong)(std::string_view);

  friend void PrintTo(const Renderer& one, std::ostream* out) { *out << one.name; }
};

/// A new renderer is a line here.
const Renderer kRenderers[] = {
    {"junit", [](const Report& report) { return render_junit(report); }, what_is_wrong_with_xml},
    {"tap", [](const Report& report) { return render_tap(report); }, what_is_wrong_with_tap},
    {"ctrf", [](const Report& report) { return render_ctrf(report); }, what_is_wrong_with_json},
    {"markdown", [](const Report& report) { return render_markdown(report); }, what_is_wrong_with_markdown},
    {"short markdown", [](const Report& report) { return render_markdown(report, {.is_short = true}); },
     what_is_wrong_with_markdown},
    {"badge", [](const Report& report) { return render_badge(report); }, what_is_wrong_with_xml},
    {"shields", [](const Report& report) { return render_shields(report); }, what_is_wrong_with_json},
};

struct Attack {
  const char* name;
  std::string text;
};

std::vector<Attack> attacks() {
  using std::string_literals::operator""s;
  return {
      {"markup", "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;&#60;"},
      {"CDATA", "]]><!-- --!> <![CDATA[ <?xml ?> <!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;"},
      {"table", "a|b||c \\| \\\\| |\n|---|"},
      {"backticks", "` `` ``` ```` ```text\n```\n~~~ `code`x`"},
      {"markdown", "[x](javascript:alert(1)) ![y](https://evil.test/z) **b** _i_ # h\n# h\n> q\n- [ ] l\n---\n***"},
      {"mentions", "@everyone @org/team #1 GH-1 !1 ~label %\"m\" https://evil.test www.evil.test me@evil.test"},
      {"ANSI", "\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b\xc2\x9b"},
      {"not UTF-8", "\xff\xfe\xc0\xaf\xed\xa0\x80\xf5\x80\x80\x80 \x80"},
      {"NUL", "a\0b\x01\x02\x7f\r\n\t\v\f"s},
      {"right to left",
       "\xe2\x80\xae"
       "gnp.exe\xe2\x81\xa6\xe2\x80\x8b\xef\xbb\xbf"},
      {"TAP", "ok 1 # SKIP yes\nnot ok 2 # TODO\n1..9\nBail out!\n  ...\n  ---\n\\# TODO x \\"},
      {"JSON", "\",\"status\":\"passed\"}]} \\u0000 \\"},
      {"attachment", "[[ATTACHMENT|/etc/passwd]]"},
      {"nothing", ""},
      {"a flood", std::string(1'000'000, 'A')},
      {"a flood of marks", std::string(50'000, '`') + std::string(50'000, '<') + std::string(50'000, '|')},
  };
}

/// Sets every string of a result; those whose words decide what is shown where only if they are meant to be.
class Poisoner {
 public:
  Poisoner(const std::string& attack, bool words_too) : attack_(attack), words_too_(words_too) {}

  template <class T>
  void poison(T& value) {
    if constexpr (requires { Fields<T>::visit(*this, value); }) {
      Fields<T>::visit(*this, value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      // What was equal stays equal: evidence goes on naming its scenario.
      value = attack_.empty() ? "" : attack_ + value;
    }
  }

  template <class T>
  void poison(std::vector<T>& values) {
    for (T& value : values) poison(value);
  }

  template <class T>
  void poison(std::pair<std::string, T>& member) {
    if (words_too_) poison(member.first);
  }

  void operator()(std::string_view key, auto& value, const auto&) { (*this)(key, value); }  // a number
  void operator()(std::string_view key, auto& value) {
    constexpr std::array<std::string_view, 7> kWords = {"level",    "kind",    "dialect", "found",
                                                        "expected", "verdict", "date"};
    const bool is_word = std::find(kWords.begin(), kWords.end(), key) != kWords.end();
    if (words_too_ || !is_word) poison(value);
  }
  void one_of(std::string_view key, std::string& value, const auto& /*names*/) {
    static_cast<void>(key);
    if (words_too_) poison(value);
  }
  void optional(std::string_view /*key*/, auto& value) {
    if (value) poison(*value);
  }

 private:
  const std::string& attack_;
  bool words_too_;
};

Report poisoned(const std::string& attack, bool words_too) {
  Report report;
  report.results.push_back(with_ledger());
  Poisoner(attack, words_too).poison(report.results.front());
  report.comparison = Comparison{{{attack, attack, attack}},
                                 {{Change::kBroken, attack, attack, attack, "pass", "fail", attack, attack},
                                  {Change::kOther, attack, attack, attack, attack, attack, attack, attack}},
                                 {{attack, attack, 1, 2}},
                                 3};
  Matrix matrix;
  matrix.version = attack;
  matrix.wrong = {{attack, attack, attack, attack, attack, attack, {{attack, attack, attack}}, {attack}, {}}};
  matrix.idle_scenarios = {attack};
  report.matrix = std::move(matrix);
  return report;
}

class Hostile : public testing::TestWithParam<Renderer> {};

TEST_P(Hostile, EveryStringOfAReport) {
  for (const Attack& attack : attacks()) {
    for (const bool words_too : {false, true}) {
      const std::string text = GetParam().render(poisoned(attack.text, words_too));
      EXPECT_EQ(GetParam().what_is_wrong(text), "") << attack.name << (words_too ? ", words too" : "");
      EXPECT_EQ(what_is_wrong_with_text(text), "") << attack.name << (words_too ? ", words too" : "");
      if (GetParam().name == std::string_view("junit")) {
        EXPECT_EQ(text.find("[[ATTACHMENT"), std::string::npos) << "a CI server would fetch that file";
      }
      EXPECT_LT(text.size(), 400'000U) << attack.name << ": floods are cut";
    }
  }
}

TEST_P(Hostile, AReportOfNothing) {
  EXPECT_EQ(GetParam().what_is_wrong(GetParam().render(Report{})), "");
  Report report;
  report.results.emplace_back();
  EXPECT_EQ(GetParam().what_is_wrong(GetParam().render(report)), "");
}

INSTANTIATE_TEST_SUITE_P(AllRenderers, Hostile, testing::ValuesIn(kRenderers), [](const auto& one) {
  std::string name = one.param.name;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
});

}  // namespace
}  // namespace pinproof::reports
