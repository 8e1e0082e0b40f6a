#!/usr/bin/env bash
# NCO 5.1.4, ncwa and ncap2 on the same map.
# Guess: the mean and the sum of a map are the same by ncwa -y avg and -y ttl as by ncap2's avg() and total().
# Really: ncap2 adds up in the variable's own float, so the sum of a big map stands still once a cell is too small to count: 25 million cells
#   of 0.1 have the mean 0.084 and the sum 2 097 152; ncwa says 0.1 and 2 500 000. Nothing is said. At 9 million cells the
#   error goes the other way: 7 % too much.
# Hurt: expected area burnt, the sum of burn probability over a State at 30 m to 100 m. Avoid: ncwa, or double(burn_probability).total().
# Upstream: none found.
set -eu
packages="nco=5.1.4-1+deb12u1 netcdf-bin=1:4.9.0-3+b1"
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
# From here on the real tools only: 5000 x 5000 cells, and a corner of 3000 x 3000, each burnt with probability 0.1.
cat > empty.cdl <<CDL
netcdf empty { dimensions: y = 5000; x = 5000; variables: int y(y); int x(x); }
CDL
ncgen -4 -o empty.nc empty.cdl
ncap2 -4 -L 1 -O -v -s 'burn_probability[$y, $x] = 0.1f;' empty.nc map.nc
ncks -4 -L 1 -O -d y,0,2999 -d x,0,2999 map.nc corner.nc
value() { ncks -H -C -v "$1" -s '%.4g' "$2"; }
for name in corner map; do
  ncwa -O -y avg $name.nc mean.nc; ncwa -O -y ttl $name.nc sum.nc
  ncap2 -O -v -s 'p_mean = burn_probability.avg(); p_sum = burn_probability.total(); p_double = double(burn_probability).avg();' $name.nc ncap2.nc
  echo "$name: ncwa $(value burn_probability mean.nc) $(value burn_probability sum.nc), ncap2 $(value p_mean ncap2.nc) $(value p_sum ncap2.nc), of doubles $(value p_double ncap2.nc)"
done | tee seen
grep -q '^map: ncwa 0.1 2.5e+06, ncap2 0.08389 2.097e+06, of doubles 0.1$' seen
grep -q '^corner: ncwa 0.1 9e+05, ncap2 ' seen
if grep -q '^corner: .*ncap2 0.1 ' seen; then false; fi
