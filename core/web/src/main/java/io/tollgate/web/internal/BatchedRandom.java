package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/**
 * Draws from another source in batches: as unpredictable as that, at a fraction of the price where
 * each draw takes a lock and a hash. For one thread at a time.
 */
public final class BatchedRandom implements RandomGenerator {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final RandomGenerator source;
  private final byte[] drawn = new byte[1024];
  private int at = drawn.length;

  public BatchedRandom(RandomGenerator source) {
    this.source = requireNonNull(source, "source is null");
  }

  @Override
  public long nextLong() {
    if (at == drawn.length) {
      source.nextBytes(drawn);
      at = 0;
    }
    long next = (long) LONGS.get(drawn, at);
    // what was given out is not kept
    LONGS.set(drawn, at, 0L);
    at += Long.BYTES;
    return next;
  }
}
