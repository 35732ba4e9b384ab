package io.tollgate.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.postgres.internal.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything one installation keeps, held by one process at a time. The lock
 * is the operating system's, so it goes with the process however it ends; the file's text only
 * tells people who holds it.
 */
public final class DataDirectory implements AutoCloseable {
  /** Layout of the folder; a folder of another layout is refused. */
  static final String FORMAT = "1";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the folder if it is not there (owner only) and takes its lock. What Tollgate made in it
   * is for its owner only from then on.
   *
   * @throws PostgresException when another process holds it, it cannot be written, or its layout is
   *     another version's
   */
  public static DataDirectory open(Path folder, InstantSource clock) {
    requireNonNull(clock, "clock is null");
    Path path = folder.toAbsolutePath().normalize();
    try {
      createPrivately(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              OwnerOnly.file());
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = text(channel);
        channel.close();
        throw new PostgresException(
            "the data directory "
                + path
                + " is in use by another process ("
                + (holder.isBlank() ? "unknown" : holder.strip())
                + "); stop that one, or give this one its own with --data-dir");
      }
      DataDirectory directory = new DataDirectory(path, channel, lock);
      try {
        directory.sign(clock);
        directory.checkFormat();
        OwnerOnly.tighten(path);
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
      return directory;
    } catch (IOException e) {
      throw new PostgresException(
          "the data directory " + path + " cannot be used: " + e + " (expected: a folder of yours)",
          e);
    }
  }

  /** The folder, absolute. */
  public Path path() {
    return path;
  }

  /** Lets other processes have the folder. */
  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new PostgresException("cannot release the lock on " + path, e);
    }
  }

  private void sign(InstantSource clock) throws IOException {
    String text =
        "pid "
            + ProcessHandle.current().pid()
            + ", started "
            + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
  }

  private void checkFormat() throws IOException {
    Path file = path.resolve("format");
    String found;
    try {
      found = Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      Path unfinished = path.resolve("format.new");
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, OwnerOnly.file());
      Files.writeString(unfinished, FORMAT + "\n");
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    if (!found.equals(FORMAT)) {
      throw new PostgresException(
          "the data directory "
              + path
              + " has layout "
              + found
              + " (expected: "
              + FORMAT
              + "): it was made by another version of Tollgate; run that version, or give this one"
              + " its own folder with --data-dir");
    }
  }

  private static void createPrivately(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, OwnerOnly.folder());
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(200);
    int length = channel.read(bytes, 0);
    return length <= 0 ? "" : new String(bytes.array(), 0, length, UTF_8);
  }
}
