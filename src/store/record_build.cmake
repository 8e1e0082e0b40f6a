# Writes what is built into a header, touching it only when something has changed. Run at every build:
#   cmake -DSOURCE=<folder> -DTEMPLATE=<header.in> -DHEADER=<header> -D<what the template names>=... -P record_build.cmake

set(git_commit "unknown")   # of a tarball, say
set(git_dirty "unknown")

# Who builds need not own the clone; asking it for its commit is harmless.
set(trusting -c safe.directory=*)
# A tarball unpacked inside somebody else's repository must not be taken for that.
find_program(git git)
if(git AND EXISTS "${SOURCE}/.git")
  execute_process(COMMAND ${git} ${trusting} -C "${SOURCE}" rev-parse HEAD
    OUTPUT_VARIABLE commit ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(NOT failed)
    set(git_commit "${commit}")
    execute_process(COMMAND ${git} ${trusting} -C "${SOURCE}" --no-optional-locks status --porcelain --untracked-files=no
      OUTPUT_VARIABLE changes ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed AND changes STREQUAL "")
      set(git_dirty "no")
    elseif(NOT failed)
      set(git_dirty "yes")
    endif()
  endif()
endif()

configure_file("${TEMPLATE}" "${HEADER}" @ONLY)
