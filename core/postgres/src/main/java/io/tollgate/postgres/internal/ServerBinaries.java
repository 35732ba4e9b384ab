package io.tollgate.postgres.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.postgres.PostgresException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's programs, unpacked once per machine. A folder appears under its final name only when
 * it is complete, so that a process killed half way, or two at once, do no harm.
 *
 * @param root folder with {@code bin}, {@code lib} and {@code share}
 */
public record ServerBinaries(Path root) {
  private static final Logger LOG = LoggerFactory.getLogger(ServerBinaries.class);
  private static final String COMPLETE = ".complete";
  private static final String UNFINISHED = "unpacking-";
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);
  private static final long MAX_BYTES = 1L << 30;

  /** Unpacks the archive of this platform below {@code parent} unless it is there already. */
  public static ServerBinaries unpack(Path parent, Platform platform) {
    Path root = parent.resolve("postgres-" + version());
    if (Files.exists(root.resolve(COMPLETE))) {
      return new ServerBinaries(root);
    }
    try (InputStream archive = ServerBinaries.class.getResourceAsStream("/" + platform.archive())) {
      if (archive == null) {
        throw new PostgresException(
            platform.archive()
                + " is not on the class path (expected: the archive of this platform;"
                + " build on the platform it runs on, or use --postgres-url)");
      }
      Files.createDirectories(parent);
      removeLeftovers(parent);
      Path unfinished = Files.createTempDirectory(parent, UNFINISHED);
      try {
        extract(archive, unfinished);
        Files.createFile(unfinished.resolve(COMPLETE));
        publish(unfinished, root);
      } finally {
        FolderDeletion.delete(unfinished);
      }
    } catch (IOException e) {
      throw new PostgresException("cannot unpack PostgreSQL below " + parent + ": " + e, e);
    }
    LOG.info("unpacked PostgreSQL into {}", root);
    return new ServerBinaries(root);
  }

  /** A program's file: initdb, pg_ctl or postgres. */
  public Path program(String name) {
    return root.resolve("bin").resolve(name);
  }

  /** The server's major version, as in a cluster's PG_VERSION. */
  public static String majorVersion() {
    String version = version();
    return version.substring(0, version.indexOf('.'));
  }

  /** The full version, as the build chose it. */
  public static String version() {
    try (InputStream file = ServerBinaries.class.getResourceAsStream("version")) {
      if (file == null) {
        throw new PostgresException("the version file of core/postgres is not on the class path");
      }
      return new String(file.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What processes killed while unpacking left; a younger one may still be at work. */
  private static void removeLeftovers(Path parent) throws IOException {
    Instant before = Instant.now().minus(LEFT_BEHIND);
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : folders.toList()) {
        boolean unpacking = folder.getFileName().toString().startsWith(UNFINISHED);
        if (unpacking && Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
          FolderDeletion.delete(folder);
        }
      }
    }
  }

  private static void publish(Path unfinished, Path root) throws IOException {
    if (Files.exists(root) && !Files.exists(root.resolve(COMPLETE))) {
      FolderDeletion.delete(root);
    }
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(unfinished, root, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // another process may have been first
      if (!Files.exists(root.resolve(COMPLETE))) {
        throw e;
      }
    }
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    long total = 0;
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(archive, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        total += entry.getSize();
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target) || total > MAX_BYTES) {
          throw new IOException("archive entry: " + entry.getName() + " (expected: inside, small)");
        }
        write(tar, entry, file);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
