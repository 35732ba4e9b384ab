package io.tollgate.trading.exchange.internal.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Keyed hashes as RFC 2104 has them, over the digests of the runtime. The runtime's own {@code Mac}
 * keeps copies of the key until they are collected as garbage; here all are wiped.
 */
public enum Hmac {
  SHA256("SHA-256", 64),
  SHA512("SHA-512", 128);

  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final String digest;
  private final int blockBytes;

  Hmac(String digest, int blockBytes) {
    this.digest = digest;
    this.blockBytes = blockBytes;
  }

  /** The hash of the parts, one after the other. */
  public byte[] of(byte[] key, byte[]... parts) {
    byte[] block = new byte[blockBytes];
    try {
      MessageDigest inner = MessageDigest.getInstance(digest);
      MessageDigest outer = MessageDigest.getInstance(digest);
      byte[] fitting = key.length > blockBytes ? inner.digest(key) : key;
      System.arraycopy(fitting, 0, block, 0, fitting.length);
      if (fitting != key) {
        Arrays.fill(fitting, (byte) 0);
      }
      flip(block, INNER);
      inner.update(block);
      for (byte[] part : parts) {
        inner.update(part);
      }
      flip(block, (byte) (INNER ^ OUTER));
      outer.update(block);
      return outer.digest(inner.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no " + digest + " in this runtime", e);
    } finally {
      Arrays.fill(block, (byte) 0);
    }
  }

  private static void flip(byte[] bytes, byte by) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= by;
    }
  }
}
