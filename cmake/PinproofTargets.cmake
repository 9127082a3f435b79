# The three kinds of target this project has, with the flags that all of them share.
#
#   pinproof_library(NAME SOURCES a.cc … HEADERS a.h … DEPENDS libs …)   a static library, one folder of the house
#   pinproof_test(NAME SOURCES a_test.cc … DEPENDS libs …)                its tests, one GoogleTest program a folder
#   pinproof_golden_test(NAME SOURCES … DEPENDS …)                  the same, for digests that hold in every build
#   pinproof_program(NAME SOURCES main.cc … DEPENDS libs …)

add_library(pinproof_options INTERFACE)
target_compile_features(pinproof_options INTERFACE cxx_std_20)
target_include_directories(pinproof_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(pinproof_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wold-style-cast
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 warns of overlapping copies inside std::string's own operator+ (GCC bug 105651).
  target_compile_options(pinproof_options INTERFACE -Wno-restrict)
endif()

set(PINPROOF_SANITIZE "" CACHE STRING "Sanitizers to build with: empty, address;undefined or thread")
if(PINPROOF_SANITIZE)
  list(JOIN PINPROOF_SANITIZE "," pinproof_sanitizers)
  target_compile_options(pinproof_options INTERFACE
    -fsanitize=${pinproof_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pinproof_options INTERFACE -fsanitize=${pinproof_sanitizers})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND "undefined" IN_LIST PINPROOF_SANITIZE)
    target_compile_options(pinproof_options INTERFACE -fno-sanitize=function)
  endif()
  if("thread" IN_LIST PINPROOF_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # It does not see Asio's fences, nor, at this optimisation, that coroutine frames are returned where they came from.
    target_compile_options(pinproof_options INTERFACE -Wno-tsan -Wno-mismatched-new-delete)
  endif()
  if("undefined" IN_LIST PINPROOF_SANITIZE)
    # Asked at every use of every pointer, they take a third of the build; a null pointer is found when it is followed.
    target_compile_options(pinproof_options INTERFACE -fno-sanitize=null,alignment)
  endif()
endif()

# pinproof_share_headers(NAME HEADERS <a> … DEPENDS libs … [OPTIONS flags …]): a target whose precompiled headers others reuse.
function(pinproof_share_headers name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPENDS;OPTIONS" ${ARGN})
  set(source ${PROJECT_BINARY_DIR}/generated/${name}.cc)
  file(GENERATE OUTPUT ${source} CONTENT "")
  add_library(${name} OBJECT ${source})
  target_link_libraries(${name} PRIVATE pinproof_options ${ARG_DEPENDS})
  target_compile_options(${name} PRIVATE ${ARG_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

# What is in a test's own file is run a few times and compiled by everybody: optimising it costs more than it gains.
set(pinproof_test_options -O0)

if(PINPROOF_PRECOMPILE)
  set(pinproof_shared_headers
    <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view>
    <tuple> <utility> <variant> <vector> <fmt/format.h>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 forgets of a precompiled header that it is the system's, and warns of the inside of std::string.
    target_compile_options(pinproof_options INTERFACE -Wno-stringop-overflow -Wno-array-bounds)
  endif()
  # A precompiled header is for sources with the same definitions as its own.
  target_compile_definitions(pinproof_options INTERFACE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_COMPILE_DEFINITIONS>)
  pinproof_share_headers(pinproof_library_headers HEADERS ${pinproof_shared_headers} DEPENDS fmt::fmt)
  pinproof_share_headers(pinproof_test_headers HEADERS ${pinproof_shared_headers} <gtest/gtest.h>
    DEPENDS fmt::fmt GTest::gtest OPTIONS ${pinproof_test_options})
endif()

if(PINPROOF_UNITY)
  # It takes what another source hides for what a header does.
  target_compile_options(pinproof_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

# pinproof_build_fast(NAME SHARED): what PinproofBuildSpeed offers, with the precompiled headers of SHARED.
function(pinproof_build_fast name shared)
  if(PINPROOF_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM ${shared})
  endif()
  if(PINPROOF_UNITY)
    get_target_property(sources ${name} SOURCES)
    list(FILTER sources INCLUDE REGEX "^[^/$].*\\.cc$")  # of the tree, not generated
    execute_process(COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/cmake/unity_batches.py ${PINPROOF_UNITY} ${sources}
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE batches COMMAND_ERROR_IS_FATAL ANY)
    foreach(source batch IN ZIP_LISTS sources batches)
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${batch})
    endforeach()
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  endif()
endfunction()

function(pinproof_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  # A header beside its source is proven self-contained by that source, which includes it first (lint sees to that).
  # Only the others are compiled alone: the fewer, the shorter the build.
  set(proven "")
  set(alone "")
  foreach(header IN LISTS ARG_HEADERS)
    string(REGEX REPLACE "\\.h$" ".cc" source ${header})
    if(source IN_LIST ARG_SOURCES)
      list(APPEND proven ${header})
    else()
      list(APPEND alone ${header})
    endif()
  endforeach()
  target_sources(${name} PUBLIC
    FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${proven}
    FILE_SET alone TYPE HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${alone})
  set_target_properties(${name} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY alone)
  target_link_libraries(${name} PUBLIC pinproof_options ${ARG_DEPENDS})
  pinproof_build_fast(${name} pinproof_library_headers)
endfunction()

function(pinproof_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pinproof_options ${ARG_DEPENDS} GTest::gmock GTest::gtest_main)
  target_compile_options(${name} PRIVATE ${pinproof_test_options})
  target_compile_definitions(${name} PRIVATE PINPROOF_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  pinproof_build_fast(${name} pinproof_test_headers)
  set(properties TIMEOUT 1200)
  if(PINPROOF_SANITIZE)
    list(APPEND properties LABELS each)
    pinproof_test_whole(${name})
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES ${properties})
endfunction()

# To begin a program takes longer under sanitizers than most tests do: there all tests of one are run in four processes. To run
# one test alone, as `tools/test --filter` does, each is known by itself too.
function(pinproof_test_whole name)
  foreach(shard RANGE 3)
    math(EXPR number "${shard} + 1")
    add_test(NAME ${name}.${number}_of_4 COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${name}.${number}_of_4 PROPERTIES
      LABELS whole TIMEOUT 1200 ENVIRONMENT "GTEST_TOTAL_SHARDS=4;GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()

# Name its tests `…Golden…`: that is how tools/test finds them in a build by the second compiler, where nothing else
# is built.
add_custom_target(golden_tests)
function(pinproof_golden_test name)
  pinproof_test(${name} ${ARGN})
  add_dependencies(golden_tests ${name})
endfunction()

function(pinproof_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pinproof_options ${ARG_DEPENDS})
endfunction()
