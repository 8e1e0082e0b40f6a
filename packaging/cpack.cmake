# The package of this Debian or Ubuntu: cpack -G DEB, which packaging/build_deb.sh does from scratch.

# package_of(<variable> <file>): the package that a file of the system came with.
function(package_of variable file)
  file(REAL_PATH "${file}" real)
  set(found "")
  foreach(name IN ITEMS ${real} ${file})   # where /lib is /usr/lib, packages may say either
    string(REGEX REPLACE "^/usr/" "/" short ${name})
    execute_process(COMMAND ${dpkg_query} --search ${name} ${short} OUTPUT_VARIABLE owner ERROR_QUIET)
    if(owner MATCHES "^([^:,\n]+)")
      set(found ${CMAKE_MATCH_1})
      break()
    endif()
  endforeach()
  set(${variable} "${found}" PARENT_SCOPE)
endfunction()

find_program(dpkg_query dpkg-query)
if(NOT dpkg_query)
  return()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "The maintainers of firesweep <firesweep@localhost>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What the program is not linked with: the launcher of its MPI, and GDAL, which it loads.
package_of(launcher ${MPIEXEC_EXECUTABLE})
get_target_property(gdal GDAL::GDAL LOCATION)
package_of(gdal ${gdal})
set(CPACK_DEBIAN_PACKAGE_DEPENDS ${launcher} ${gdal})
list(JOIN CPACK_DEBIAN_PACKAGE_DEPENDS ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
execute_process(COMMAND ${PROJECT_SOURCE_DIR}/quickstart.sh packages analysis
  OUTPUT_VARIABLE analysis OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS "${analysis}")
include(CPack)
