package io.tollgate.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.ground.config.SettingsException;
import io.tollgate.identity.internal.AesGcmSecretBox;
import io.tollgate.identity.internal.OwnerOnlyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's one root secret, 256 bits. What encrypts or signs uses a key derived from it
 * for one purpose (HKDF-SHA256, RFC 5869), never the key itself. Lost, everything sealed under it
 * is lost. Immutable.
 */
public final class MasterKey {
  /** Bytes of the key. */
  public static final int LENGTH = 32;

  private static final byte[] SALT = "tollgate master key v1".getBytes(UTF_8);

  private final SecretKey key;

  private MasterKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "HKDF");
  }

  /**
   * Reads a key from text.
   *
   * @throws IllegalArgumentException naming what was expected; the text is not repeated
   */
  public static MasterKey parse(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("32 bytes in base64 (openssl rand -base64 32)", e);
    }
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "32 bytes in base64 (openssl rand -base64 32), not " + bytes.length);
    }
    return new MasterKey(bytes);
  }

  /**
   * The configured key, else the one in the file, which is made on the first start and can be read
   * by its owner only.
   *
   * @throws SettingsException when the file holds no key, or others may read it
   */
  public static MasterKey load(IdentityConfig config, Path file, SecureRandom random) {
    return config.masterKey().orElseGet(() -> fromFile(file, random));
  }

  private static MasterKey fromFile(Path file, SecureRandom random) {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[LENGTH];
      random.nextBytes(bytes);
      OwnerOnlyFile.create(file, Base64.getEncoder().encodeToString(bytes) + "\n");
    }
    String text = OwnerOnlyFile.read(file);
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(file + " holds no master key (expected: " + e.getMessage() + ")");
    }
  }

  /** A key of 256 bits for one purpose, always the same one. */
  public SecretKey derive(String algorithm, String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(key)
                  .addSalt(SALT)
                  .thenExpand(purpose.getBytes(UTF_8), LENGTH));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is missing from this Java", e);
    }
  }

  /** A box for secrets of one purpose. */
  public SecretBox secretBox(String purpose, SecureRandom random) {
    return new AesGcmSecretBox(derive("AES", "secret box: " + purpose), random);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "MasterKey";
  }
}
