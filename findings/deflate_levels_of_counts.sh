#!/usr/bin/env bash
# HDF5 1.10.8 and zlib 1.2.13: the deflate filter on counts, such as the burnt cells of every fire of an ensemble.
# Guess: a higher level of deflate (h5py's compression_opts, nccopy -d, h5repack GZIP=) takes longer and makes the file smaller; level 9 is as small
#   as deflate can make it, and to look for repetitions can at worst be in vain.
# Really: counts in no order repeat by chance only, in pieces of three or four bytes, and zlib writes each as a reference that takes more bits than
#   the bytes had. Level 9 of shuffled counts (geometric, means 2 to 10) is 11 to 17 % larger than the same deflate that may refer to runs of one
#   byte only (Z_RLE, at level 1), and level 1 is 17 to 38 % larger. HDF5's filter offers no such choice, but reads such a chunk (H5Dwrite_chunk).
# Hurt: whoever raises the level of columns of millions of runs for the sake of space. Avoid: the lowest level, or chunks that are compressed
#   with Z_RLE and written as they are; every reader of HDF5 takes them.
# Upstream: none found; zlib's manual recommends the strategy for images.
set -eu
packages="python3-h5py=3.7.0-8 python3-numpy=1:1.24.2-1+deb12u1 zlib1g=1:1.2.13.dfsg-1"
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
# From here on the real tools only: four columns of 2^16 counts of 4 bytes, drawn from geometric distributions.
python3 - <<'PY' | tee seen
import zlib
import h5py
import numpy

draws = numpy.random.RandomState(1)
print("HDF5", h5py.version.hdf5_version, "zlib", zlib.ZLIB_RUNTIME_VERSION)
for mean in (2, 3, 5, 10):
    counts = draws.geometric(1 / mean, 1 << 16).astype("<i4")
    with h5py.File("counts.h5", "w") as file:
        def column(name, level):
            return file.create_dataset(name, counts.shape, "<i4", chunks=counts.shape, shuffle=True, compression="gzip", compression_opts=level)
        sizes = {}
        for level in (1, 4, 9):
            column(f"level_{level}", level)[:] = counts
            sizes[level] = file[f"level_{level}"].id.get_storage_size()
        shuffled = counts.view("u1").reshape(-1, 4).T.tobytes()
        deflate = zlib.compressobj(1, zlib.DEFLATED, 15, 8, zlib.Z_RLE)
        chunk = deflate.compress(shuffled) + deflate.flush()
        column("runs_only", 1).id.write_direct_chunk((0,), chunk)
        assert (file["runs_only"][:] == counts).all()
    percent = {level: round(100 * size / len(chunk) - 100) for level, size in sizes.items()}
    print(f"mean {mean}: level 1 {sizes[1]}, 4 {sizes[4]}, 9 {sizes[9]} bytes, runs only {len(chunk)}: {percent[1]}, {percent[4]}, {percent[9]} % more")
PY
grep -q '^mean 2: .*: 38, 26, 16 % more$' seen
grep -q '^mean 10: .*: 17, 11, 11 % more$' seen
