package io.tollgate.web.internal;

import io.tollgate.web.StreamedBody;
import io.tollgate.web.VirtualThreads;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends what blocking code writes, a piece as soon as the one before is on its way: whoever reads
 * slowly slows the writing, and nothing is gathered in between.
 */
final class BodyStream extends OutputStream {
  private static final int PIECE = 64 << 10;
  private static final int WRITE_SECONDS = 30;

  private final Context context;
  private final HttpServerResponse response;

  private BodyStream(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
  }

  /** To be called on the response's event loop; completes when all is written. */
  static Future<Void> send(
      Vertx vertx, VirtualThreads threads, HttpServerResponse response, StreamedBody body) {
    BodyStream stream = new BodyStream(vertx.getOrCreateContext(), response);
    return threads
        .run(
            vertx,
            () -> {
              OutputStream out = new BufferedOutputStream(stream, PIECE);
              body.write(out);
              out.flush();
              return true;
            })
        .compose(_ -> response.end());
  }

  /** Whether anybody is there still. */
  @Override
  public void flush() throws IOException {
    if (response.closed()) {
      throw new IOException("nobody takes the body any more");
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return;
    }
    Buffer piece = Buffer.buffer(length).appendBytes(bytes, from, length);
    Promise<Void> written = Promise.promise();
    context.runOnContext(
        _ -> {
          if (response.closed() || response.ended()) {
            written.fail("the caller is gone");
            return;
          }
          if (!response.headWritten()) {
            // not before: what fails before the first piece is answered as an error
            response.setChunked(true);
          }
          response.write(piece).onComplete(written);
        });
    try {
      var _ =
          written
              .future()
              .toCompletionStage()
              .toCompletableFuture()
              .get(WRITE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("nobody takes the body any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
  }
}
