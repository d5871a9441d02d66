#!/usr/bin/env bash
# ./build.sh [TARGETS] [--options]: sets the machine up, builds build/ when it changed, and runs it.
# Settings: MEGATUX_NUKE=package|stand-in decides what is otherwise found out once a day (see choose_nuke).
set -u

readonly DOTNET_CHANNEL=10.0
readonly PROBE_SECONDS=45

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
readonly state=artifacts/build # kept by the Clean target: it holds the program that is running

say() { printf 'build.sh: %s\n' "$*"; }
stop() {
  printf 'build.sh: %s\n' "$@" >&2
  exit 1
}

# True when the arguments only ask what there is to do; then nothing is installed.
only_asks() {
  local argument
  for argument in "$@"; do
    case ${argument,,} in --help | -help | --plan | -plan) return 0 ;; esac
  done
  return 1
}

# Prints the packages of the list that dpkg does not have, in the list's order.
missing_packages() {
  local -a wanted
  local -A present=()
  local name status
  mapfile -t wanted < <(sed 's/#.*//; s/[[:space:]]//g; /^$/d' build/debian-packages.txt)
  while read -r name status; do
    [[ $status == installed ]] && present[$name]=1
  done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null)
  for name in "${wanted[@]}"; do
    [[ -n ${present[$name]:-} ]] || printf '%s\n' "$name"
  done
}

# A kernel package makes an initramfs to boot this machine with, which takes longer than all the rest. Where no
# bootloader would ever read it (containers, machines booted from outside), Debian's own switch leaves it out.
boots_from_disk() {
  local place
  for place in /boot/grub /boot/efi/EFI /boot/loader /boot/extlinux /boot/syslinux /etc/lilo.conf; do
    [[ -e $place ]] && return 0
  done
  return 1
}

# Some experiments are made of Debian packages that this machine does not have. apt fetches them, if it knows of any.
fetch_lists() {
  compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null && return
  [[ $(id -u) == 0 ]] || return 0
  say "apt has no lists of packages; fetching them"
  apt-get update -q || say "apt-get update failed; experiments with Debian packages cannot be built"
}

install_packages() {
  local -a missing
  if ! command -v dpkg-query >/dev/null; then
    say "no dpkg here, so nothing is installed; the programs of build/debian-packages.txt must be there already"
    return
  fi
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    fetch_lists
    return
  fi

  local -a settings=(DEBIAN_FRONTEND=noninteractive)
  boots_from_disk || settings+=(INITRD=No)
  local install="apt-get install -y --no-install-recommends ${missing[*]}"
  if [[ $(id -u) != 0 ]]; then
    stop "these Debian packages are missing: ${missing[*]}" "install them with this command, then start again:" \
      "  sudo sh -c 'apt-get update && ${settings[*]} $install'"
  fi

  say "installing Debian packages: ${missing[*]}"
  apt-get update -q || say "apt-get update failed; trying with the lists that are here"
  # shellcheck disable=SC2086 # the words of the command, as they were shown
  env "${settings[@]}" $install </dev/null || stop "apt-get could not install: ${missing[*]}"
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) || stop "still missing after apt-get install: ${missing[*]}"
}

find_dotnet() {
  local dotnet
  dotnet=$(command -v dotnet) || stop "dotnet is not on the PATH: the .NET SDK $DOTNET_CHANNEL is needed (see global.json)." \
    "Get it as the package dotnet-sdk-$DOTNET_CHANNEL where your package sources have it, or with Microsoft's script:" \
    "  dotnet-install.sh --channel $DOTNET_CHANNEL, then PATH=\$HOME/.dotnet:\$PATH"
  # Built programs look for the runtime in the standard places only, unless told.
  dotnet=$(dirname "$(readlink -f "$dotnet")")
  [[ -d $dotnet/shared ]] && export DOTNET_ROOT=${DOTNET_ROOT:-$dotnet}
}

check_sdk() {
  local said
  said=$(dotnet --version 2>&1) || stop "dotnet has no SDK that global.json allows ($DOTNET_CHANNEL):" "$said" \
    "Get one as the package dotnet-sdk-$DOTNET_CHANNEL, or with dotnet-install.sh --channel $DOTNET_CHANNEL."
}

# Sets nuke (package or stand-in) and nuke_line: what is known, or what was found out today for this version.
choose_nuke() {
  case ${MEGATUX_NUKE:-} in
    package | stand-in) nuke=$MEGATUX_NUKE nuke_line="NUKE: $MEGATUX_NUKE (MEGATUX_NUKE)" && return ;;
    '') ;;
    *) stop "MEGATUX_NUKE is '$MEGATUX_NUKE'; it can be 'package', 'stand-in', or empty to find out" ;;
  esac
  local answer
  answer=$state/nuke-$(date +%F)-$(sed -n 's/.*"Nuke\.Common" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
  if [[ ! -s $answer ]]; then
    rm -f "$state"/nuke-*
    probe_nuke >"$answer"
  fi
  { read -r nuke && read -r nuke_line; } <"$answer"
}

probe_nuke() {
  local said code why
  said=$(NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 timeout --kill-after=5 "$PROBE_SECONDS" \
    dotnet restore build/Build.csproj -nologo -v q --tl:off -p:UseNukeCommon=true </dev/null 2>&1)
  code=$?
  if ((code == 0)); then
    printf '%s\n' package "NUKE: Nuke.Common restored"
    return
  fi
  case $code,$said in
    *NU1101*) why="Nuke.Common is not in the package registry" ;;
    *NU1102* | *NU1103*) why="the package registry has no such version of Nuke.Common" ;;
    124,* | 137,*) why="the package registry did not answer in $PROBE_SECONDS s" ;;
    *NU1301*) why="the package registry cannot be reached" ;;
    *) why="Nuke.Common cannot be restored" ;;
  esac
  printf '%s\n' stand-in "NUKE: stand-in: build/StandIn ($why)"
}

# Changes with every byte that the build program is made from.
fingerprint() {
  printf '%s\n' "$nuke"
  find build global.json Directory.*.props -type f ! -name '*.txt' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
}

compile_build() {
  local stamp=$state/stamp now
  now=$(fingerprint | sha256sum)
  [[ -s $program && -s $stamp && $(<"$stamp") == "$now" ]] && return
  check_sdk
  rm -f "$stamp"
  dotnet msbuild build/Build.csproj -restore -p:Configuration=Release -nologo -v:q -tl:off \
    -p:UseNukeCommon="$([[ $nuke == package ]] && echo true || echo false)" </dev/null ||
    stop "build/ does not compile (with NUKE: $nuke)"
  printf '%s\n' "$now" >"$stamp"
}

main() {
  local nuke nuke_line program=$state/bin/Build/release/Build.dll
  mkdir -p "$state" || exit 1
  only_asks "$@" || install_packages

  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NUKE_TELEMETRY_OPTOUT=1
  # Invariant, so that no ICU is needed. Without node reuse, no left-over process holds yesterday's task assembly.
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-1} MSBUILDDISABLENODEREUSE=1
  find_dotnet
  choose_nuke
  say "$nuke_line"
  [[ $nuke == package ]] && mkdir -p .nuke # how NUKE knows the root folder
  compile_build
  exec dotnet "$program" "$@"
}

main "$@"
