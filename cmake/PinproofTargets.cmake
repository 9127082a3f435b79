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
endif()

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
endfunction()

function(pinproof_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pinproof_options ${ARG_DEPENDS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE PINPROOF_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 1200)
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
