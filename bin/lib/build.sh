# Builds what bin/tean runs; sourced by the commands in bin/ after java.sh, with $here the repository.

require() { # COMMAND PACKAGE
  command -v "$1" >/dev/null 2>&1 || { echo "tean: $1 is missing: install it (Debian package $2)" >&2; return 1; }
}

build_tean() {
  require mvn maven
  local log
  log=$(mktemp)
  echo "building Tean ..." >&2
  if ! (cd "$here" && mvn -B -q -DskipTests -Dspotless.check.skip=true -Dmdep.analyze.skip=true package) >"$log" 2>&1; then
    grep -E '^\[(ERROR|WARNING)\] .*\.java' "$log" | sort -u | head -20 >&2 || grep -E '^\[ERROR\]' "$log" | head -5 >&2 || tail -5 "$log" >&2
    if grep -qE 'Could not (transfer|find|resolve)|UnknownHost|Connection refused' "$log"; then
      echo "tean: the build could not fetch its libraries: check that Maven reaches its repository (see $log)" >&2
    else
      echo "tean: the build failed (see $log)" >&2
    fi
    return 1
  fi
  rm -f "$log"
  touch "$here/app/target/built"
}

# Whether what was built last is older than a source.
is_stale() {
  [ ! -e "$here/app/target/built" ] || [ ! -d "$here/app/target/lib" ] ||
    [ -n "$(find "$here/pom.xml" "$here"/*/pom.xml "$here"/*/src/main -newer "$here/app/target/built" -print -quit)" ]
}
