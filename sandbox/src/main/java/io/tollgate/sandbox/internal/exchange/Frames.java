package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.served.Usage;

/** A stream's text: what comes first, a step for each piece of the answer, what comes last. */
public interface Frames {
  /** The type of server-sent events. */
  String EVENTS = "text/event-stream; charset=utf-8";

  /** The stream's media type. */
  default String contentType() {
    return EVENTS;
  }

  /** How many steps there are. */
  int steps();

  /** Writes what comes before the first step. */
  void opening(StringBuilder out);

  /** Writes a step, from 0; each once and in order. */
  void step(StringBuilder out, int step);

  /** Writes what comes after the last step. */
  void ending(StringBuilder out);

  /** What has been served once so many steps were handed over. */
  Usage delivered(int steps);
}
