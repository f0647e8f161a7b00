#!/usr/bin/env bash
# Unpacks Docker Compose 2 of Debian's unstable release into a folder, without installing anything:
#
#   scripts/debian-compose.sh FOLDER
#   TEST_COMPOSE_PATH=FOLDER/docker-compose npm run test:compose
#
# Packages come from the mirror that apt uses on this machine, checked with Debian's keys. Reading files needs no engine.
set -euo pipefail
to=$(mkdir -p "${1:?folder}" && cd "$1" && pwd)
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1)
keyring=$(find /usr/share/keyrings -name 'debian-archive-keyring.*' | head -n 1)
work=$to/.sid
mkdir -p "$work/lists/partial" "$work/archives/partial"
echo "deb [signed-by=$keyring] $mirror sid main" > "$work/sources.list"
apt=(-qq -oDir::Etc::sourcelist="$work/sources.list" -oDir::Etc::sourceparts=/dev/null
  -oDir::State::Lists="$work/lists" -oDir::Cache::archives="$work/archives" -oAPT::Sandbox::User=root)
apt-get "${apt[@]}" update
(cd "$work" && apt-get "${apt[@]}" download docker-compose)
dpkg -x "$work"/docker-compose_*.deb "$work/root"
cp "$(find "$work/root" -name docker-compose -type f | head -n 1)" "$to/docker-compose"
rm -rf "$work"
"$to/docker-compose" version
