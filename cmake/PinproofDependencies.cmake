# Every dependency, all from Debian bookworm; tools/install-dependencies names the packages.
find_package(Threads REQUIRED)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS url)
find_package(GTest REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(CLI11 REQUIRED)
find_package(pugixml 1.13 REQUIRED)
find_package(benchmark QUIET)
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)  # what the lint and some tests are written in
include(GoogleTest)

# Only the benchmarks compare with ns-3, and only where it is installed. Debian's own ns3Config.cmake stops with an
# error, for want of a helper program that the package leaves out, so its core library is found by hand, under the
# name that ns-3 gives it.
find_path(PINPROOF_NS3_INCLUDE ns3/simulator.h)
find_library(PINPROOF_NS3_CORE ns3-core)
mark_as_advanced(PINPROOF_NS3_INCLUDE PINPROOF_NS3_CORE)
set(ns3_FOUND FALSE)
if(PINPROOF_NS3_INCLUDE AND PINPROOF_NS3_CORE)
  set(ns3_FOUND TRUE)
  add_library(ns3::libcore SHARED IMPORTED)
  set_target_properties(ns3::libcore PROPERTIES
    IMPORTED_LOCATION ${PINPROOF_NS3_CORE} INTERFACE_INCLUDE_DIRECTORIES ${PINPROOF_NS3_INCLUDE})
endif()
