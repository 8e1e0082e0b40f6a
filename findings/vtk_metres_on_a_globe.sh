#!/usr/bin/env bash
# VTK 9.1.0, vtkNetCDFCFReader, the reader of netCDF behind ParaView.
# Guess: x and y that a CF file gives in metres (standard_name projection_x_coordinate, units "m") are drawn flat; the CF attribute axis, "X"
#   and "Y", says once more what the names say and changes nothing.
# Really: with axis = "X" and "Y" metres are taken for degrees of longitude and latitude, and the stack of maps is wrapped round a sphere of
#   the radius of the third coordinate; without these attributes the same file is flat.
# Hurt: whoever looks at stacked burn-probability or arrival maps in ParaView: an easting of 440 015 m is 95 degrees of longitude after 1222
#   turns, and nothing says so. Avoid: leave axis away, or switch "Spherical Coordinates" off in the reader's properties.
# Upstream: none found.
set -eu
packages="python3-vtk9=9.1.0+really9.1.0+dfsg2-5+deb12u1 netcdf-bin=1:4.9.0-3+b1"
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
# From here on the real tool only: two maps of 3 x 2 cells of 30 m, with and without the attribute axis.
maps() {  # NAME [CDL OF MORE ATTRIBUTES]
  cat > "$1.cdl" <<CDL
netcdf $1 { dimensions: scenario = 2; y = 2; x = 3;
variables: int scenario(scenario); double x(x); x:units = "m"; x:standard_name = "projection_x_coordinate";
 double y(y); y:units = "m"; y:standard_name = "projection_y_coordinate";
 float burn_probability(scenario, y, x); burn_probability:units = "1"; :Conventions = "CF-1.8"; ${2:-}
data: scenario = 1, 2; x = 440015, 440045, 440075; y = 5980045, 5980015; burn_probability = 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 1; }
CDL
  ncgen -4 -o "$1.nc" "$1.cdl"
}
maps plain
maps with_axis 'x:axis = "X"; y:axis = "Y";'
cat > read.py <<'PYTHON'
import sys
from vtkmodules.vtkIONetCDF import vtkNetCDFCFReader
for name in sys.argv[1:]:
    reader = vtkNetCDFCFReader()
    reader.SetFileName(name + ".nc")
    reader.UpdateMetaData()
    reader.SetDimensions("(scenario, y, x)")
    reader.Update()
    data = reader.GetOutputDataObject(0)
    print(name + ":", data.GetClassName(), "from", [round(x) for x in data.GetBounds()[::2]], "to", [round(x) for x in data.GetBounds()[1::2]])
PYTHON
python3 read.py plain with_axis | tee seen
grep -q '^plain: vtkRectilinearGrid from \[440015, 5980015, 1\] to \[440075, 5980045, 2\]' seen
grep -q '^with_axis: vtkStructuredGrid from \[-' seen
