#!/usr/bin/env bash
# GDAL 3.6.2, gdal_translate and gdalwarp, and rasterio 1.3.5, each asked for the average of a burnt mask as Float32.
# Guess: -r average -ot Float32 makes a coarse map of the fraction burnt out of a fine mask of 0 and 1, whichever of them runs it.
# Really: gdalwarp does. gdal_translate, with the same words, averages into the mask's own type, rounds to 0 or 1, and then makes that Float32;
#   so does rasterio's read() into float32. Nothing is said, and the file is Float32 either way.
# Hurt: burn probability, or area burnt, on a coarser grid: one burnt cell of four vanishes, two of four become the whole cell. Avoid: gdalwarp,
#   or gdal_translate -ot Float32 to a file first and the average from that.
# Upstream: none found.
set -eu
packages="gdal-bin=3.6.2+dfsg-1+b2 python3-rasterio=1.3.5-1+b1"
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
# From here on the real tools only: a mask of 8 x 2 cells of 30 m, where 0, 1, 2 and 4 cells of each block of 2 x 2 burnt.
cat > mask.asc <<ASC
ncols 8
nrows 2
xllcorner 0
yllcorner 0
cellsize 30
0 0 1 0 1 0 1 1
0 0 0 0 0 1 1 1
ASC
gdal_translate -q -ot Byte mask.asc mask.tif
cat > read.py <<'PYTHON'
import rasterio
with rasterio.open("mask.tif") as mask:
    print(*mask.read(1, out_shape=(1, 4), resampling=rasterio.enums.Resampling.average, out_dtype="float32")[0])
PYTHON
values() { gdal_translate -q -of XYZ "$1" /vsistdout/ | awk '{ printf "%s%s", (NR > 1 ? " " : ""), $3 }'; echo; }
gdalwarp -q -r average -tr 60 60 -ot Float32 mask.tif warp.tif
gdal_translate -q -r average -tr 60 60 -ot Float32 mask.tif translate.tif
gdal_translate -q -ot Float32 mask.tif float.tif
gdal_translate -q -r average -tr 60 60 float.tif float_first.tif
{ echo "gdalwarp: $(values warp.tif)"; echo "gdal_translate: $(values translate.tif)"; echo "rasterio: $(python3 read.py)"; echo "Float32 first: $(values float_first.tif)"; gdalinfo translate.tif | grep -o 'Type=[A-Za-z0-9]*'; } | tee seen
grep -q '^gdalwarp: 0 0.25 0.5 1$' seen
grep -q '^gdal_translate: 0 0 1 1$' seen
grep -q '^rasterio: 0.0 0.0 1.0 1.0$' seen
grep -q '^Float32 first: 0 0.25 0.5 1$' seen
grep -q '^Type=Float32$' seen
