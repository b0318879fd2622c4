# SPDX-License-Identifier: Apache-2.0
# plenum_embed(OUT_VARIABLE NAMESPACE ROOT file...): a C++ source with
#   std::span<const plenum::EmbeddedFile> NAMESPACE::embedded_files();
# that holds the named files; their names are relative to ROOT.
function(plenum_embed out namespace root)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_files.cpp)
  set(list ${CMAKE_CURRENT_BINARY_DIR}/embedded_files.txt)
  list(SORT ARGN)
  string(REPLACE ";" "\n" content "${ARGN}")
  file(CONFIGURE OUTPUT ${list} CONTENT "${content}" @ONLY)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DLIST=${list} -DROOT=${root} -DNAMESPACE=${namespace} -DOUT=${source}
            -P ${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake
    DEPENDS ${ARGN} ${list} ${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake
    VERBATIM)
  set(${out} ${source} PARENT_SCOPE)
endfunction()
