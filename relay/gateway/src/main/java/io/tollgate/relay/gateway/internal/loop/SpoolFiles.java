package io.tollgate.relay.gateway.internal.loop;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private files in which large forms wait until they are sent on: their folder, their names,
 * and the room that they may take together. Safe for use by many threads.
 */
public final class SpoolFiles {
  private static final Logger log = LoggerFactory.getLogger(SpoolFiles.class);
  private static final String BEGINNING = "form-";

  private final Path folder;
  private final long max;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong number = new AtomicLong();

  private SpoolFiles(Path folder, long max) {
    this.folder = folder;
    this.max = max;
  }

  /**
   * Makes the folder where it is not there, and deletes what requests before this start have left.
   *
   * @param max bytes of all files together
   */
  public static SpoolFiles open(Path folder, long max) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      int left = 0;
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, BEGINNING + "*")) {
        for (Path file : files) {
          left += Files.deleteIfExists(file) ? 1 : 0;
        }
      }
      if (left > 0) {
        log.atInfo().addKeyValue("files", left).log("forms of requests before this start deleted");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SpoolFiles(folder, max);
  }

  /** A file that is not there yet. */
  public Path next() {
    return folder.resolve(BEGINNING + number.incrementAndGet());
  }

  /** Bytes in files now. */
  public long taken() {
    return taken.get();
  }

  public boolean tryTake(long bytes) {
    if (taken.addAndGet(bytes) > max) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  public void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  public static Refusal exhausted() {
    return new Refusal(
            ErrorCode.UNAVAILABLE,
            "the gateway holds as many bytes of forms as it may; try again soon")
        .withRetryAfter(Duration.ofSeconds(1));
  }
}
