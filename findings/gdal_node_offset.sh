#!/usr/bin/env bash
# GDAL 3.6.2, netCDF driver, and GMT 6.4.0, on the same CF file of cell centres.
# Guess: node_offset = 1, GMT's attribute for "values are of cells", and actual_range, CF's for "least and greatest value that is there", are
#   independent; a file that has both is read by GDAL and GMT with the same cells.
# Really: each alone does no harm to GDAL. With both GDAL takes the range of the centres for the outer edges: cells of 30 m become 25 and 22.5 m,
#   and the map is moved by half a cell, without a word; GMT reads the same file with cells of 30 m.
# Hurt: whoever writes node_offset so that GMT places burn-probability maps rightly, into a file that has the ranges CF recommends: QGIS, terra and
#   rasterio then put fires in the wrong cells. Avoid: no actual_range on x and y beside node_offset.
# Upstream: none found.
set -eu
packages="gdal-bin=3.6.2+dfsg-1+b2 gmt=6.4.0+dfsg-2 netcdf-bin=1:4.9.0-3+b1"
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
# From here on the real tools only: a landscape of 6 x 4 cells of 30 m whose lower left corner is at 450000, 6000000.
landscape() {  # NAME CDL_OF_ATTRIBUTES
  cat > "$1.cdl" <<CDL
netcdf $1 { dimensions: y = 4; x = 6;
variables: double x(x); x:units = "m"; x:standard_name = "projection_x_coordinate";
 double y(y); y:units = "m"; y:standard_name = "projection_y_coordinate";
 float burn_probability(y, x); burn_probability:units = "1"; :Conventions = "CF-1.8"; $2
data: x = 450015, 450045, 450075, 450105, 450135, 450165; y = 6000105, 6000075, 6000045, 6000015;
 burn_probability = 1, 2, 3, 4, 5, 6,  7, 8, 9, 10, 11, 12,  13, 14, 15, 16, 17, 18,  19, 20, 21, 22, 23, 24; }
CDL
  ncgen -4 -o "$1.nc" "$1.cdl"
  echo "$1: GDAL $(gdalinfo "NETCDF:$1.nc:burn_probability" | grep -E '^(Origin|Pixel Size)' | tr -d '\n' | sed 's/\.\{0,1\}0*\([,)]\)/\1/g')"\
    "GMT $(gmt grdinfo -C "$1.nc?burn_probability" 2>/dev/null | awk '{ print $2, $5, "cells of", $8, $9 }')"
}
range='x:actual_range = 450015., 450165.; y:actual_range = 6000015., 6000105.;'
{ landscape range "$range"; landscape offset ':node_offset = 1;'; landscape both "$range :node_offset = 1;"; } | tee seen
grep -q '^range: GDAL Origin = (450000,6000120)Pixel Size = (30,-30)' seen
grep -q '^offset: GDAL Origin = (450000,6000120)Pixel Size = (30,-30) GMT 450000 6000120 cells of 30 30' seen
grep -q '^both: GDAL Origin = (450015,6000105)Pixel Size = (25,-22.5) GMT 450000 6000120 cells of 30 30' seen
