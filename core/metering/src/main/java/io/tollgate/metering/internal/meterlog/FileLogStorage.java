package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Segments as files of one directory.
 *
 * <p>Written through {@link RandomAccessFile} and not through a {@link FileChannel}: a channel is
 * closed under all its users when one thread that is inside of it is interrupted, and who calls us
 * is not ours to choose.
 */
public final class FileLogStorage implements LogStorage {
  static final String SUFFIX = ".meterlog";
  private static final int CHUNK = 1 << 20;

  private final Path directory;

  private FileLogStorage(Path directory) {
    this.directory = directory;
  }

  /** Keeps segments in {@code directory}, which is made when it is not there. */
  public static FileLogStorage in(Path directory) throws IOException {
    // who was charged what is nobody else's business
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new FileLogStorage(directory);
  }

  @Override
  public List<String> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .sorted()
          .toList();
    }
  }

  @Override
  public LogSegment allocate(String name, int bytes) throws IOException {
    Path path = directory.resolve(name);
    Files.createFile(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      byte[] zeros = new byte[Math.min(CHUNK, bytes)];
      for (int left = bytes; left > 0; left -= zeros.length) {
        file.write(zeros, 0, Math.min(left, zeros.length));
      }
      file.getFD().sync();
      forceDirectory();
      file.seek(0);
      return new Segment(file);
    } catch (IOException | RuntimeException e) {
      try (file) {
        Files.deleteIfExists(path);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  @Override
  public int read(String name, long position, byte[] into, int offset, int length)
      throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "r")) {
      file.seek(position);
      int count = 0;
      while (count < length) {
        int read = file.read(into, offset + count, length - count);
        if (read < 0) {
          break;
        }
        count += read;
      }
      return count;
    }
  }

  @Override
  public void force(String name) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "r")) {
      file.getFD().sync();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
    forceDirectory();
  }

  /** A directory can be fsynced only through a channel; an interrupt costs no more than a retry. */
  private void forceDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static final class Segment implements LogSegment {
    private final RandomAccessFile file;
    private long next;

    private Segment(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public int write(byte[] source, int offset, int length, long position) throws IOException {
      if (position != next) {
        file.seek(position);
      }
      file.write(source, offset, length);
      next = position + length;
      return length;
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
