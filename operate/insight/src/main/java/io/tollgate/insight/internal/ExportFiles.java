package io.tollgate.insight.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.insight.internal.store.StoreException;
import io.tollgate.insight.internal.store.StoreExport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a store writes for somebody who waits for them: a bounded number at a time, each gone
 * once it was sent. Who leaves before it is written ends the writing. Safe for use by many threads.
 */
public final class ExportFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ExportFiles.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String SUFFIX = ".export";

  private final Path folder;
  private final Semaphore turns;

  /**
   * @param filesMax at a time; who comes when there are so many is refused
   */
  public ExportFiles(Path folder, int filesMax) {
    this.folder = requireNonNull(folder, "folder is null");
    this.turns = new Semaphore(filesMax);
  }

  /** Removes what a process that was killed has left. */
  public void clear() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().endsWith(SUFFIX)).toList()) {
        boolean _ = Files.deleteIfExists(file);
      }
    }
  }

  /** Has a file written and sends it. */
  void write(OutputStream out, Function<Path, StoreExport> exports) throws IOException {
    if (!turns.tryAcquire()) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "too many exports run (expected: a later try)")
          .withRetryAfter(Duration.ofSeconds(30));
    }
    Path file = Path.of("");
    try {
      Path _ = Files.createDirectories(folder);
      file = Files.createTempFile(folder, "requests", SUFFIX);
      // who writes it makes it
      Files.delete(file);
      written(exports.apply(file), out);
      long _ = Files.copy(file, out);
    } finally {
      turns.release();
      boolean _ = Files.deleteIfExists(file);
    }
  }

  private static void written(StoreExport export, OutputStream out) throws IOException {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Thread writing =
        // the engine keeps its thread while it runs: none of those that many share
        Thread.ofPlatform()
            .daemon()
            .name("request-log-export")
            .start(
                () -> {
                  try {
                    export.run();
                  } catch (StoreException | IOException | RuntimeException e) {
                    failure.set(e);
                  }
                });
    try {
      while (!writing.join(LOOK)) {
        out.flush();
      }
    } catch (IOException e) {
      export.cancel();
      throw e;
    } catch (InterruptedException e) {
      export.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the process is stopping");
    } finally {
      joined(writing);
    }
    Exception why = failure.get();
    if (why != null) {
      LOG.error("an export of the request log failed", why);
      throw new Refusal(ErrorCode.UNAVAILABLE, "the request log could not be exported", why);
    }
  }

  private static void joined(Thread writing) {
    try {
      boolean _ = writing.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
