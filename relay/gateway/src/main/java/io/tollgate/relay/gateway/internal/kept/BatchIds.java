package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.ground.ChargeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The ids under which the requests of a batch are charged: the same each time they are made. */
final class BatchIds {
  private BatchIds() {}

  /** A version 8 UUID (RFC 9562) of the SHA-256 of both. */
  static ChargeId ofLine(ChargeId batch, String customId) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
    digest.update(batch.toString().getBytes(StandardCharsets.US_ASCII));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(customId.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x8000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new ChargeId(new UUID(high, low));
  }
}
