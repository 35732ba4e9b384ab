package io.tollgate.sandbox.internal.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Gathers a body up to a bound. */
public final class BodyReader {
  /** Most bytes of a body. */
  public static final int LIMIT = 32 * 1024 * 1024;

  private BodyReader() {}

  /** Hands the whole body over, or says that it is too large (once; the rest is not kept). */
  public static void read(HttpServerRequest request, Consumer<Buffer> whole, Runnable tooLarge) {
    read(request, LIMIT, whole, tooLarge);
  }

  /** The same with a bound of its own, in bytes. */
  public static void read(
      HttpServerRequest request, int limit, Consumer<Buffer> whole, Runnable tooLarge) {
    Gathering gathering = new Gathering(limit, whole, tooLarge);
    request.handler(gathering::more);
    request.endHandler(ended -> gathering.end());
  }

  private static final class Gathering {
    private final int limit;
    private final Consumer<Buffer> whole;
    private final Runnable tooLarge;
    private Buffer body = Buffer.buffer(0);
    private boolean refused;

    Gathering(int limit, Consumer<Buffer> whole, Runnable tooLarge) {
      this.limit = limit;
      this.whole = whole;
      this.tooLarge = tooLarge;
    }

    void more(Buffer part) {
      if (refused) {
        return;
      }
      if ((long) body.length() + part.length() > limit) {
        refused = true;
        body = Buffer.buffer(0);
        tooLarge.run();
      } else {
        body = body.appendBuffer(part);
      }
    }

    void end() {
      if (!refused) {
        whole.accept(body);
      }
    }
  }
}
