#include <ns3/nstime.h>
#include <ns3/object-factory.h>
#include <ns3/simulator.h>

#include "tools/bench/hold_model.h"

namespace pinproof::bench {
namespace {

class Ns3HoldModel final : public HoldModel {
 public:
  Ns3HoldModel(const std::string& scheduler, std::size_t pending) {
    ns3::ObjectFactory factory;
    factory.SetTypeId(scheduler);
    ns3::Simulator::SetScheduler(factory);
    for (std::uint64_t actor = 0; actor < pending; ++actor) schedule(actor, 0);
  }
  Ns3HoldModel(const Ns3HoldModel&) = delete;
  Ns3HoldModel& operator=(const Ns3HoldModel&) = delete;
  ~Ns3HoldModel() override { ns3::Simulator::Destroy(); }

  void run(std::uint64_t events) override {
    left_ = events;
    ns3::Simulator::Run();
  }

  std::uint64_t checksum() const override { return workload_.checksum(); }

 private:
  void schedule(std::uint64_t actor, std::uint64_t visits) {
    ns3::Simulator::Schedule(ns3::NanoSeconds(workload_.next_increment().count()), &Ns3HoldModel::handle, this, actor,
                             visits);
  }

  void handle(std::uint64_t actor, std::uint64_t visits) {
    workload_.visit(ns3::Simulator::Now().GetTimeStep(), actor);
    schedule(actor, visits + 1);
    if (--left_ == 0) ns3::Simulator::Stop();
  }

  Workload workload_;
  std::uint64_t left_ = 0;
};

}  // namespace

std::unique_ptr<HoldModel> make_ns3_hold_model(const std::string& scheduler, std::size_t pending) {
  return std::make_unique<Ns3HoldModel>(scheduler, pending);
}

}  // namespace pinproof::bench
