package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Logs as directories {@code meter/<log id>} of a data directory. */
public final class FileLogShelf implements LogShelf {
  private static final String NAME = "meter";

  private final Path directory;

  private FileLogShelf(Path directory) {
    this.directory = directory;
  }

  /** The shelf of a data directory, which need not have one yet. */
  public static FileLogShelf of(Path dataDirectory) {
    return new FileLogShelf(dataDirectory.resolve(NAME));
  }

  @Override
  public List<UUID> logs() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<UUID> ids = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        String name = String.valueOf(entry.getFileName());
        if (Files.isDirectory(entry) && isId(name)) {
          ids.add(UUID.fromString(name));
        }
      }
    }
    return ids;
  }

  /** What is named otherwise was put there by somebody else, or put aside. */
  private static boolean isId(String name) {
    try {
      return UUID.fromString(name).toString().equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public LogStorage log(UUID id) throws IOException {
    return FileLogStorage.in(directory.resolve(id.toString()));
  }

  @Override
  public void remove(UUID id) throws IOException {
    LogStorage storage = log(id);
    for (String name : storage.segments()) {
      storage.delete(name);
    }
    // anything else in there is not ours to remove, and keeps the directory
    Files.deleteIfExists(directory.resolve(id.toString()));
  }
}
