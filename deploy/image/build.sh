#!/bin/sh
# Builds the container image: build.sh [openvino|cpu]. With Docker where an engine answers, else with buildah.
# Environment: BASE, another base image; SOURCE, the repository's public address; TAG, another name for the image.
set -eu
cd "$(dirname "$0")/../.."

variant=${1:-openvino}
case $variant in
openvino) suffix= ;;
cpu) suffix=-cpu ;;
*)
  echo "No variant '$variant' of the image: openvino or cpu" >&2
  exit 2
  ;;
esac

version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' moderator/__init__.py)
revision=$(git rev-parse HEAD)
[ -z "$(git status --porcelain)" ] || revision=$revision-dirty
source=${SOURCE:-$(git config --get remote.origin.url | sed 's#//[^/@]*@#//#')}
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) # the same revision gives the same times
export SOURCE_DATE_EPOCH

# How this machine reaches its package index: handed over as secrets, which no layer keeps.
secrets=$(mktemp -d)
trap 'rm -rf "$secrets"' EXIT
{
  echo '[global]'
  "${PYTHON:-python3}" -m pip config list |
    sed -n "s/^.*\.\(index-url\|extra-index-url\|trusted-host\|proxy\)='\(.*\)'\$/\1 = \2/p"
  [ -z "${SSL_CERT_FILE:-}" ] || echo 'cert = /run/secrets/authorities'
} >"$secrets/pip"
cat "${SSL_CERT_FILE:-/dev/null}" >"$secrets/authorities"

set -- --file Dockerfile --tag "${TAG:-moderator:$version$suffix}" \
  --secret "id=pip,src=$secrets/pip" --secret "id=authorities,src=$secrets/authorities" \
  --build-arg "VARIANT=$variant" --build-arg "VERSION=$version" --build-arg "REVISION=$revision" \
  --build-arg "SOURCE=${source:-unknown}"

if docker version >/dev/null 2>&1; then
  docker build ${BASE:+--build-arg "BASE=$BASE"} "$@" .
elif command -v buildah >/dev/null; then
  [ -n "${BASE:-}" ] || { BASE=localhost/moderator-base && deploy/image/base.sh "$BASE"; }
  # Docker's format, since OCI's has no HEALTHCHECK.
  buildah bud --isolation chroot --pull-never --layers --format docker --timestamp "$SOURCE_DATE_EPOCH" \
    --build-arg "BASE=$BASE" "$@" .
else
  echo "No way to build an image: start Docker, or on Debian: apt-get install buildah podman runc debootstrap" >&2
  exit 1
fi
