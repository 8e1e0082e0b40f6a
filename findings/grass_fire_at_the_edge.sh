#!/usr/bin/env bash
# GRASS 8.2.1, r.slope.aspect, r.ros and r.spread, its own chain for wildfire.
# Guess: r.slope.aspect has no slope at the edge of the elevation and round a cell without one, so r.ros has no rate of spread there, or that of flat
#   ground, and r.spread stops there or goes on slowly.
# Really: r.ros takes "no slope" for a slope, and an endless one: on a hillside of 957 cm/min these cells have 10 158, towards 142 degrees, which is
#   neither uphill nor downhill. A fire runs along the edge ten times too fast and comes back into the map. Nothing is said.
# Hurt: times of arrival and maps of burn probability: they are wrong round each gap in the elevation and along each border of a tile. Avoid:
#   r.slope.aspect -e for the border, and fill gaps (or give fuel 0 where slope is null).
# Upstream: none found.
set -eu
packages="grass-core=8.2.1-1"
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
# From here on the real tools only: a hillside of 40 x 40 cells of 30 m that rises to the north, with one cell without elevation; short grass.
export GRASS_PYTHON=python3
grass -c XY -e /tmp/hill >/dev/null 2>&1 
cat > burn.sh <<'SH'
set -eu
export GRASS_VERBOSE=0
g.region n=1200 s=0 e=1200 w=0 res=30
r.mapcalc expression="elevation = if(row() == 20 && col() == 20, null(), y() * 0.364)"
r.mapcalc expression="fuel = 1"
r.mapcalc expression="dead = 5"
r.mapcalc expression="live = 100"
r.mapcalc expression="start = if(row() == 38 && col() == 3, 1, null())"
chain() {  # NAME SLOPE ASPECT
  r.ros model=fuel moisture_1h=dead moisture_live=live slope="$2" aspect="$3" base_ros="$1_base" max_ros="$1_max" direction_ros="$1_to"
  r.spread base_ros="$1_base" max_ros="$1_max" direction_ros="$1_to" start=start output="$1_minutes"
  for place in inside=885,585 beside_the_gap=615,585 border=1185,585; do
    echo "$1 ${place%=*}: slope $(r.what map="$2" coordinates="${place#*=}" | cut -d'|' -f4 | cut -c1-5), $(r.what map="$1_max" coordinates="${place#*=}" | cut -d'|' -f4) cm/min to $(r.what map="$1_to" coordinates="${place#*=}" | cut -d'|' -f4)"
  done
  echo "$1: far corner burns after $(r.what map="$1_minutes" coordinates=1125,75 | cut -d'|' -f4) minutes"
}
r.slope.aspect elevation=elevation slope=slope aspect=aspect
chain as_it_is slope aspect
r.mapcalc expression="hillside = 20.00151"
r.mapcalc expression="south = 270"
chain filled hillside south
SH
grass /tmp/hill/PERMANENT --exec bash burn.sh 2>/dev/null | tee seen
grep -q '^as_it_is inside: slope 20.00, 957 cm/min to 0$' seen
grep -q '^as_it_is beside_the_gap: slope \*, 10158 cm/min to 142$' seen
grep -q '^as_it_is border: slope \*, 10158 cm/min to 142$' seen
grep -q '^as_it_is: far corner burns after 348 minutes$' seen
grep -q '^filled border: slope 20.00, 957 cm/min to 0$' seen
grep -q '^filled: far corner burns after 709 minutes$' seen
