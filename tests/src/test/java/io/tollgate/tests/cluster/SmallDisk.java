package io.tollgate.tests.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk of a service's data directory, which can be made full. As root it is a small disk in
 * memory; whoever may not mount one has the files of the process limited in size instead, so that
 * no new segment of a log fits.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int MIB = 1 << 20;

  private final Service service;
  private final Path folder;
  private final boolean mounted;

  private SmallDisk(Service service, Path folder, boolean mounted) {
    this.service = service;
    this.folder = folder;
    this.mounted = mounted;
  }

  /** Puts the data directory of a service that was not started yet on a disk of some MiB. */
  static SmallDisk under(Service service, Path folder, int mib) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean mounted =
        Shell.works("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", "" + folder);
    return new SmallDisk(service, folder, mounted);
  }

  /** Leaves no room for another MiB. */
  public void fill() {
    if (!mounted) {
      limitFiles(Integer.toString(MIB - 1));
      return;
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
      byte[] part = new byte[4096];
      while (true) {
        out.write(part);
      }
    } catch (IOException e) {
      // no space left on device: that is what it is for
      return;
    }
  }

  public void makeRoom() {
    if (!mounted) {
      limitFiles("unlimited");
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("filler"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (mounted) {
      Shell.run("umount", "-l", folder.toString());
    }
  }

  private void limitFiles(String bytes) {
    Shell.run("prlimit", "--pid", Long.toString(service.pid()), "--fsize=" + bytes + ":unlimited");
  }
}
