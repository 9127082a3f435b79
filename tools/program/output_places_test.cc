#include "tools/program/output_places.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tools/program/temporary_folder.h"

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

class OutputPlacesTest : public testing::Test {
 protected:
  OutputPlacesTest() {
    std::ofstream(path("input.json")) << "{}";
    fs::create_directory(path("real"));
    fs::create_directory_symlink(path("real"), path("link"));
    fs::create_symlink(path("input.json"), path("leads-to-input"));
    places_.keep(path("input.json"), "the input");
    places_.keep(path("none.json"), "not there");
    places_.keep_folder(path("out/histories"), "the folder of histories");
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  TemporaryFolder folder_;
  OutputPlaces places_;
};

TEST_F(OutputPlacesTest, EveryOneHasItsOwn) {
  EXPECT_EQ(places_.take("--report", path("real/a.xml"), "another report"), "");
  for (const char* const name : {"real/a.xml", "link/a.xml", "real/../link/./a.xml", "none/../real/a.xml"}) {
    EXPECT_EQ(places_.take("--report", path(name), "another report"),
              "--report: found " + path(name) + ", which is another report, expected a place of its own");
  }
  EXPECT_EQ(places_.take("--out", path("new/result.json"), "the result"), "") << "in a folder to come";
  EXPECT_NE(places_.take("--out", path("new//./result.json"), "the result"), "");
  EXPECT_EQ(places_.take("--report", path("real/b.xml"), "another report"), "");
}

TEST_F(OutputPlacesTest, NoneIsAnInput) {
  for (const char* const name : {"input.json", "real/../input.json", "leads-to-input"}) {
    EXPECT_EQ(places_.take("--out", path(name), "x"),
              "--out: found " + path(name) + ", which is the input, expected a place of its own");
  }
  EXPECT_EQ(places_.take("--out", path("none.json"), "x"), "") << "no file by that name was read";
}

TEST_F(OutputPlacesTest, NoneIsInAFolderThatIsFilled) {
  EXPECT_EQ(places_.take("--report", path("out/histories/deep/a.xml"), "x"),
            "--report: found " + path("out/histories/deep/a.xml") +
                ", which is in the folder of histories, expected a place of its own");
  EXPECT_EQ(
      places_.take("--report", path("out/histories"), "x"),
      "--report: found " + path("out/histories") + ", which is the folder of histories, expected a place of its own");
  EXPECT_EQ(places_.take("--report", path("out/histories.xml"), "x"), "");
}

TEST_F(OutputPlacesTest, WhatIsNoFileHoldsMany) {
  EXPECT_EQ(places_.take("--report", "/dev/null", "x"), "");
  EXPECT_EQ(places_.take("--report", "/dev/null", "x"), "");
}

}  // namespace
}  // namespace pinproof::program
