#include "tools/program/output_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

class OutputFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    base_ = fs::path(testing::TempDir()) /
            ("output_folder_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(base_);
    fs::create_directories(base_);
  }
  void TearDown() override { fs::remove_all(base_); }

  static std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }
  static void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }
  static std::ptrdiff_t entries(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  }

  fs::path base_;
};

TEST_F(OutputFolderTest, MakesTheFolderAndReplacesFilesWhole) {
  const auto opened = OutputFolder::open(base_ / "a" / "b");
  const auto& folder = std::get<OutputFolder>(opened);
  EXPECT_EQ(folder.write("result.json", "first"), "");
  EXPECT_EQ(folder.write("result.json", "2"), "");
  EXPECT_EQ(text_of(base_ / "a" / "b" / "result.json"), "2");
  EXPECT_EQ(entries(base_ / "a" / "b"), 1) << "no draft is left";
}

TEST_F(OutputFolderTest, RefusesAFileInTheWay) {
  write(base_ / "file", "mine");
  const auto opened = OutputFolder::open(base_ / "file");
  EXPECT_EQ(std::get<std::string>(opened),
            "--out: found " + (base_ / "file").string() + ", which is no folder, expected a folder or nothing there");
  EXPECT_EQ(text_of(base_ / "file"), "mine");
}

TEST_F(OutputFolderTest, SaysWhatCouldNotBeWritten) {
  const auto opened = OutputFolder::open(base_);
  fs::create_directories(base_ / "result.json" / "taken");
  EXPECT_EQ(std::get<OutputFolder>(opened).write("result.json", "text"),
            (base_ / "result.json").string() + " cannot be written: Is a directory");
  EXPECT_EQ(entries(base_), 1) << "no draft is left";
}

TEST_F(OutputFolderTest, ADraftIsMovedOrGone) {
  const auto opened = OutputFolder::open(base_);
  {
    const OutputFolder::Draft draft(std::get<OutputFolder>(opened));
    write(draft.path() / "a.jsonl", "whole");
    EXPECT_EQ(draft.move_to("histories"), "");
  }
  EXPECT_EQ(text_of(base_ / "histories" / "a.jsonl"), "whole");
  {
    const OutputFolder::Draft draft(std::get<OutputFolder>(opened));
    write(draft.path() / "b.jsonl", "half");
  }
  EXPECT_EQ(entries(base_), 1) << "what was not moved is gone";
  EXPECT_EQ(entries(base_ / "histories"), 1);
}

}  // namespace
}  // namespace pinproof::program
