package io.tollgate.metering.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Tells one boot of the machine from another: what a process wrote without fsync is still there if
 * and only if the machine has not been started anew.
 */
final class BootId {
  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /**
   * The id of this boot. Where the system tells none, a random one: every earlier log is then taken
   * for one of another boot, which is careful and never wrong.
   */
  static UUID current() {
    try {
      return UUID.fromString(Files.readString(LINUX).strip());
    } catch (IOException | IllegalArgumentException e) {
      return onMac();
    }
  }

  private static UUID onMac() {
    try {
      Process sysctl = new ProcessBuilder("sysctl", "-n", "kern.bootsessionuuid").start();
      try (var out = sysctl.getInputStream()) {
        return UUID.fromString(new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip());
      }
    } catch (IOException | IllegalArgumentException e) {
      return UUID.randomUUID();
    }
  }
}
