#!/usr/bin/env bash
# Unpacks the Docker Engines of Debian releases into a folder, without installing anything:
#
#   scripts/debian-engines.sh FOLDER [SUITE…]      default: bookworm trixie sid (20.10, 26.1 and 28.5 by now)
#   TEST_ENGINE_PATH=FOLDER/26/bin npm run test:engine
#
# Each engine comes into FOLDER/<its major version>/bin with its client, containerd, runc, tini and a static busybox.
# Packages come from the mirror that apt uses on this machine, checked with Debian's keys. Running one needs
# iptables, iproute2 and util-linux of this machine as well; tests/engine/dockerd.ts says what is missing.
set -euo pipefail
to=$(mkdir -p "${1:?folder}" && cd "$1" && pwd)
shift
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1)
keyring=$(find /usr/share/keyrings -name 'debian-archive-keyring.*' | head -n 1)

for suite in "${@:-bookworm trixie sid}"; do
  # shellcheck disable=SC2086 # the default is three words
  for name in $suite; do
    work=$to/.$name
    mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/debs"
    echo "deb [signed-by=$keyring] $mirror $name main" > "$work/sources.list"
    : > "$work/status"
    apt=(-qq -oDir::Etc::sourcelist="$work/sources.list" -oDir::Etc::sourceparts=/dev/null
      -oDir::State::Lists="$work/lists" -oDir::Cache::archives="$work/archives" -oDir::Cache::pkgcache=
      -oDir::Cache::srcpkgcache= -oDir::State::status="$work/status" -oAPT::Sandbox::User=root)
    apt-get "${apt[@]}" update
    # The client became a package of its own after bookworm, tini-static after trixie.
    for package in docker.io docker-cli containerd runc tini tini-static busybox-static; do
      apt-cache "${apt[@]}" show "$package" > /dev/null 2>&1 || continue
      (cd "$work/debs" && apt-get "${apt[@]}" download "$package")
    done
    rm -rf "$work/root"
    for deb in "$work/debs"/*.deb; do dpkg -x "$deb" "$work/root"; done
    # A newer release's runc may need a newer libc than this machine has; the one of this machine's release serves.
    if ! "$work/root/usr/sbin/runc" --version > /dev/null 2>&1; then
      rm -f "$work"/debs/runc_*.deb
      (cd "$work/debs" && apt-get -qq -oAPT::Sandbox::User=root download runc)
      dpkg -x "$work"/debs/runc_*.deb "$work/root"
    fi
    major=$("$work/root/usr/sbin/dockerd" --version | sed -E 's/.* version ([0-9]+)\..*/\1/')
    rm -rf "${to:?}/$major"
    mkdir -p "$to/$major/bin"
    for program in dockerd docker docker-proxy docker-init containerd containerd-shim-runc-v2 runc busybox tini-static; do
      found=$(find "$work/root" -path '*bin/*' -name "$program" ! -type d | head -n 1)
      [ -z "$found" ] || cp -L "$found" "$to/$major/bin/$program"
    done
    # What docker looks for under this name is the init of `--init`, which must be static.
    [ ! -e "$to/$major/bin/tini-static" ] || mv "$to/$major/bin/tini-static" "$to/$major/bin/docker-init"
    rm -rf "$work"
    echo "$to/$major/bin: $("$to/$major/bin/dockerd" --version)"
  done
done
