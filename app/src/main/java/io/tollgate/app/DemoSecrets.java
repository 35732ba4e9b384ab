package io.tollgate.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Files of the demo that only their owner can read. */
final class DemoSecrets {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;
  private final Map<String, String> secrets = new LinkedHashMap<>();

  /**
   * Reads what earlier starts kept: the books hold hashes only, and demo.json shows the secrets.
   */
  DemoSecrets(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try {
        JSON.readTree(Files.readAllBytes(file))
            .properties()
            .forEach(entry -> secrets.put(entry.getKey(), entry.getValue().asString()));
      } catch (IOException e) {
        throw new StartException(file + " cannot be read: " + e);
      }
    }
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  void keep(String name, String secret) {
    secrets.put(name, secret);
    writePrivately(file, secrets);
  }

  /** Writes JSON for the owner only; it appears whole or not at all. */
  static void writePrivately(Path file, Object value) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(unfinished);
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        var bytes =
            ByteBuffer.wrap(
                (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          int unused = channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartException(file + " cannot be written: " + e);
    }
  }
}
