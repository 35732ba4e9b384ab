package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The files of a log wherever they lie, to be read. */
public final class LogFiles {
  private LogFiles() {}

  /**
   * A log, or a part of it.
   *
   * @param path one segment, or a directory with the segments of one log
   */
  public static LogStorage at(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return Files.isDirectory(path) ? FileLogStorage.in(path) : new OneFile(path);
  }

  /** A single segment. */
  private record OneFile(Path path) implements LogStorage {
    @Override
    public List<String> segments() {
      return List.of(String.valueOf(path.getFileName()));
    }

    @Override
    public byte[] read(String name) throws IOException {
      return Files.readAllBytes(path);
    }

    @Override
    public LogSegment allocate(String name, int bytes) {
      throw new UnsupportedOperationException("only to be read");
    }

    @Override
    public void force(String name) {
      throw new UnsupportedOperationException("only to be read");
    }

    @Override
    public void delete(String name) {
      throw new UnsupportedOperationException("only to be read");
    }
  }
}
