package io.tollgate.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a secret, by which it is stored and looked up. A lookup by hash tells a guesser
 * nothing by its timing: they cannot choose the hash.
 */
public record SecretHash(long first, long second, long third, long fourth) {
  public static final int BYTES = 32;

  private static final MessageDigest UNUSED = find();

  public static SecretHash of(String secret) {
    return of(ByteBuffer.wrap(sha256(secret)));
  }

  /** A stored hash. */
  public static SecretHash of(ByteBuffer buffer) {
    return new SecretHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecretHash hash
        && ((first ^ hash.first)
                | (second ^ hash.second)
                | (third ^ hash.third)
                | (fourth ^ hash.fourth))
            == 0;
  }

  /** Of a hash any part will do. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  public static byte[] sha256(String text) {
    return fresh().digest(text.getBytes(UTF_8));
  }

  /** A copy of one that was never used: asking the providers for one takes longer than hashing. */
  private static MessageDigest fresh() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return find();
    }
  }

  private static MessageDigest find() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java", e);
    }
  }
}
