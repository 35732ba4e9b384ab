package io.tollgate.sandbox.internal.trading.market;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers in [-1, 1) that are fixed by their names: the first 53 bits of {@code
 * SHA-256("seed|symbol|part|n")}, divided by 2^52, less one. Not thread-safe.
 */
final class Noise {
  private static final int UNUSED_BITS = 64 - 53;
  private static final double HALF_RANGE = 0x1p52;

  private final MessageDigest digest;
  private final byte[] prefix;

  Noise(long seed, String symbol) {
    this.prefix = (seed + "|" + symbol + "|").getBytes(StandardCharsets.US_ASCII);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  double at(String part, long n) {
    digest.update(prefix);
    digest.update(part.getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) '|');
    byte[] hash = digest.digest(Long.toString(n).getBytes(StandardCharsets.US_ASCII));
    return (ByteBuffer.wrap(hash).getLong() >>> UNUSED_BITS) / HALF_RANGE - 1;
  }
}
