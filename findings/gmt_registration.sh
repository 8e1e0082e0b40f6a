#!/usr/bin/env bash
# GMT 6.4.0, reading a CF netCDF grid of cell centres.
# Guess: a grid of equally spaced cell centres is read as cells, or as points, wherever it lies; the CF attribute actual_range (the least and
#   the greatest of the values that are there) changes nothing.
# Really: without GMT's own attribute node_offset it guesses cells or points from the numbers, by whether they divide by the spacing. So the
#   same landscape of 6 x 4 cells has an extent of 5 x 3 when it is moved to where it lies on the ground, with a warning only if x and y are
#   guessed differently; with actual_range on x and y it has 5 x 3 wherever it lies, without a word.
# Hurt: whoever cuts, overlays or integrates maps of burn probability: half a cell is gone on every side, and landscapes that are alike do not
#   overlay. Avoid: write the global attribute node_offset = 1.
# Upstream: none found; the documentation names node_offset, not what is guessed without it.
set -eu
packages="gmt=6.4.0+dfsg-2 netcdf-bin=1:4.9.0-3+b1"
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
# From here on the real tool only. A landscape of 6 x 4 cells, each burnt with probability 1, where x and y are the centres of the cells.
centres() { awk -v n="$1" -v first="$2" -v step="$3" 'BEGIN { for (i = 0; i < n; ++i) printf "%s%.1f", i ? ", " : "", first + step * (i + 0.5) }'; }
landscape() {  # NAME EAST NORTH CELL_SIZE [CDL OF MORE ATTRIBUTES]
  cat > "$1.cdl" <<CDL
netcdf $1 { dimensions: y = 4; x = 6;
variables: double x(x); x:units = "m"; x:standard_name = "projection_x_coordinate";
 double y(y); y:units = "m"; y:standard_name = "projection_y_coordinate";
 float burn_probability(y, x); burn_probability:units = "1"; :Conventions = "CF-1.8"; ${5:-}
data: x = $(centres 6 "$2" "$4"); y = $(centres 4 "$3" "$4");
 burn_probability = 1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1; }
CDL
  ncgen -4 -o "$1.nc" "$1.cdl"
}
seen() {  # NAME: the extent as GMT has it, in cells, and what it takes the values for
  gmt grdinfo -C "$1.nc?burn_probability" 2>"$1.warning" | awk '{ printf "%d x %d cells, ", ($3 - $2) / $8 + 0.5, ($5 - $4) / $9 + 0.5 }'
  gmt grdinfo "$1.nc?burn_probability" 2>/dev/null | grep -o 'Gridline\|Pixel'
}
landscape at_origin 0 0 1
landscape on_the_ground 440000 5980000 30
landscape with_range 0 0 1 'x:actual_range = 0.5, 5.5; y:actual_range = 0.5, 3.5;'
landscape told 440000 5980000 30 ':node_offset = 1;'
for name in at_origin on_the_ground with_range told; do echo "$name: $(seen $name) $(cat $name.warning)"; done | tee seen
grep -q '^at_origin: 6 x 4 cells, Pixel' seen
grep -q '^on_the_ground: 5 x 3 cells, Gridline' seen
grep -q '^with_range: 5 x 3 cells, Gridline' seen
grep -q '^told: 6 x 4 cells, Pixel' seen
