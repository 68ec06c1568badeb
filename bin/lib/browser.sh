# Gets the browser that the tests of pages drive, and a font that has Chinese; sourced by the commands in bin/.

find_browser() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -x "/usr/bin/$name" ] || [ -x "$(command -v "$name")" ]; then return 0; fi
  done
  return 1
}

find_chinese_font() {
  [ -n "$(fc-list :lang=zh 2>/dev/null)" ]
}

missing_packages() { # -> the Debian packages that are missing, on one line
  local missing=()
  # The same engine as chromium, without the parts for a window: it is quicker.
  find_browser || missing+=(chromium-headless-shell)
  find_chinese_font || missing+=(fonts-noto-cjk)
  echo "${missing[*]}"
}

get_browser() {
  local missing log as=()
  missing=$(missing_packages)
  if [ -z "$missing" ]; then
    # Nothing is untested without it; the tests of pages take half as long again.
    [ -x /usr/bin/chromium-headless-shell ] || ! may_install || missing=chromium-headless-shell
    [ -n "$missing" ] || return 0
    log=$(mktemp)
    echo "installing $missing ..." >&2
    install_packages $missing || echo "tean: apt-get could not install $missing (see $log): the browser that is here does it, slower" >&2
    return 0
  fi
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "tean: for the tests of pages this machine lacks Debian's $missing, and has no apt-get: install Chromium and a font with Chinese" >&2
    return 1
  fi
  if ! may_install; then
    echo "tean: for the tests of pages this machine lacks Debian's $missing: as root, apt-get install --no-install-recommends $missing" >&2
    return 1
  fi
  log=$(mktemp)
  echo "installing $missing ..." >&2
  # Once more: a mirror may be in the middle of a change, or another program may hold apt's lock.
  # shellcheck disable=SC2086
  if ! install_packages $missing && ! { sleep 5; install_packages $missing; }; then
    echo "tean: for the tests of pages apt-get could not install $missing ($(grep -m1 '^E: ' "$log" || echo "see $log")): repair that, or install by hand" >&2
    return 1
  fi
  missing=$(missing_packages)
  if [ -n "$missing" ]; then
    echo "tean: for the tests of pages apt-get installed $missing, which is still not to be found (see $log): install by hand" >&2
    return 1
  fi
  rm -f "$log"
}

may_install() { # sets $as of get_browser
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || { as=(sudo -n); "${as[@]}" true >/dev/null 2>&1; }
}

install_packages() { # PACKAGE...; reads $as and $log of get_browser
  {
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 update &&
      "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
  } </dev/null >>"$log" 2>&1
}
