#!/usr/bin/env bash
# Does by hand, in bare systems, what Dockerfile and firesweep.def do in containers: builds the package, installs it where
# nothing else is, and runs it there:
#
#   packaging/test_deb.sh [SUITE [MIRROR]]       as root, with debootstrap; half an hour and 5 GB on two cores
#
# CHROOTS=FOLDER keeps the systems there, and uses them the next time.
set -euo pipefail
suite=${1:-bookworm}
mirror=${2:-}  # of debootstrap unless given
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [[ -z ${IN_NAMESPACE-} ]]; then   # what is mounted in there is gone with the script
  IN_NAMESPACE=yes exec unshare --mount --propagation private "$0" "$@"
fi

chroots=${CHROOTS:-$(mktemp -d)}
mounted=()
finish() {
  ((${#mounted[@]} == 0)) || umount "${mounted[@]}"
  [[ -n ${CHROOTS-} ]] || rm -rf --one-file-system "$chroots"
}
trap finish EXIT

# inside NAME COMMAND...: does so in one of the systems, which has nothing of this one's environment.
inside() {
  local root=$chroots/$1
  shift
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 chroot "$root" "$@"
}

mkdir -p "$chroots"
for system in build bare; do
  root=$chroots/$system
  [[ -d $root/etc/apt ]] || debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"}
  mount -t proc proc "$root/proc"
  mounted+=("$root/proc")
  cp /etc/resolv.conf "$root/etc/"
done

rm -rf "$chroots/build/source" "$chroots/build/packages" "$chroots/bare/packages"
mkdir -p "$chroots/build/source" "$chroots/bare/packages"
git -C "$source_dir" ls-files --cached --others --exclude-standard -z | tar -C "$source_dir" --null -T - -c | tar -C "$chroots/build/source" -x

inside build /source/packaging/build_deb.sh /packages
cp "$chroots"/build/packages/*.deb "$source_dir/packaging/install_deb.sh" "$chroots/bare/packages/"
inside bare sh -c '/packages/install_deb.sh /packages/*.deb'

inside bare sh -euc '
  cd "$(mktemp -d)"
  experiments=/usr/share/firesweep/experiments
  firesweep --version
  mpirun -n 2 --oversubscribe --bind-to none firesweep run $experiments/smoke.yaml -o smoke.h5 --threads 1
  firesweep verify smoke.h5 --sample 20
  firesweep report smoke.h5 -o smoke.html
  firesweep validate $experiments/valley.yaml   # which loads GDAL
  ls -l smoke.h5 smoke.html'
echo "test_deb.sh: built, installed and run on $suite"
