# What makes an edit cheap, used where the machine has it: a compiler cache and a fast linker. Neither changes what
# is built, so neither is required. Either can be switched off: -DCMAKE_CXX_COMPILER_LAUNCHER= or
# -DPINPROOF_LINKER=.

find_program(PINPROOF_CCACHE ccache)
if(PINPROOF_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PINPROOF_CCACHE} CACHE STRING "Compiler launcher")
endif()

if(NOT DEFINED PINPROOF_LINKER)
  find_program(PINPROOF_MOLD mold)
  find_program(PINPROOF_LLD ld.lld)
  if(PINPROOF_MOLD)
    set(PINPROOF_LINKER mold CACHE STRING "Linker given to -fuse-ld=; empty for the compiler's own")
  elseif(PINPROOF_LLD)
    set(PINPROOF_LINKER lld CACHE STRING "Linker given to -fuse-ld=; empty for the compiler's own")
  endif()
endif()
if(PINPROOF_LINKER)
  add_link_options(-fuse-ld=${PINPROOF_LINKER})
endif()

# Half of a compile's time goes into headers of the standard library, fmt and GoogleTest that nearly every source
# includes: they are parsed once. A compiler cache wants that off, and gains more. That every file includes what it
# uses is proven by the builds without: the clang preset, and whoever has a cache.
set(PINPROOF_PRECOMPILE_DEFAULT ON)
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(PINPROOF_PRECOMPILE_DEFAULT OFF)
endif()
option(PINPROOF_PRECOMPILE "Parse the headers that nearly every source includes once" ${PINPROOF_PRECOMPILE_DEFAULT})
