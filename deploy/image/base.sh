#!/bin/sh
# Makes a slim Debian with Python as the image $1, for machines that reach Debian's packages but no image registry: base.sh NAME.
# Once: an image of that name is left as it is.
set -eu
name=$1
! buildah inspect --type image "$name" >/dev/null 2>&1 || exit 0
command -v debootstrap >/dev/null || { echo "No debootstrap: on Debian, apt-get install debootstrap" >&2; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The mirror that this machine's apt uses.
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m 1 '/debian/\?$' || true)
debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$folder/root" \
  ${mirror:+"$mirror"} >"$folder/log" || { tail "$folder/log" >&2; exit 1; }
# What Debian's own slim images leave out.
rm -rf "$folder"/root/var/cache/apt/* "$folder"/root/var/lib/apt/lists/*
rm -rf "$folder"/root/usr/share/doc/* "$folder"/root/usr/share/man/* "$folder"/root/usr/share/locale/* "$folder"/root/usr/share/info/*
tar --create --file "$folder/root.tar" --directory "$folder/root" .
container=$(buildah from scratch)
buildah add --quiet "$container" "$folder/root.tar" / >/dev/null
buildah commit --quiet --rm "$container" "$name" >/dev/null
