package io.tollgate.postgres.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.postgres.PostgresException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's programs, and the way in which they run here.
 *
 * @param binaries where they lie
 * @param launch how they are started
 */
public record ServerPrograms(ServerBinaries binaries, ServerLaunch launch) {
  public ServerPrograms {
    requireNonNull(binaries, "binaries is null");
    requireNonNull(launch, "launch is null");
  }

  /**
   * Unpacks into the first folder from which the programs run. A later one may do where an earlier
   * does not: root's home is closed to the user the server runs as where there are no namespaces.
   *
   * @param home folder the server has to reach
   * @throws PostgresException when they run from none, saying why
   */
  public static ServerPrograms find(Platform platform, List<Path> folders, Path home) {
    List<String> faults = new ArrayList<>();
    for (Path folder : folders) {
      try {
        ServerBinaries binaries = ServerBinaries.unpack(folder, platform);
        return new ServerPrograms(
            binaries, ServerLaunch.choose(platform, binaries.program("postgres"), home));
      } catch (PostgresException e) {
        faults.add(folder + ": " + e.getMessage());
      }
    }
    throw new PostgresException(String.join("; ", faults));
  }
}
