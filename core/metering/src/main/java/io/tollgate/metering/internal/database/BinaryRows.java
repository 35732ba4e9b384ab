package io.tollgate.metering.internal.database;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Rows in the binary form of PostgreSQL's COPY
 * (https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS). Big endian; every value
 * has its length before it, -1 for null.
 */
final class BinaryRows {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final long EPOCH_2000_SECONDS = 946_684_800L;
  private static final VarHandle BIG_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int length;

  BinaryRows(int expectedBytes) {
    bytes = new byte[Math.max(expectedBytes, 64)];
    append(SIGNATURE);
  }

  BinaryRows row(int columns) {
    return shortValue(columns);
  }

  BinaryRows uuid(UUID value) {
    return intValue(16)
        .longValue(value.getMostSignificantBits())
        .longValue(value.getLeastSignificantBits());
  }

  BinaryRows int8(long value) {
    return intValue(8).longValue(value);
  }

  BinaryRows int4(int value) {
    return intValue(4).intValue(value);
  }

  BinaryRows bool(boolean value) {
    intValue(1);
    room(1);
    bytes[length++] = (byte) (value ? 1 : 0);
    return this;
  }

  BinaryRows text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return intValue(utf8.length).append(utf8);
  }

  BinaryRows timestamp(Instant value) {
    long seconds = value.getEpochSecond() - EPOCH_2000_SECONDS;
    return int8(Math.addExact(Math.multiplyExact(seconds, 1_000_000L), value.getNano() / 1_000));
  }

  BinaryRows none() {
    return intValue(-1);
  }

  /** Ends the rows. */
  BinaryRows end() {
    return shortValue(-1);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private BinaryRows append(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  private BinaryRows shortValue(int value) {
    room(2);
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) value;
    return this;
  }

  private BinaryRows intValue(int value) {
    room(4);
    BIG_ENDIAN_INT.set(bytes, length, value);
    length += 4;
    return this;
  }

  private BinaryRows longValue(long value) {
    room(8);
    BIG_ENDIAN_LONG.set(bytes, length, value);
    length += 8;
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
