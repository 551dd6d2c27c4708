# Sourced by the scripts here: `root` is the project's folder, `java` a JDK 25's, `build MODULE…`
# builds. The places are those where the launcher `auriga` looks.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".+-]' "$1/release"
}

find_jdk() {
  on_path=$(command -v java || true)
  for home in "${AURIGA_JAVA_HOME-}" "${JAVA_HOME-}" "${on_path%/bin/java}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* /usr/local/*jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.gradle/jdks/*; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      java=$home/bin/java
      export JAVA_HOME=$home
      return
    fi
  done
  echo "$0: cannot find a JDK 25. Install one, or set AURIGA_JAVA_HOME to its folder." >&2
  exit 70
}

# Quietly; Maven's own from the PATH where the wrapper cannot get its.
build() {
  maven=$root/mvnw
  "$maven" --version >/dev/null 2>&1 || maven=mvn
  echo "building …" >&2
  # Maven itself warns about its own libraries on a JDK 25.
  MAVEN_OPTS="${MAVEN_OPTS-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
    "$maven" -q -B -f "$root/pom.xml" -DskipTests "$@" package >&2
}

# The flags of every JVM that is measured: the launcher's, and room for the test data.
jvm_flags='-XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED'

find_jdk
