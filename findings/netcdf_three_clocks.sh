#!/usr/bin/env bash
# NCO 5.1.4 (by udunits2, whose words for time are CF's own), CDO 2.1.1 and R terra 1.7-3 on the time of the same CF file.
# Guess: "hours since 2019-12-31 09:00:00 +10:00", the reference in local time with its offset as CF writes it, is 2019-12-30 23:00 UTC to all, or
#   someone refuses it; without the offset it is 09:00 UTC to all.
# Really: NCO (and xarray, stars) say 23:00 of the day before; CDO drops the offset: 09:00; terra drops the whole time of day: 00:00, marked
#   UTC, and does so without an offset too. Nothing is said.
# Hurt: weather or arrival times given from the hour of ignition: two readers are ten hours apart, and terra's are early by the hour of ignition.
#   Avoid: a reference at 00:00 UTC, "since 2019-12-31 00:00:00", and the hours counted from there.
# Upstream: none found for these; https://github.com/rspatial/terra/issues/1291 is of minutes, which terra leaves as numbers.
set -eu
packages="nco=5.1.4-1+deb12u1 cdo=2.1.1-1+deb12u1 r-cran-terra=1.7-3-1 netcdf-bin=1:4.9.0-3+b1 debianutils libblas3 liblapack3"
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
# From here on the real tools only: two hours of wind on 3 x 2 cells.
export R_LIBS=/usr/lib/R/site-library EDITOR=vi PAGER=cat TZ=UTC  # what R reads from files that are made when it is installed
ln -sf which.debianutils /usr/bin/which
wind() {  # NAME REFERENCE
  cat > "$1.cdl" <<CDL
netcdf $1 { dimensions: time = 2; y = 2; x = 3;
variables: double time(time); time:units = "hours since $2"; time:standard_name = "time"; time:calendar = "standard";
 double x(x); x:units = "m"; x:standard_name = "projection_x_coordinate"; double y(y); y:units = "m"; y:standard_name = "projection_y_coordinate";
 float wind_speed(time, y, x); wind_speed:units = "km h-1"; :Conventions = "CF-1.8";
data: time = 0, 1; x = 15, 45, 75; y = 45, 15; wind_speed = 20, 20, 20, 20, 20, 20, 30, 30, 30, 30, 30, 30; }
CDL
  ncgen -4 -o "$1.nc" "$1.cdl"
  echo "$1: NCO $(ncks -H -C -v time --cal "$1.nc" | grep -o '"[^"]*"' | head -1)"
  echo "$1: CDO $(cdo -s showtimestamp "$1.nc" | awk '{ print $1 }')"
  echo "$1: terra $(Rscript -e "suppressMessages(library(terra)); cat(format(time(rast('$1.nc'))[1], '%Y-%m-%dT%H:%M:%S %Z'))" 2>/dev/null | tail -1)"
}
{ wind with_offset '2019-12-31 09:00:00 +10:00'; wind without '2019-12-31 09:00:00'; wind midnight '2019-12-31 00:00:00'; } | tee seen
grep -q '^with_offset: NCO "2019-12-30 23:00:00"$' seen
grep -q '^with_offset: CDO 2019-12-31T09:00:00$' seen
grep -q '^with_offset: terra 2019-12-31T00:00:00 UTC$' seen
grep -q '^without: NCO "2019-12-31 09:00:00"$' seen
grep -q '^without: CDO 2019-12-31T09:00:00$' seen
grep -q '^without: terra 2019-12-31T00:00:00 UTC$' seen
grep -q '^midnight: NCO "2019-12-31' seen
grep -q '^midnight: CDO 2019-12-31T00:00:00$' seen
grep -q '^midnight: terra 2019-12-31T00:00:00 UTC$' seen
