#include "tools/program/interrupt.h"

#include <signal.h>

#include <array>

namespace pinproof::program {
namespace {

// A signal handler reaches nothing but a global; this is the only one, and only this file sees it.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not take a lock");

extern "C" void note_interrupt(int) { interrupted = true; }

}  // namespace

const std::atomic<bool>& listen_for_interrupts() {
  // Once: to listen anew after the first signal would take the second for the first.
  [[maybe_unused]] static const bool is_listening = [] {
    struct sigaction action {};
    action.sa_handler = note_interrupt;
    // A file that is being read is read to its end.
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    for (const int number : std::array{SIGINT, SIGTERM}) sigaction(number, &action, nullptr);
    return true;
  }();
  return interrupted;
}

}  // namespace pinproof::program
