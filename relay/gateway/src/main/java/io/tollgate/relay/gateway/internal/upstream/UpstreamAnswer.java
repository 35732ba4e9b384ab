package io.tollgate.relay.gateway.internal.upstream;

import io.netty.handler.codec.compression.DecompressionException;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.http.ContentDecoding;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/**
 * The bytes of an upstream's answer, decompressed where the upstream compressed them unasked.
 * Paused until somebody reads. Confined to one event loop.
 */
public final class UpstreamAnswer implements RequestResources.Held {
  /** Takes an answer's bytes, and hears of exactly one end. */
  public interface Reader {
    void arrived(byte[] piece);

    void upstreamEnded();

    /** The connection broke, or what came was not what its headers said. */
    void upstreamBroke();
  }

  private static final int MAX_TYPE_LENGTH = 200;

  private final RequestResources resources;
  private final HttpClientResponse response;
  private final Optional<ContentDecoding> decoding;
  private Reader reader = NOBODY;
  private boolean begun;
  private boolean over;

  private static final Reader NOBODY =
      new Reader() {
        @Override
        public void arrived(byte[] piece) {}

        @Override
        public void upstreamEnded() {}

        @Override
        public void upstreamBroke() {}
      };

  private UpstreamAnswer(
      RequestResources resources, HttpClientResponse response, Optional<ContentDecoding> decoding) {
    this.resources = resources;
    this.response = response;
    this.decoding = decoding;
  }

  /** The answer, or nothing when it is compressed in a way that we cannot undo. */
  static Optional<UpstreamAnswer> of(RequestResources resources, HttpClientResponse response) {
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null || ContentDecoding.isPlain(encoding)) {
      return Optional.of(new UpstreamAnswer(resources, response, Optional.empty()));
    }
    Optional<ContentDecoding> decoding = ContentDecoding.of(encoding);
    if (decoding.isEmpty()) {
      return Optional.empty();
    }
    UpstreamAnswer answer = new UpstreamAnswer(resources, response, decoding);
    resources.hold(answer);
    return Optional.of(answer);
  }

  /** Who reads from now on; what was read before is not told again. */
  public void readBy(Reader next) {
    reader = next;
    if (!begun) {
      begun = true;
      response.exceptionHandler(resources.guarded(_ -> end(false)));
      response.endHandler(resources.guarded(_ -> end(true)));
      response.handler(resources.guarded(this::arrived));
    }
  }

  public void pause() {
    response.pause();
  }

  public void resume() {
    response.resume();
  }

  /** Its type as the upstream names it, shortened; empty where it names none. */
  public String contentType() {
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null || type.length() > MAX_TYPE_LENGTH ? "" : type.trim();
  }

  /** Whether nothing more comes. */
  public boolean over() {
    return over;
  }

  /** Gives it up, and the connection with it. */
  public void reset() {
    if (!over) {
      over = true;
      reader = NOBODY;
      var unused = response.request().reset();
    }
  }

  /** What still comes is dropped, so that the connection can be used again; but not for long. */
  public void letGo() {
    if (!over) {
      over = true;
      reader = NOBODY;
      StreamLeftover.letGo(resources.loop(), response);
    }
  }

  @Override
  public void giveBack() {
    decoding.ifPresent(ContentDecoding::close);
  }

  private void arrived(Buffer buffer) {
    if (over) {
      return;
    }
    byte[] piece = BufferBytes.of(buffer);
    if (decoding.isEmpty()) {
      reader.arrived(piece);
      return;
    }
    try {
      var unused = decoding.get().decode(piece, this::decoded);
    } catch (DecompressionException _) {
      Reader told = reader;
      reset();
      told.upstreamBroke();
    }
  }

  private boolean decoded(byte[] piece) {
    reader.arrived(piece);
    return !over && reader != NOBODY;
  }

  private void end(boolean whole) {
    if (over) {
      return;
    }
    over = true;
    if (whole) {
      reader.upstreamEnded();
    } else {
      reader.upstreamBroke();
    }
  }
}
