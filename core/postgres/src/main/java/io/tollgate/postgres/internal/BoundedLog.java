package io.tollgate.postgres.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what a process writes into a file of bounded size; when it is full, it becomes {@code .1}
 * and a new one is begun. Keeps reading whatever happens to the file: a process that nobody reads
 * stands still.
 */
final class BoundedLog {
  static final long MAX_BYTES = 2L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(BoundedLog.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path file;
  private final long maxBytes;
  private boolean closed;
  private volatile @Nullable Thread reader;

  BoundedLog(Path file, long maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
  }

  /** Reads what the process writes until it closes its end, on a thread of its own. */
  void follow(Process process) {
    reader =
        Thread.ofPlatform()
            .daemon()
            .name("postgres-log")
            .start(() -> copy(process.getInputStream()));
  }

  /** Takes the last words of a process that ended; nothing is written to the file afterwards. */
  void close() {
    Thread last = reader;
    if (last != null) {
      try {
        boolean _ = last.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    synchronized (this) {
      closed = true;
    }
  }

  /** Copies until the process closes its end. */
  void copy(InputStream source) {
    byte[] buffer = new byte[8192];
    try (InputStream in = new BufferedInputStream(source)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        append(buffer, length);
      }
    } catch (IOException e) {
      LOG.debug("the output of PostgreSQL ended: {}", e.toString());
    }
  }

  private synchronized void append(byte[] bytes, int length) {
    if (closed) {
      return;
    }
    try {
      if (Files.exists(file) && Files.size(file) + length > maxBytes) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(bytes, 0, length);
      }
    } catch (IOException e) {
      LOG.warn("cannot write {}: {}", file, e.toString());
    }
  }
}
