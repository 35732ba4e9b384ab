package io.tollgate.identity;

/**
 * Keeps secrets that must be read again (merchants' signing secrets, keys of upstream accounts):
 * AES-256-GCM under a key derived from the master key for one purpose. What is sealed opens only
 * with the same associated text, so that a sealed value moved to another row does not open. Safe
 * for use by many threads.
 */
public interface SecretBox {
  /**
   * @param associated whose and which secret it is, e.g. {@code tenant 1 app secret}; not stored
   */
  byte[] seal(byte[] plain, String associated);

  /**
   * @throws IllegalStateException when it was not sealed under this master key, purpose and
   *     associated text, or was changed
   */
  byte[] open(byte[] sealed, String associated);
}
