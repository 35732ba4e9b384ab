package io.tollgate.metering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** The id of a data directory: random, made with it. */
final class DirectoryId {
  private DirectoryId() {}

  /** Reads the id, or makes it. The caller holds the directory's lock. */
  static UUID of(Path dataDirectory) {
    Path file = dataDirectory.resolve("id");
    try {
      if (Files.exists(file)) {
        return UUID.fromString(Files.readString(file).strip());
      }
      UUID id = UUID.randomUUID();
      Path unfinished = dataDirectory.resolve("id.new");
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(unfinished, id + "\n");
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return id;
    } catch (IOException | IllegalArgumentException e) {
      throw new MeteringStartException(file + " cannot be used (expected: a UUID): " + e, e);
    }
  }
}
