package io.auriga.crypto.ssz;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.SpecError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The containers of one fork by their names, as they are being defined with a network's limits. */
final class TypeTable {
  /** The largest limit of the protocol is 2^40; more could only be a mistake. */
  private static final long LIMIT_MAX = 1L << 40;

  /** Fixed lengths are far smaller; this keeps every size within an {@code int}. */
  private static final long LENGTH_MAX = 1L << 24;

  private final ChainSpec spec;
  private final Map<String, SszContainer> types = new LinkedHashMap<>();

  TypeTable(ChainSpec spec) {
    this.spec = spec;
  }

  Map<String, SszContainer> byName() {
    return Map.copyOf(types);
  }

  SszContainer container(String name, List<SszContainer.Field> fields) {
    SszContainer container = new SszContainer(name, fields);
    types.put(name, container);
    return container;
  }

  /** A container that was defined before. */
  SszContainer defined(String name) {
    SszContainer container = types.get(name);
    if (container == null) {
      throw new IllegalStateException(name + " is used before it is defined");
    }
    return container;
  }

  SszSchema list(SszSchema element, String limitName) {
    return new SszSchema.List(element, limit(limitName));
  }

  /** A parameter that bounds a list. */
  long limit(String name) {
    return require(name, LIMIT_MAX);
  }

  /** A parameter that is an exact length. */
  int length(String name) {
    return (int) require(name, LENGTH_MAX);
  }

  /** The product of two parameters, itself a length. */
  int length(String name, String times) {
    long product = (long) length(name) * length(times);
    return (int) bounded(name + " × " + times, product, LENGTH_MAX);
  }

  /** A parameter of the preset by name, to which the execution layer gives one value only. */
  int exactly(String name, int value) {
    if (length(name) != value) {
      throw bad(name, length(name), "must be " + value);
    }
    return value;
  }

  private long require(String name, long max) {
    return bounded(name, spec.number(name), max);
  }

  private long bounded(String name, long value, long max) {
    if (value <= 0 || value > max) {
      throw bad(name, value, "must be 1 to " + max);
    }
    return value;
  }

  private AurigaException bad(String name, long value, String wanted) {
    return new AurigaException(
        SpecError.BAD_CONFIG,
        "read the configuration of network " + spec.name(),
        name + " is " + Long.toUnsignedString(value) + ", and " + wanted);
  }
}
