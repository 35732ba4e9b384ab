package io.tollgate.tests.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * Tells an installation that runs at which step it dies, so that what one death has left does not
 * need another start before the next.
 */
public final class DeathFile implements AutoCloseable {
  private static final Duration DEATH = Duration.ofSeconds(30);
  private static final int KILLED = 137;

  private final Path file;

  public DeathFile() {
    try {
      this.file = Files.createTempFile("tollgate", ".step");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the installation is started with. */
  public Map<String, String> environment() {
    return Map.of("TOLLGATE_CRASH_AT", "told-by:" + file);
  }

  /** Lets it die at a step that this work makes it reach, and starts it again. */
  public void die(Installation installation, String code, Runnable work) {
    write(code);
    work.run();
    installation.awaitDeath(DEATH);
    assertThat(installation.process().exitValue()).isEqualTo(KILLED);
    write("");
    installation.startAgain();
  }

  private void write(String code) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, code);
      Path _ =
          Files.move(
              next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      boolean _ = Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
