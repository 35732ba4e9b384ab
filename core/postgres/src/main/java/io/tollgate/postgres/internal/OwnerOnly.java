package io.tollgate.postgres.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps others of the machine from what an installation keeps: keys, logs, what was charged to
 * whom. What we make is for its owner only, whatever the umask; what somebody else made is not
 * touched but told of.
 */
public final class OwnerOnly {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** What Tollgate makes in a data directory. */
  private static final Set<String> OURS =
      Set.of(
          "admin-password",
          "demo-secrets.json",
          "demo.json",
          "format",
          "id",
          "lock",
          "logs",
          "master.key",
          "meter",
          "sandbox",
          "tollgate.arguments",
          "tollgate.log",
          "tollgate.log.1",
          "tollgate.pid");

  private OwnerOnly() {}

  /** How a folder is made. */
  public static FileAttribute<?>[] folder() {
    return attributes("rwx------");
  }

  /** How a file is made. */
  public static FileAttribute<?>[] file() {
    return attributes("rw-------");
  }

  /**
   * Takes from others what they may do with the things that Tollgate made in a data directory, and
   * says what else there is that they can read.
   */
  public static void tighten(Path directory) throws IOException {
    if (!POSIX) {
      return;
    }
    List<String> foreign = new ArrayList<>();
    if (isOpen(directory)) {
      foreign.add(directory.toString());
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (Files.isSymbolicLink(entry) || !isOpen(entry)) {
          continue;
        }
        if (OURS.contains(name)) {
          close(entry);
        } else if (!name.equals("postgres")) {
          foreign.add(entry.toString());
        }
      }
    }
    if (!foreign.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("open", String.join(", ", foreign))
          .addKeyValue("mend", "chmod -R go-rwx " + directory)
          .log("others of this machine can read or write what Tollgate did not make");
    }
  }

  private static boolean isOpen(Path path) throws IOException {
    try {
      Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
      found.addAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      return found.removeAll(OTHERS);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void close(Path path) throws IOException {
    try {
      Files.setPosixFilePermissions(
          path,
          PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    } catch (NoSuchFileException e) {
      LOG.debug("gone in the meantime");
    }
  }

  private static FileAttribute<?>[] attributes(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
