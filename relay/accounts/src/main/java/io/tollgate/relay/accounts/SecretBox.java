package io.tollgate.relay.accounts;

/** Encrypts what must be kept secret at rest. Safe for use by many threads. */
public interface SecretBox {
  /**
   * @param associated names what the secret belongs to; the same text is needed to open it
   */
  byte[] seal(byte[] plain, String associated);

  /**
   * @throws RuntimeException when the bytes were changed, or belong to something else
   */
  byte[] open(byte[] sealed, String associated);
}
