package io.tollgate.relay.protocols.internal.passing;

/** Reads the events of a stream in order, and says of each what becomes of it. */
public interface EventJudge {
  /** Reads an event that is whole. */
  EventFate read(byte[] event, int from, int to);

  /**
   * Takes the beginning of an event that is too large to be read: it is taken for an answer, and
   * counts by its bytes.
   *
   * @param begun how many bytes of the array have come
   */
  EventFate beginUnread(byte[] event, int begun);

  /** Takes a further part of an event that is too large to be read. */
  void countUnread(byte[] bytes, int from, int to);

  /** Whether what comes is an answer, which is so once anything of one has come. */
  boolean decided();

  /** Takes what comes for an answer, whatever it is. */
  void decide();

  /** Whether the stream's own end has come. */
  boolean done();

  /** What goes on in place of the event that was read last. */
  byte[] instead();
}
