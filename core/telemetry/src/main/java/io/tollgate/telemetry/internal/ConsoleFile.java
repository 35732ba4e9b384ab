package io.tollgate.telemetry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file that a background service's console goes to within a bound. The process has it
 * open to append to, as does whatever the JVM itself prints, so it is not renamed: when it is full,
 * a copy becomes {@code .1} and the file is cut back to its beginning, which says where the service
 * is.
 */
public final class ConsoleFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleFile.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int BEGINNING_BYTES = 16 << 10;

  private final Path file;
  private final long maxBytes;
  private final CountDownLatch closing = new CountDownLatch(1);

  public ConsoleFile(Path file, long maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
  }

  /** Looks after the file until this is closed. */
  public void watch() {
    Thread unused = Thread.ofPlatform().daemon().name("console-file").start(this::watchUntilClosed);
  }

  private void watchUntilClosed() {
    try {
      while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts the file back when it is full. */
  void check() {
    try {
      if (Files.size(file) <= maxBytes) {
        return;
      }
      Path old = file.resolveSibling(file.getFileName() + ".1");
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(unfinished);
      try (OutputStream out = Channels.newOutputStream(create(unfinished))) {
        long unused = Files.copy(file, out);
      }
      Files.move(unfinished, old, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        FileChannel unused = channel.truncate(beginning(channel));
      }
    } catch (NoSuchFileException e) {
      LOG.debug("the console has no file");
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("fault", e)
          .log("console file not cut back");
    }
  }

  private static WritableByteChannel create(Path path) throws IOException {
    return Files.newByteChannel(
        path,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Length of the whole lines at the beginning. */
  private static long beginning(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BEGINNING_BYTES);
    int length = channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, Math.max(0, length), UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).getBytes(UTF_8).length;
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
