package io.tollgate.relay.gateway.internal.form;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.loop.SpoolFiles;
import io.tollgate.relay.protocols.forms.BodySource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that is kept until its request is over: in memory while it is small, else in a private
 * file. Confined to one event loop, but for {@link #read}, which may be called on another thread
 * once all of it is there.
 */
public final class SpooledBody implements BodySource, RequestResources.Held {
  private static final Logger log = LoggerFactory.getLogger(SpooledBody.class);
  private static final byte[] NOTHING = {};

  private final RequestResources resources;
  private final SpoolFiles files;
  private final int memoryMax;
  private final BudgetedBytes memory;
  private @Nullable AsyncFile file;
  private long taken;
  private boolean closed;
  // read on other threads once all is there
  private volatile byte[] whole = NOTHING;
  private volatile @Nullable Path path;
  private volatile long length;

  SpooledBody(RequestResources resources, int memoryMax) {
    this.resources = requireNonNull(resources, "resources is null");
    this.memoryMax = memoryMax;
    files = resources.loop().spools();
    memory = new BudgetedBytes(resources, -1);
    resources.hold(this);
  }

  /**
   * Adds a piece, which is not to be changed afterwards.
   *
   * @return done when the next may be added; fails with a refusal where there is no room
   */
  Future<Void> add(byte[] piece) {
    long before = length;
    length = before + piece.length;
    if (path == null && length <= memoryMax) {
      return memory.add(piece)
          ? Future.succeededFuture()
          : Future.failedFuture(MemoryBudget.exhausted());
    }
    long more = path == null ? length : piece.length;
    if (!files.tryTake(more)) {
      return Future.failedFuture(SpoolFiles.exhausted());
    }
    taken += more;
    return path == null ? begin(piece, before) : write(piece, before);
  }

  private Future<Void> begin(byte[] piece, long before) {
    Path chosen = files.next();
    path = chosen;
    return resources
        .loop()
        .vertx()
        .fileSystem()
        .open(
            chosen.toString(),
            new OpenOptions().setRead(true).setWrite(true).setCreateNew(true).setPerms("rw-------"))
        .compose(
            opened -> {
              file = opened;
              if (closed) {
                delete(opened, chosen);
                return Future.failedFuture("the request is over");
              }
              if (before == 0) {
                return write(piece, 0);
              }
              byte[] first = memory.whole();
              return write(first, 0)
                  .compose(
                      _ -> {
                        memory.clear();
                        return write(piece, before);
                      });
            })
        .recover(SpooledBody::refused);
  }

  private Future<Void> write(byte[] bytes, long at) {
    AsyncFile open = file;
    return open == null
        ? Future.failedFuture("the file is not open")
        : open.write(BufferBytes.over(bytes), at).recover(SpooledBody::refused);
  }

  private static Future<Void> refused(Throwable cause) {
    if (cause instanceof Refusal) {
      return Future.failedFuture(cause);
    }
    log.atWarn().setCause(cause).log("a form could not be written to its file");
    return Future.failedFuture(
        new Refusal(ErrorCode.UNAVAILABLE, "the form could not be kept; try again soon", cause));
  }

  /** All of it has been added. */
  void end() {
    if (path == null) {
      whole = memory.whole();
    }
  }

  /** Some of it, to be sent. */
  Future<Buffer> piece(long at, int bytes) {
    AsyncFile open = file;
    if (open != null) {
      return open.read(Buffer.buffer(bytes), 0, at, bytes);
    }
    byte[] all = whole;
    return Future.succeededFuture(
        Buffer.buffer(java.util.Arrays.copyOfRange(all, (int) at, (int) at + bytes)));
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int read(long at, byte[] into, int from, int bytes) {
    Path kept = path;
    if (kept == null) {
      int count = (int) Math.min(bytes, whole.length - at);
      System.arraycopy(whole, (int) at, into, from, count);
      return count;
    }
    try (FileChannel channel = FileChannel.open(kept, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(into, from, bytes);
      while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position() - from) > 0) {
        // until all of it is there
      }
      return buffer.position() - from;
    } catch (IOException e) {
      // its request is over, and the file deleted
      return 0;
    }
  }

  @Override
  public void giveBack() {
    if (closed) {
      return;
    }
    closed = true;
    memory.clear();
    AsyncFile open = file;
    Path kept = path;
    if (open != null && kept != null) {
      delete(open, kept);
    } else {
      files.give(taken);
      taken = 0;
    }
  }

  private void delete(AsyncFile open, Path kept) {
    long room = taken;
    taken = 0;
    open.close()
        .eventually(() -> resources.loop().vertx().fileSystem().delete(kept.toString()))
        .onComplete(
            deleted -> {
              files.give(room);
              if (deleted.failed()) {
                resources
                    .addTo(log.atWarn())
                    .setCause(deleted.cause())
                    .log("the file of a form was not deleted");
              }
            });
  }
}
