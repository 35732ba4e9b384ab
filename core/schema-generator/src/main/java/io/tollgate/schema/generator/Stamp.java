package io.tollgate.schema.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What generated classes were made from. Kept in a file that also goes into the program, which so
 * knows whether a database was migrated by its like.
 *
 * @param hash over the migrations, this generator and the versions of its tools
 */
record Stamp(String hash) {
  /**
   * Goes up when this generator makes other classes from the same migrations, or when what is done
   * around them (schemas, default rights) changes.
   */
  private static final String GENERATOR = "2";

  static Stamp of(Path migrations, String codegenVersion) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((GENERATOR + "\n" + codegenVersion + "\n").getBytes(UTF_8));
      for (Path file : Trees.files(migrations)) {
        byte[] content = Files.readAllBytes(file);
        String header = migrations.relativize(file) + "\n" + content.length + "\n";
        digest.update(header.getBytes(UTF_8));
        digest.update(content);
      }
      return new Stamp(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  boolean isIn(Path file) throws IOException {
    return Files.exists(file) && Files.readString(file).strip().equals(hash);
  }

  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, hash + "\n");
  }
}
