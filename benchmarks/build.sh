# Sourced by the scripts here: `root` is the project's folder, `java` a JDK 25's, `build MODULE…`
# builds. The launcher looks for the JDK.

JAVA_HOME=$("$root/auriga" --print-jdk) # which says what to do if there is none
export JAVA_HOME
java=$JAVA_HOME/bin/java

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

