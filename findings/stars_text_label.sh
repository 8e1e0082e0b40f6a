#!/usr/bin/env bash
# stars 0.6-0 (R) with GDAL 3.6.2, read_stars() on a netCDF file of maps.
# Guess: a map beside a text label for each of its layers (CF 1.8, 6.1, "labels") is read, and the label, which is no raster, is left out,
#   as R's terra does.
# Really: GDAL lists the label, characters by scenario and letter, among the file's rasters, and read_stars(file) fails as a whole with
#   "read failure", whatever the maps are; without the label the same call reads them.
# Hurt: whoever names the weather or ignition behind each layer in the file, as CF asks for. Avoid: read_stars(file, sub = "burn_probability").
# Upstream: none found.
set -eu
packages="r-cran-stars=0.6-0-4 netcdf-bin=1:4.9.0-3+b1 debianutils"
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
# From here on the real tools only: two maps of 3 x 2 cells, with and without a label for each.
ln -sf which.debianutils /usr/bin/which
export R_LIBS=/usr/lib/R/site-library EDITOR=vi PAGER=cat  # what R reads from a file that is made when it is installed
maps() {  # NAME [DIMENSION] [VARIABLE] [DATA]
  cat > "$1.cdl" <<CDL
netcdf $1 { dimensions: scenario = 2; y = 2; x = 3; ${2:-}
variables: int scenario(scenario); double x(x); x:units = "m"; x:standard_name = "projection_x_coordinate";
 double y(y); y:units = "m"; y:standard_name = "projection_y_coordinate";
 float burn_probability(scenario, y, x); burn_probability:units = "1"; :Conventions = "CF-1.8"; ${3:-}
data: scenario = 1, 2; x = 15, 45, 75; y = 45, 15; burn_probability = 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 1; ${4:-} }
CDL
  ncgen -4 -o "$1.nc" "$1.cdl"
}
maps plain
maps labelled 'letters = 7;' 'char label(scenario, letters);' 'label = "severe", "extreme";'
read_all() {  # WORDS FILE [ARGUMENT]
  Rscript - <<R 2>/dev/null
x <- try(stars::read_stars("$2"${3:-}, quiet = TRUE), silent = TRUE)
if (inherits(x, "try-error")) cat("$1:", conditionMessage(attr(x, "condition")), "\n") else cat("$1: maps of", dim(x), "\n")
R
}
{ read_all plain plain.nc; read_all labelled labelled.nc; read_all chosen labelled.nc ', sub = "burn_probability"'; } | tee seen
grep -q "^plain: maps of 3 2 2" seen
grep -q "^labelled: read failure" seen
grep -q "^chosen: maps of 3 2 2" seen
