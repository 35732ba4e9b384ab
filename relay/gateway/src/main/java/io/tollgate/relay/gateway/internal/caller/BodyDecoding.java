package io.tollgate.relay.gateway.internal.caller;

import io.netty.handler.codec.compression.DecompressionException;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.http.ContentDecoding;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Decompresses a request's body, within the limit for bodies and within the memory of all requests:
 * a small body that becomes too large is refused.
 */
public final class BodyDecoding {
  private BodyDecoding() {}

  /**
   * The encoding that a request names, where there is one.
   *
   * @throws Refusal {@code UNSUPPORTED_MEDIA_TYPE} when it cannot be undone
   */
  public static Optional<String> of(HttpServerRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null || ContentDecoding.isPlain(encoding)) {
      return Optional.empty();
    }
    Optional<ContentDecoding> decoding = ContentDecoding.of(encoding);
    decoding.ifPresent(ContentDecoding::close);
    if (decoding.isEmpty()) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "the header Content-Encoding names a compression that is not read (expected: "
              + ContentDecoding.names()
              + ", or no such header)");
    }
    return Optional.of(encoding);
  }

  /**
   * The body as it was before it was compressed; on any thread.
   *
   * @throws Refusal {@code BODY_TOO_LARGE}, {@code MALFORMED_BODY}, or {@code UNAVAILABLE} when
   *     there is no memory for it
   */
  public static byte[] decoded(RequestResources resources, String encoding, byte[] body) {
    int limit = resources.loop().config().bodyLimit();
    BudgetedBytes plain = new BudgetedBytes(resources, -1);
    boolean[] exhausted = new boolean[1];
    boolean whole;
    try (ContentDecoding decoding = ContentDecoding.of(encoding).orElseThrow()) {
      whole =
          decoding.decode(
              body,
              piece -> {
                boolean fits = plain.length() + (long) piece.length <= limit;
                exhausted[0] = fits && !plain.add(piece);
                return fits && !exhausted[0];
              });
    } catch (DecompressionException _) {
      throw new Refusal(
          ErrorCode.MALFORMED_BODY,
          "the body is not what the header Content-Encoding says (expected: "
              + encoding.strip()
              + ")");
    }
    if (exhausted[0]) {
      plain.clear();
      throw MemoryBudget.exhausted();
    }
    if (!whole) {
      plain.clear();
      throw new Refusal(
          ErrorCode.BODY_TOO_LARGE,
          "the decompressed body is too large (expected: at most " + limit + " bytes)");
    }
    return plain.whole();
  }
}
