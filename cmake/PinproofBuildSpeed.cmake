# What makes an edit cheap, used where the machine has it: a compiler cache and a fast linker. Neither changes what
# is built, so neither is required, and the cache is not among the packages that tools/install-dependencies installs: an
# empty one only costs. Either can be switched off: -DCMAKE_CXX_COMPILER_LAUNCHER= or
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
# includes: they are parsed once. A compiler cache wants that off, and gains more. A build with a cache is also where it
# shows that a file does not include what it uses.
set(PINPROOF_PRECOMPILE_DEFAULT ON)
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(PINPROOF_PRECOMPILE_DEFAULT OFF)
endif()
option(PINPROOF_PRECOMPILE "Parse the headers that nearly every source includes once" ${PINPROOF_PRECOMPILE_DEFAULT})

# Most of what is left is instantiating the same templates for each source again: once, of a dozen sources that are
# compiled as one. An edit then costs that dozen; a compiler cache makes it cheaper than that. Which sources go together
# is found when CMake runs (cmake/unity_batches.py): after "redefinition of", run it again.
set(PINPROOF_UNITY_DEFAULT 12)
if(NOT PINPROOF_PRECOMPILE_DEFAULT)
  set(PINPROOF_UNITY_DEFAULT 0)
endif()
set(PINPROOF_UNITY ${PINPROOF_UNITY_DEFAULT} CACHE STRING "How many sources of a target to compile as one; 0: each alone")
