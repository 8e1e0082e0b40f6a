#!/usr/bin/env bash
# libfabric 1.17.0 with libpsm2 11.2.185 and libinfinipath 3.3, which it needs, as in Debian 12.
# Guess: to load a library of network drivers takes milliseconds; what has no device is found when it is opened, and left out.
# Really: libpsm2 (Omni-Path) and libinfinipath (TrueScale) each sleep for a tenth of a second as they are loaded, a few hundred
#   naps by a constructor that calibrates the clock, whether there is such a device or not. Whoever loads libfabric waits for both.
# Hurt: Open MPI 4.1 loads both in MPI_Init of every rank, for the components psm and psm2 of its layer "cm": of the third of a second that
#   `mpirun -n 2` takes for an ensemble of small fires on one node, two thirds are these naps. Avoid: on one node, where they are of no use,
#   `OMPI_MCA_pml=ob1` (from 0.33 to 0.11 s).
set -eu
packages="libfabric1=1.17.0-3 libpsm2-2=11.2.185-2 libpsm-infinipath1=3.3+20.604758e7-6.2 python3=3.11.2-1+b1"
if [ -z "${INSIDE:-}" ]; then   # unpack them and all they need into a temp folder, and run the rest in there: nothing is installed on this machine
  temp=$(mktemp -d); trap 'rm -rf "$temp"' EXIT; mkdir -p "$temp"/debs/partial "$temp"/root/dev "$temp"/root/tmp; : >"$temp/status"
  apt-get -qq -y -o Dir::State::status="$temp/status" -o Dir::Cache="$temp" -o Dir::Cache::archives=debs -o Dir::Log="$temp" -o APT::Sandbox::User=root \
    --no-install-recommends --download-only install bash coreutils grep sed mawk libc-bin $packages >/dev/null
  for deb in "$temp"/debs/*.deb; do dpkg -x "$deb" "$temp/root"; done
  : >"$temp/root/dev/null"; ln -sf mawk "$temp/root/usr/bin/awk"; ln -sf bash "$temp/root/bin/sh"; cp "$0" "$temp/root/tmp/finding.sh"
  lib=/usr/lib/$(dpkg --print-architecture | sed 's/amd64/x86_64/;s/arm64/aarch64/')-linux-gnu
  chroot "$temp/root" /usr/bin/env -i INSIDE=1 HOME=/tmp LC_ALL=C.UTF-8 PATH=/usr/bin:/bin LD_LIBRARY_PATH="$lib:$lib/blas:$lib/lapack:/usr/lib" bash /tmp/finding.sh
  exit
fi
cd /tmp; echo "$packages"
cp -s /usr/lib/libpsm1/libpsm_infinipath.so.1.16 /usr/lib/libpsm_infinipath.so.1   # as the package does by an alternative when it is installed
trap 'if [ $? = 0 ]; then echo "as recorded"; else echo "BEHAVIOUR CHANGED"; exit 1; fi' EXIT
cat > load.py <<'PY'
import ctypes, sys, time
start, worked = time.monotonic(), time.process_time()
ctypes.CDLL(sys.argv[1])
print(f"{time.monotonic() - start:.3f} s to load, {time.process_time() - worked:.3f} s of them at work: {sys.argv[1]}")
PY
for library in libibverbs.so.1 libpsm2.so.2 libinfinipath.so.4 libfabric.so.1; do
  python3 load.py $library >/dev/null   # into memory
  python3 load.py $library
done | tee seen
# Seen: 0.001, 0.100, 0.100 and 0.201 s, of which at most 0.02 s at work.
waited() { grep "$1" seen | awk '{ print $1 - $5 }'; }
awk "BEGIN { exit !($(waited libibverbs) < 0.03) }"
awk "BEGIN { exit !($(waited libpsm2) > 0.06 && $(waited libinfinipath) > 0.06) }"
awk "BEGIN { exit !($(waited libfabric) > 0.14) }"
