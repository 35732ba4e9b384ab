package io.tollgate.identity.internal.rates;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.identity.internal.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The name of a gateway among those that share limits. It stands in a file of its data directory,
 * so that a gateway that was killed and starts again takes its own place, and nobody waits for the
 * other one to be gone.
 */
public final class RateMember {
  private static final String FILE = "rates.id";

  private RateMember() {}

  /** The name that stands there, or a new one that does from now on. */
  public static UUID in(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE);
    try {
      return UUID.fromString(Files.readString(file, UTF_8).strip());
    } catch (NoSuchFileException | IllegalArgumentException _) {
      UUID member = UUID.randomUUID();
      OwnerOnlyFile.create(file, member + "\n");
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
