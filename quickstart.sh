#!/usr/bin/env bash
# Builds firesweep and runs its main experiment, or its tests; see usage below.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: ./quickstart.sh [run]    build firesweep, run experiments/danger_levels.yaml on all cores, show the result
       ./quickstart.sh test     build firesweep and run its tests
       ./quickstart.sh test --slurm
                                also those of the job scripts, on a Slurm that is installed, and started for them
                                (always when CI=true)
       ./quickstart.sh install WHAT...
                                install the packages to "build" firesweep, to look at its results ("analysis"), to
                                "test" it, to test its job scripts ("slurm"), or to make a package of it ("packaging")
       ./quickstart.sh packages WHAT...
                                print their names
       ./quickstart.sh --help

Installs missing packages first (Debian and Ubuntu; as root or through sudo), and skips what is done already.
The results file is written to the current folder.
TEXT
}

build_packages=(g++ cmake ninja-build pkg-config git openmpi-bin libopenmpi-dev libhdf5-dev libdeflate-dev zlib1g-dev libssl-dev libyaml-cpp-dev
  libfmt-dev libboost-math-dev libcli11-dev libgif-dev libpng-dev libgdal-dev nlohmann-json3-dev
  python3-dev python3-numpy pybind11-dev)
analysis_packages=(python3-xarray python3-h5netcdf python3-h5py python3-scipy python3-dask python3-matplotlib python3-pil
  hdf5-tools)
test_packages=(catch2 librandom123-dev libbenchmark-dev python3-pytest python3-netcdf4 netcdf-bin python3-jsonschema
  python3-yaml python3-nbclient python3-ipykernel python3-mpi4py python3-gdal iproute2 procps gdal-bin cdo
  clang-format python3-pip python3-setuptools python3-wheel)
slurm_packages=(slurm-wlm munge libpmix-dev)
packaging_packages=(dpkg-dev file)

say() { printf '\n==> %s\n' "$*" >&2; }
fail() {
  printf 'quickstart: %s\n' "$*" >&2
  exit 2
}

is_installed() { [[ $(dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null) == "install ok installed" ]]; }

# install PACKAGE...: installs those that are missing.
install() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    local tool
    for tool in c++ cmake ninja mpirun; do
      command -v "$tool" >/dev/null ||
        fail "'$tool' is missing, and this is not Debian or Ubuntu; please install what these packages hold: $*"
    done
    return
  fi
  local missing=() package
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "please have root run: apt-get install ${missing[*]}"
    as_root=(sudo env DEBIAN_FRONTEND=noninteractive)   # sudo drops what is exported
  fi
  say "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq </dev/null &&
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null ||
    fail "that failed; please have root run: apt-get install ${missing[*]}"
}

# packages_to WHAT...: the lists above by their names, a package per line.
packages_to() {
  local what
  (($#)) || fail "which packages? there are: build analysis test slurm packaging"
  for what in "$@"; do
    [[ -v ${what}_packages ]] || fail "there is no list of packages '$what'"
    local -n list=${what}_packages
    printf '%s\n' "${list[@]}"
  done
}

# build PRESET TARGET [OPTION...]
build() {
  local preset=$1 target=$2
  shift 2
  { mkdir -p "$source_dir/build/$preset" && [[ -w $source_dir/build/$preset ]]; } 2>/dev/null ||
    fail "cannot build in $source_dir/build; clone firesweep into a folder of your own"
  say "Building ($preset)"
  (cd "$source_dir" && cmake --preset "$preset" "$@" >/dev/null && cmake --build --preset "$preset" --target "$target") >&2
}

run_main_experiment() {
  [[ -w . ]] || fail "cannot write danger-levels.h5 into $PWD; start from a folder of your own"
  install "${build_packages[@]}" "${analysis_packages[@]}"
  build release all -D BUILD_TESTING=OFF -D FIRESWEEP_PYTHON=ON
  local ranks progress=lines
  ranks=$(nproc)
  [[ -t 2 ]] && progress=bar
  say "Running experiments/danger_levels.yaml on $ranks cores"
  mpirun -n "$ranks" --oversubscribe --bind-to none "$source_dir/build/release/src/app/firesweep" run \
    "$source_dir/experiments/danger_levels.yaml" -o danger-levels.h5 --threads 1 --progress "$progress"
  cat <<TEXT

The results are in $PWD/danger-levels.h5
Look at them again with
  $(printf %q "$source_dir/build/release/src/app/firesweep") show danger-levels.h5
  /usr/bin/python3 -c "import xarray; print(xarray.open_dataset('danger-levels.h5', engine='h5netcdf'))"
TEXT
}

# run_tests [--slurm]
run_tests() {
  local with_slurm=${1-}
  [[ ${CI-} == true ]] && with_slurm=--slurm
  install "${build_packages[@]}" "${analysis_packages[@]}" "${test_packages[@]}"
  [[ -z $with_slurm ]] || install "${slurm_packages[@]}"
  # A new compiler's new warning must not stop a user; our own machines have no excuse.
  build release all -D BUILD_TESTING=ON -D FIRESWEEP_PYTHON=ON -D FIRESWEEP_WERROR="$([[ ${CI-} == true ]] && echo ON || echo OFF)"
  cd "$source_dir"
  # Some tests wait for a clock or for ranks that are silent, and Slurm's do most of their time: what they leave of the
  # cores goes into the sanitizers.
  local at_once=$(($(nproc) + 1)) log="$source_dir/build/sanitize.log"
  (
    renice -n 19 "$BASHPID" >/dev/null || true
    build sanitize unit_tests -D BUILD_TESTING=ON
    say "Testing under the address and undefined-behaviour sanitizers"
    ctest --preset sanitize -L unit --parallel "$at_once"  # not fuzz, which takes the build of the whole program
  ) >"$log" 2>&1 &
  local code=0  # what fails first hides nothing of the rest
  say "Testing; meanwhile building and testing with sanitizers"
  ctest --preset release --label-exclude slurm --parallel "$at_once" || code=$?
  if [[ -n $with_slurm ]]; then
    say "Testing the job scripts on a real Slurm"
    FIRESWEEP_SLURM_TESTS=1 ctest --preset release --label-regex slurm --verbose || code=$?
  else
    say "SKIPPED: the tests of the job scripts, which install and start Slurm; './quickstart.sh test --slurm' runs them"
  fi
  if wait $!; then
    sed -n '/^==> Testing/,$p' "$log" >&2
  else
    code=1
    cat "$log" >&2
  fi
  return $code
}

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Open MPI asks root for a yes, twice.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
# That of Debian 13 warns otherwise, once per rank, that the ranks of one machine could not reach each other.
export OMPI_MCA_reachable=weighted

case "${1-}" in
  packages) packages_to "${@:2}"; exit ;;
  install)
    wanted=$(packages_to "${@:2}")
    mapfile -t wanted <<<"$wanted"
    install "${wanted[@]}"
    exit
    ;;
esac
case "${*:-run}" in
  run) run_main_experiment ;;
  test) run_tests ;;
  "test --slurm") run_tests --slurm ;;
  -h | --help) usage ;;
  *)
    usage >&2
    fail "unknown arguments '$*'"
    ;;
esac
