#include "mock_upstream/net/tasks.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "mock_upstream/net/wakeup.h"

namespace pinproof::mock_upstream {
namespace {

Task<> fails() {
  throw std::runtime_error("the sky fell");
  co_return;
}

Task<> waits(std::shared_ptr<Wakeup> wakeup, std::shared_ptr<std::vector<std::string>> said) {
  said->push_back("waits");
  co_await wakeup->wait();
  said->push_back("goes on");
}

TEST(Tasks, ReportsWhatATaskThrows) {
  asio::io_context io;
  std::vector<std::string> reports;
  Tasks tasks(io.get_executor(), [&](std::string_view what) { reports.emplace_back(what); });
  tasks.start("the weather", fails());
  EXPECT_EQ(tasks.running(), 1U);
  io.run();
  EXPECT_EQ(tasks.running(), 0U);
  EXPECT_EQ(reports, std::vector<std::string>{"the weather: the sky fell"});
}

TEST(Wakeup, ResumesBeforeFireReturns) {
  asio::io_context io;
  Tasks tasks(io.get_executor(), [](std::string_view) {});
  auto wakeup = std::make_shared<Wakeup>();
  auto said = std::make_shared<std::vector<std::string>>();
  tasks.start("a waiter", waits(wakeup, said));
  io.poll();
  EXPECT_EQ(*said, std::vector<std::string>{"waits"});
  wakeup->fire();
  EXPECT_EQ(*said, (std::vector<std::string>{"waits", "goes on"}));
  wakeup->fire();
  io.restart();
  io.run();
  EXPECT_EQ(tasks.running(), 0U);
}

TEST(Wakeup, DoesNotWaitForWhatHasHappened) {
  asio::io_context io;
  Tasks tasks(io.get_executor(), [](std::string_view) {});
  auto wakeup = std::make_shared<Wakeup>();
  auto said = std::make_shared<std::vector<std::string>>();
  wakeup->fire();
  tasks.start("a waiter", waits(wakeup, said));
  io.run();
  EXPECT_EQ(*said, (std::vector<std::string>{"waits", "goes on"}));
}

}  // namespace
}  // namespace pinproof::mock_upstream
