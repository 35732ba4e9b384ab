package io.tollgate.sandbox.internal.trading.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A file of lines that is added to, for its owner only, held by one process at a time. What is
 * written the operating system has when the call returns; a line that a kill tore is followed by
 * whole ones. Confined to one thread.
 */
final class LineFile implements AutoCloseable {
  private final Path file;
  private FileChannel channel;
  private boolean torn;
  private long bytes;

  private LineFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.bytes = channel.size();
    this.torn = bytes > 0 && lastByte(file) != '\n';
  }

  /**
   * Opens the file, and makes it when missing.
   *
   * @throws IOException when it cannot be had, or another process has it
   */
  static LineFile open(Path file) throws IOException {
    Files.createDirectories(
        file.toAbsolutePath().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new LineFile(file, held(file));
  }

  private static FileChannel held(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      lock(channel);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException("held by another sandbox of this process", e);
    }
    if (lock == null) {
      throw new IOException("held by another sandbox process (expected: one per data directory)");
    }
  }

  private static byte lastByte(Path file) throws IOException {
    try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      int read = reading.read(last, reading.size() - 1);
      return read == 1 ? last.get(0) : 0;
    }
  }

  /** Its lines. Bytes that a kill tore apart are no error. */
  BufferedReader reader() throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  /** How large it is, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Adds a line. */
  void write(String line) {
    ByteBuffer text =
        ByteBuffer.wrap(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
    torn = true;
    try {
      while (text.hasRemaining()) {
        bytes += channel.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          file.getFileName() + " cannot be written: " + e.getMessage(), e);
    }
    torn = false;
  }

  /**
   * Puts other lines in the place of all there are: after a kill, those before or those after are
   * there.
   *
   * @param lines is handed where each of them goes
   */
  void replace(Consumer<Consumer<String>> lines) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    FileChannel held = held(next);
    LineFile written = new LineFile(next, held);
    try {
      lines.accept(written::write);
      held.force(true);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      held.close();
      throw e;
    }
    channel.close();
    channel = held;
    bytes = written.bytes;
    torn = false;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
