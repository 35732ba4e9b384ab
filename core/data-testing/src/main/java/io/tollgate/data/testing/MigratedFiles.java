package io.tollgate.data.testing;

import io.tollgate.schema.MigrationsHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a migrated cluster, kept between test runs: copying them takes a tenth of a second,
 * making them two or three, and every module's tests need them.
 *
 * @param folder where they are kept; named after the migrations they come from
 */
public record MigratedFiles(Path folder) {
  private static final String PREFIX = "migrated-tollgate-";
  private static final Duration UNUSED = Duration.ofDays(2);

  /** Those of the migrations that are on the class path. */
  public static MigratedFiles ofThisProgram() {
    Path cache = Path.of(System.getProperty("user.home", "/"), ".cache", "tollgate");
    return new MigratedFiles(cache.resolve(PREFIX + MigrationsHash.current()));
  }

  /**
   * Copies them to where a server's folder is to be, whose database {@code tollgate} is migrated
   * then and empty; false when there are none.
   */
  public boolean copyTo(Path target) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    Copies.copy(folder, target);
    return true;
  }

  /** Keeps the files of a server that has stopped, and forgets those of old migrations. */
  void keep(Path source) throws IOException {
    Path cache = folder.toAbsolutePath().getParent();
    if (cache == null || !Files.isWritable(cache)) {
      return;
    }
    Path unfinished = cache.resolve("keeping-" + ProcessHandle.current().pid());
    Copies.delete(unfinished);
    Copies.copy(source, unfinished);
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // another run of tests was first
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      Copies.delete(unfinished);
    }
    forgetOld(cache);
  }

  private void forgetOld(Path cache) throws IOException {
    Instant before = Instant.now().minus(UNUSED);
    List<Path> entries;
    try (Stream<Path> files = Files.list(cache)) {
      entries = files.toList();
    }
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      boolean ours = name.startsWith(PREFIX) || name.startsWith("keeping-");
      if (ours
          && !entry.equals(folder)
          && Files.getLastModifiedTime(entry).toInstant().isBefore(before)) {
        Copies.delete(entry);
      }
    }
  }
}
