#include "tools/program/whole_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <set>

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

class WholeFile : public testing::Test {
 protected:
  WholeFile() : folder_(fs::path(testing::TempDir()) / ("pinproof_whole_file" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~WholeFile() override { fs::remove_all(folder_); }

  static std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) found.insert(entry.path().filename());
    return found;
  }

  const fs::path folder_;
};

TEST_F(WholeFile, IsWrittenAndReplaced) {
  EXPECT_EQ(write_whole(folder_ / "a", std::string("one\0two", 7)), "");
  EXPECT_EQ(content_of(folder_ / "a"), std::string("one\0two", 7));
  EXPECT_EQ(write_whole(folder_ / "a", "three"), "");
  EXPECT_EQ(content_of(folder_ / "a"), "three");
  EXPECT_EQ(names(), std::set<std::string>{"a"});
}

TEST_F(WholeFile, WhereItCannotBeWrittenNothingIsLeft) {
  fs::create_directories(folder_ / "full" / "inside");
  EXPECT_EQ(write_whole(folder_ / "full", "x"), (folder_ / "full").string() + " cannot be written: Is a directory");
  EXPECT_EQ(write_whole(folder_ / "none" / "a", "x"),
            (folder_ / "none" / "a").string() + " cannot be written: No such file or directory");
  EXPECT_EQ(names(), std::set<std::string>{"full"});
}

TEST_F(WholeFile, ALinkStaysALink) {
  write_whole(folder_ / "a", "one");
  fs::create_symlink("a", folder_ / "link");
  EXPECT_EQ(write_whole(folder_ / "link", "two"), "");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(content_of(folder_ / "a"), "two");
}

TEST_F(WholeFile, WhatIsNoFileIsWrittenTo) {
  EXPECT_EQ(write_whole("/dev/null", "x"), "");
  EXPECT_EQ(write_whole("/dev/full", "x"), "/dev/full cannot be written: No space left on device");
}

}  // namespace
}  // namespace pinproof::program
