#!/usr/bin/env bash
# Open MPI 4.1.4 with PMIx 4.2.2, as in Debian 12.
# Guess: ranks of one host that have nothing more to say end in a millisecond or two.
# Really: MPI_Finalize takes 40 ms more. A rank tells mpirun, by PMIx over TCP on the loopback, three short things in a row. The second
#   waits for the first to be acknowledged (Nagle's algorithm, as PMIx leaves TCP_NODELAY off), which mpirun's kernel puts off as there is no
#   answer to send along (delayed acknowledgement).
# Hurt: every short MPI job, and every test of one: with libfabric_loads_slowly.sh, most of what mpirun takes. Avoid: set TCP_NODELAY on the
#   process's TCP sockets after MPI_Init; nothing needs to be known of PMIx for it.
set -eu
packages="openmpi-bin=4.1.4-3+b1 libpmix2=4.2.2-1+deb12u1 python3=3.11.2-1+b1"
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
trap 'if [ $? = 0 ]; then echo "as recorded"; else echo "BEHAVIOUR CHANGED"; exit 1; fi' EXIT
cat > end.py <<'PY'
import ctypes, os, socket, sys, time
mpi = ctypes.CDLL("libmpi.so.40", ctypes.RTLD_GLOBAL)
mpi.MPI_Init(None, None)
for file in range(3, 64) if sys.argv[1] == "without" else []:
    try:
        one = socket.socket(fileno=os.dup(file))   # not all are sockets, nor of TCP
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.close()
    except OSError:
        pass
start = time.monotonic()
mpi.MPI_Finalize()
print(f"{time.monotonic() - start:.3f}")
PY
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,tcp
quickest() { for i in 1 2 3 4 5; do orterun -n 2 --oversubscribe python3 end.py "$1" 2>/dev/null; done | sort -n | head -1; }
echo "MPI_Finalize takes $(quickest with) s, without Nagle's algorithm $(quickest without) s" | tee seen
# Seen: 0.044 s and 0.003 s, the quickest of ten ranks each.
awk '{ exit !($3 > 0.035 && $8 < 0.02) }' seen
