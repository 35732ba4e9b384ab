package io.tollgate.relay.protocols.forms;

/** A body that can be read at any place, wherever it is kept. Reading it may block. */
public interface BodySource {
  /** Bytes of it. */
  long length();

  /**
   * Reads some of it.
   *
   * @param at place of the first byte, at most the length
   * @return how many bytes were read: fewer than asked for at its end only
   */
  int read(long at, byte[] into, int from, int length);
}
