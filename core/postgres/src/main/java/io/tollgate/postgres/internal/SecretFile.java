package io.tollgate.postgres.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.postgres.PostgresException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A random secret kept in a file that only its owner can read. */
public final class SecretFile {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 24;

  private SecretFile() {}

  /** The secret in the file, made first when there is none. Survives a crash while being made. */
  public static String readOrCreate(Path file) {
    try {
      return Files.readString(file, UTF_8).strip();
    } catch (NoSuchFileException e) {
      return create(file);
    } catch (IOException e) {
      throw new PostgresException("cannot read " + file + ": " + e, e);
    }
  }

  private static String create(Path file) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String secret = HexFormat.of().formatHex(bytes);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(unfinished);
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(ByteBuffer.wrap((secret + "\n").getBytes(UTF_8)));
        if (channel instanceof FileChannel onDisk) {
          onDisk.force(true);
        }
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PostgresException("cannot write " + file + ": " + e, e);
    }
    return secret;
  }
}
