package io.tollgate.identity.internal;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.TenantSecretBox;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals each secret with a random data key, and that with the tenant's. The sealed form is a byte
 * of version, two of length, the wrapped data key, and what it seals.
 */
public final class EnvelopeSecretBox implements TenantSecretBox {
  private static final byte VERSION = 1;
  private static final int DATA_KEY_BYTES = 32;

  private final MasterKey masterKey;
  private final String purpose;
  private final SecureRandom random;

  public EnvelopeSecretBox(MasterKey masterKey, String purpose, SecureRandom random) {
    this.masterKey = masterKey;
    this.purpose = purpose;
    this.random = random;
  }

  @Override
  public byte[] seal(TenantId tenant, byte[] plain, String associated) {
    byte[] dataKey = new byte[DATA_KEY_BYTES];
    random.nextBytes(dataKey);
    String bound = bound(tenant, associated);
    try {
      byte[] wrapped = tenantBox(tenant).seal(dataKey, "data key of " + bound);
      byte[] sealed = box(dataKey).seal(plain, bound);
      return ByteBuffer.allocate(1 + Short.BYTES + wrapped.length + sealed.length)
          .put(VERSION)
          .putShort((short) wrapped.length)
          .put(wrapped)
          .put(sealed)
          .array();
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  @Override
  public byte[] open(TenantId tenant, byte[] sealed, String associated) {
    String bound = bound(tenant, associated);
    ByteBuffer form = ByteBuffer.wrap(sealed);
    byte[] wrapped;
    byte[] content;
    try {
      if (form.get() != VERSION) {
        throw notSealed(bound);
      }
      int length = form.getShort();
      if (length < 0 || length > form.remaining()) {
        throw notSealed(bound);
      }
      wrapped = new byte[length];
      form.get(wrapped);
      content = new byte[form.remaining()];
      form.get(content);
    } catch (BufferUnderflowException e) {
      throw notSealed(bound);
    }
    byte[] dataKey = tenantBox(tenant).open(wrapped, "data key of " + bound);
    try {
      return box(dataKey).open(content, bound);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  private AesGcmSecretBox tenantBox(TenantId tenant) {
    return new AesGcmSecretBox(
        masterKey.derive("AES", "data keys of tenant " + tenant.value() + ": " + purpose), random);
  }

  private AesGcmSecretBox box(byte[] dataKey) {
    return new AesGcmSecretBox(new SecretKeySpec(dataKey, "AES"), random);
  }

  private String bound(TenantId tenant, String associated) {
    return purpose + ", tenant " + tenant.value() + ": " + associated;
  }

  private static IllegalStateException notSealed(String bound) {
    return new IllegalStateException("cannot open " + bound + ": not a sealed value");
  }
}
