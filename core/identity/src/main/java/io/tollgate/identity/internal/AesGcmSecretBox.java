package io.tollgate.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.identity.SecretBox;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets with AES-256-GCM. The sealed form is one byte of version, twelve of nonce,
 * ciphertext, sixteen of tag. Random nonces are safe for some 2^32 values per key (NIST SP 800-38D,
 * 8.3).
 */
public final class AesGcmSecretBox implements SecretBox {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int LEAST_BYTES = 1 + NONCE_BYTES + TAG_BITS / 8;

  private final SecretKey key;
  private final SecureRandom random;

  public AesGcmSecretBox(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  @Override
  public byte[] seal(byte[] plain, String associated) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + encrypted.length)
          .put(VERSION)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal " + associated, e);
    }
  }

  @Override
  public byte[] open(byte[] sealed, String associated) {
    if (sealed.length < LEAST_BYTES || sealed[0] != VERSION) {
      throw new IllegalStateException("cannot open " + associated + ": not a sealed value");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 1, nonce, 0, NONCE_BYTES);
    int start = 1 + NONCE_BYTES;
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, associated)
          .doFinal(sealed, start, sealed.length - start);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "cannot open " + associated + ": sealed under another key, for another row, or changed",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String associated) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated.getBytes(UTF_8));
    return cipher;
  }
}
