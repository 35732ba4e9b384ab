package io.tollgate.relay.protocols.gemini.request;

/** What form a caller wants the answer in. */
public enum AnswerShape {
  /** One document. */
  DOCUMENT,
  /** Server-sent events. */
  EVENTS,
  /** An array of JSON that grows as the answer comes. */
  ARRAY
}
