#!/usr/bin/env bash
# GDAL 3.6.2, gdal_translate -scale on a map that is packed (band scale 0.01: a byte 50 is a probability of 0.50).
# Guess: -ot Float32 -scale 0 100 0 1 unpacks it: the output holds 0.5 and is no longer packed.
# Really: the output holds 0.5 and keeps the band scale 0.01, so that all who heed it (terra, gdal_translate -unscale) read 0.005.
# Hurt: burn probability that is a hundred times too small, in a file whose raw numbers look right. Avoid: -unscale in place of -scale (it drops
#   the band scale), or -scale with -a_scale 1 -a_offset 0.
# Upstream: none found for this; https://github.com/OSGeo/gdal/pull/14993 (2026) has -scale write a band scale of its own.
set -eu
packages="gdal-bin=3.6.2+dfsg-1+b2"
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
# From here on the real tool only: 2 x 1 cells, burnt with probability 0.5 and 1, packed as bytes.
printf 'ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 30\n50 100\n' > percent.asc
gdal_translate -q -ot Byte -a_scale 0.01 percent.asc packed.tif
gdal_translate -q -ot Float32 -scale 0 100 0 1 packed.tif by_scale.tif
gdal_translate -q -ot Float32 -unscale packed.tif by_unscale.tif
gdal_translate -q -ot Float32 -scale 0 100 0 1 -a_scale 1 -a_offset 0 packed.tif by_both.tif
for name in packed by_scale by_unscale by_both; do
  gdal_translate -q -ot Float32 -unscale $name.tif read.tif
  echo "$name: raw $(gdallocationinfo -valonly $name.tif 0 0), read with its band scale $(gdallocationinfo -valonly read.tif 0 0 | awk '{ printf "%.4g", $1 }')"
done | tee seen
grep -q '^packed: raw 50, read with its band scale 0.5$' seen
grep -q '^by_scale: raw 0.5, read with its band scale 0.005$' seen
grep -q '^by_unscale: raw 0.5, read with its band scale 0.5$' seen
grep -q '^by_both: raw 0.5, read with its band scale 0.5$' seen
