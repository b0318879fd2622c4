# SPDX-License-Identifier: Apache-2.0
# One static library per room. `src/rooms.txt` says which rooms exist and what each may include; the same file decides
# what is linked, so that the drawing and the build cannot differ.

add_library(plenum_warnings INTERFACE)
target_compile_options(plenum_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Werror)
# g++ 12 reports these on sound code of its own library at -O2 (gcc bugs 105562, 105651, 107138).
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(plenum_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-error=array-bounds
                         -Wno-error=stringop-overflow -Wno-error=stringop-overread)
endif()

# The main() of every test program, compiled once.
add_library(doctest_main OBJECT EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tests/doctest_main.cpp)

# Headers of others that nearly every file reads, read once: a fifth of the whole build. Headers of ours are not among
# them. Presets dev and asan build without, and so find the file that does not include what it uses.
# One for the rooms and one for their tests, which the compiler may only share at the same level of optimisation.
if(CMAKE_BUILD_TYPE STREQUAL Release)
  foreach(who rooms tests)
    add_library(precompiled_${who} OBJECT EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
    target_link_libraries(precompiled_${who} PRIVATE Boost::json plenum_warnings)
    target_precompile_headers(precompiled_${who} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
  endforeach()
  target_compile_options(precompiled_tests PRIVATE -O0)
  # So that ccache knows what was precompiled; clang would write the time into it otherwise.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-fpch-preprocess)
  else()
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()
function(plenum_precompiled target who)
  if(TARGET precompiled_${who})
    target_precompile_headers(${target} REUSE_FROM precompiled_${who})
  endif()
endfunction()

function(plenum_read_rooms file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(STRINGS ${file} lines REGEX "^[a-z]")
  set(rooms "")
  foreach(line ${lines})
    string(REGEX MATCH "^([a-z_/]+):(.*)$" _ "${line}")
    set(room ${CMAKE_MATCH_1})
    string(STRIP "${CMAKE_MATCH_2}" below)
    string(REGEX REPLACE "[ \t]+" ";" below "${below}")
    list(APPEND rooms ${room})
    set(PLENUM_BELOW_${room} "${below}" PARENT_SCOPE)
  endforeach()
  set(PLENUM_ROOMS ${rooms} PARENT_SCOPE)
endfunction()

# plenum_room(NAME [LIBRARIES target...] [SOURCES generated...])
# Builds libplenum-NAME from *.cpp and NAME_test from *_test.cpp of the current folder and those below it.
function(plenum_room room)
  cmake_parse_arguments(ROOM "" "" "LIBRARIES;SOURCES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS *_test.cpp)
  if(tests)
    list(REMOVE_ITEM sources ${tests})
  endif()
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(plenum-${room} STATIC ${sources} ${ROOM_SOURCES})
  target_include_directories(plenum-${room} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(plenum-${room} PUBLIC ${ROOM_LIBRARIES} PRIVATE plenum_warnings)
  plenum_precompiled(plenum-${room} rooms)
  # What is generated includes nothing of it.
  set_source_files_properties(${ROOM_SOURCES} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  foreach(lower ${PLENUM_BELOW_${room}})
    target_link_libraries(plenum-${room} PUBLIC plenum-${lower})
  endforeach()
  if(tests AND BUILD_TESTING)
    add_executable(${room}_test ${tests} $<TARGET_OBJECTS:doctest_main>)
    target_link_libraries(${room}_test PRIVATE plenum-${room} plenum_warnings)
    # The room is built as it will run; to optimise its tests too would cost a third of the whole build.
    target_compile_options(${room}_test PRIVATE -O0)
    plenum_precompiled(${room}_test tests)
    add_test(NAME ${room} COMMAND ${room}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()
