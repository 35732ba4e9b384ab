package io.tollgate.postgres.internal;

import io.tollgate.postgres.PostgresException;
import java.util.Locale;

/** Which archive belongs to this machine. */
public enum Platform {
  LINUX_AMD64("postgres-linux-x86_64.txz"),
  LINUX_ARM64("postgres-linux-arm_64.txz"),
  MAC_ARM64("postgres-darwin-arm_64.txz");

  private final String archive;

  Platform(String archive) {
    this.archive = archive;
  }

  /** Name of the archive on the class path. */
  public String archive() {
    return archive;
  }

  public boolean isLinux() {
    return this != MAC_ARM64;
  }

  /**
   * @throws PostgresException when there is no server for this machine
   */
  public static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String system, String architecture) {
    String lowered = system.toLowerCase(Locale.ROOT);
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    if (lowered.startsWith("linux") && intel) {
      return LINUX_AMD64;
    }
    if (lowered.startsWith("linux") && arm) {
      return LINUX_ARM64;
    }
    if (lowered.startsWith("mac") && arm) {
      return MAC_ARM64;
    }
    throw new PostgresException(
        "no embedded PostgreSQL for "
            + system
            + " on "
            + architecture
            + " (expected: Linux on amd64 or arm64, macOS on arm64);"
            + " give a server of your own with --postgres-url");
  }
}
