package io.auriga.crypto.ssz;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The integers of SSZ inside byte arrays. */
public final class LittleEndian {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  public static int int32(byte[] data, int at) {
    return (int) INT.get(data, at);
  }

  public static void putInt32(byte[] data, int at, int value) {
    INT.set(data, at, value);
  }

  public static long int64(byte[] data, int at) {
    return (long) LONG.get(data, at);
  }

  public static void putInt64(byte[] data, int at, long value) {
    LONG.set(data, at, value);
  }
}
