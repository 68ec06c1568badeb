# Finds a JDK 25 and exports JAVA_HOME; sourced by the commands in bin/.
# Order: JAVA_HOME, java on the PATH, the usual JVM folders.

jdk_major() { # DIR -> major version, or nothing
  [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk25() {
  local java dir
  local candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  if java=$(command -v java 2>/dev/null); then
    candidates+=("$(dirname "$(dirname "$(readlink -f "$java")")")")
  fi
  candidates+=(/usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home)
  for dir in "${candidates[@]}"; do
    if [ "$(jdk_major "$dir")" = 25 ]; then
      export JAVA_HOME="$dir"
      return 0
    fi
  done
  echo "tean: no JDK 25 found (looked at JAVA_HOME, PATH and /usr/lib/jvm): install one, such as Debian's openjdk-25-jdk or temurin-25-jdk, or set JAVA_HOME" >&2
  return 1
}
