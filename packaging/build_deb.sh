#!/usr/bin/env bash
# Builds the package of firesweep for the Debian or Ubuntu that this runs on: packaging/build_deb.sh FOLDER
# Missing packages are installed first, as root or through sudo.
set -euo pipefail
[[ $# == 1 && $1 != -* ]] || {
  echo 'usage: packaging/build_deb.sh FOLDER (which the package is written to)' >&2
  exit 2
}
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$1"
to=$(cd "$1" && pwd)
build=$(mktemp -d)   # what a folder of the source holds may be of another machine
trap 'rm -rf "$build"' EXIT

"$source_dir/quickstart.sh" install build packaging
cd "$source_dir"
cmake --preset release -B "$build" -D BUILD_TESTING=OFF
cmake --build "$build"
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$build/packages"
cp "$build"/packages/*.deb "$to"
