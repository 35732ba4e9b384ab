package io.tollgate.web.internal;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a body that is still to come when its request is answered. */
public final class LastAnswer {
  /** A body up to this is read and thrown away, so that the connection can be used again. */
  static final long SHORT_BYTES = 64L << 10;

  private LastAnswer() {}

  /** Makes the answer the connection's last, unless the rest of the body is known to be short. */
  public static void prepare(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    boolean waitsForUs = request.headers().contains(HttpHeaders.EXPECT);
    if (!chunked && !waitsForUs && isShort(length)) {
      request.handler(part -> {});
      request.resume();
      return;
    }
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    ConnectionGuard.of(request).closeAfterAnswer();
  }

  private static boolean isShort(@Nullable String length) {
    if (length == null) {
      return true;
    }
    try {
      return Long.parseLong(length) <= SHORT_BYTES;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
