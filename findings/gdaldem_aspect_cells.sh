#!/usr/bin/env bash
# GDAL 3.6.2, gdaldem slope and gdaldem aspect on the same ground.
# Guess: both use the size of the cells: the aspect of a plane that falls to the north-east is 45, whatever the cells are.
# Really: slope does (in degrees as well as its -s can), aspect does not: it takes each cell for a square. On cells of 30 x 60 m a fall to the north-east is 27, and on cells of
#   degrees at 37 S, whose east-west side is four fifths of the other, 39. Where the rows go from south to north, as rioxarray leaves a netCDF whose
#   y ascends, it says 180 for a fall to the north, where slope is right.
# Hurt: wind-slope vectors, aspect classes for fuel moisture: up to 6 degrees wrong on any longitude-latitude elevation of south-east Australia,
#   without a word. Avoid: gdalwarp to square north-up cells of metres first.
# Upstream: https://github.com/OSGeo/gdal/issues/13100 for the rows from south to north, mended in 2025; none found for cells that are no squares.
set -eu
packages="gdal-bin=3.6.2+dfsg-1+b2 python3-gdal=3.6.2+dfsg-1+b2"
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
# From here on the real tool only: planes with the same fall to the north and to the east for each metre on the ground.
plane() {  # NAME WIDTH HEIGHT METRES_IN_ONE_X METRES_IN_ONE_Y FALL_NORTH FALL_EAST: 5 x 5 cells, from the north down
  awk -v w="$2" -v h="$3" -v mx="$4" -v my="$5" -v n="$6" -v e="$7" 'BEGIN { for (j = 4; j >= 0; --j) for (i = 0; i < 5; ++i)
    printf "%.9f %.9f %.9f\n", 145 + (i + 0.5) * w, -37 + (j + 0.5) * h, 500 - n * j * h * my - e * i * w * mx }' > "$1.xyz"
  gdal_translate -q -ot Float32 "$1.xyz" "$1.tif"
}
plane square 30 30 1 1 0.1 0.1
plane oblong 30 60 1 1 0.1 0.1
plane degrees 0.0003 0.0003 88747 111120 0.1 0.1
plane north 30 30 1 1 0.1 0
# the same plane as "north" with its rows from south to north
python3 - <<'PYTHON'
from osgeo import gdal
north = gdal.Open("north.tif")
left, width, _, top, _, height = north.GetGeoTransform()
up = gdal.GetDriverByName("GTiff").Create("south_up.tif", 5, 5, 1, gdal.GDT_Float32)
up.SetGeoTransform((left, width, 0, top + 5 * height, 0, -height))
up.GetRasterBand(1).WriteRaster(0, 0, 5, 5, b"".join(north.GetRasterBand(1).ReadRaster(0, row, 5, 1) for row in range(4, -1, -1)))
PYTHON
for name in square oblong degrees north south_up; do
  gdaldem aspect -q $name.tif aspect.tif; gdaldem slope -q $([ $name != degrees ] || echo -s 111120) $name.tif slope.tif
  echo "$name: aspect $(gdallocationinfo -valonly aspect.tif 2 2 | awk '{ printf "%.0f", $1 }'), slope $(gdallocationinfo -valonly slope.tif 2 2 | awk '{ printf "%.1f", $1 }')"
done | tee seen
grep -q '^square: aspect 45, slope 8.0$' seen
grep -q '^oblong: aspect 27, slope 8.0$' seen
grep -q '^degrees: aspect 39, ' seen
grep -q '^north: aspect 0, slope 5.7$' seen
grep -q '^south_up: aspect 180, slope 5.7$' seen
