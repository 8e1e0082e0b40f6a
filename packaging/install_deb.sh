#!/bin/sh
# Installs a package that build_deb.sh made, with all it needs, also for reports and notebooks: install_deb.sh FILE.deb
# As root, on the Debian or Ubuntu that it was made for.
set -eu
[ $# -eq 1 ] || {
  echo 'usage: packaging/install_deb.sh FILE.deb' >&2
  exit 2
}
package=$(readlink -f "$1")
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# What the package recommends, but not what all the others recommend.
apt-get install -y -qq --no-install-recommends "$package" $(dpkg-deb --field "$package" Recommends | tr -d ,)
rm -rf /var/lib/apt/lists/*
