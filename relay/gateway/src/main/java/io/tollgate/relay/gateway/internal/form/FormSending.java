package io.tollgate.relay.gateway.internal.form;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.forms.FormBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;

/**
 * Sends a kept form upstream, piece by piece, as fast as the upstream takes it. Whatever goes wrong
 * on the way is told by the request itself.
 */
public final class FormSending {
  private static final int PIECE_BYTES = 64 * 1024;

  private final RequestResources resources;
  private final HttpClientRequest request;
  private final FormBody form;
  private final SpooledBody kept;
  private int piece;
  private long sentOfPiece;

  private FormSending(
      RequestResources resources, HttpClientRequest request, FormBody form, SpooledBody kept) {
    this.resources = requireNonNull(resources, "resources is null");
    this.request = requireNonNull(request, "request is null");
    this.form = requireNonNull(form, "form is null");
    this.kept = requireNonNull(kept, "kept is null");
  }

  /** Starts to send. */
  public static void start(RequestResources resources, HttpClientRequest request, FormBody form) {
    if (!(form.source() instanceof SpooledBody kept)) {
      throw new IllegalArgumentException("form: not kept here (expected: one that was read here)");
    }
    request.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(form.length()));
    new FormSending(resources, request, form, kept).next();
  }

  private void next() {
    if (resources.closed()) {
      return;
    }
    while (piece < form.pieces().size() && sentOfPiece == form.pieces().get(piece).length()) {
      piece++;
      sentOfPiece = 0;
    }
    if (piece == form.pieces().size()) {
      var unused = request.end();
      return;
    }
    bytes(form.pieces().get(piece))
        .onComplete(resources.guarded(this::write), resources.guarded(_ -> unreadable()));
  }

  private void write(Buffer bytes) {
    if (bytes.length() == 0) {
      unreadable();
      return;
    }
    sentOfPiece += bytes.length();
    // where the connection is gone, or answered already, the request tells it
    request.write(bytes).onSuccess(resources.guarded(_ -> next()));
  }

  private Future<Buffer> bytes(FormBody.Piece of) {
    return switch (of) {
      case FormBody.Written written -> Future.succeededFuture(BufferBytes.over(written.bytes()));
      case FormBody.Kept from -> {
        long at = from.from() + sentOfPiece;
        yield kept.piece(at, (int) Math.min(PIECE_BYTES, from.to() - at));
      }
    };
  }

  /** What cannot be read is not to look like a whole request. */
  private void unreadable() {
    var unused = request.reset();
  }
}
