package io.tollgate.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Tells one set of migrations from another. */
public final class MigrationsHash {
  private MigrationsHash() {}

  /** SHA-256 over all migrations of this program, as the build computed it, in hexadecimal. */
  public static String current() {
    try (InputStream file = MigrationsHash.class.getResourceAsStream("migrations.sha256")) {
      if (file == null) {
        throw new IllegalStateException("migrations.sha256 is missing (expected: from the build)");
      }
      return new String(file.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
