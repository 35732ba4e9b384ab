package io.tollgate.ledger;

import io.tollgate.ledger.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Hash of a parsed, canonical request, as {@link TransferRequest#requestHash()} wants it: the parts
 * are what the request means, in a fixed order ({@code 10}, {@code 10.0} and {@code "10"} are one
 * amount, so hash its units and not its text).
 */
public final class RequestHash {
  private RequestHash() {}

  /** SHA-256 over the parts, each with its length, so that no two lists collide by joining. */
  public static byte[] of(String... parts) {
    List<byte[]> encoded =
        List.of(parts).stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
    int length = encoded.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(length);
    for (byte[] part : encoded) {
      buffer.putInt(part.length).put(part);
    }
    return Sha256.sha256(buffer.array());
  }
}
