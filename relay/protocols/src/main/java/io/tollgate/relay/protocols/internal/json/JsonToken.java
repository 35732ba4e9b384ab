package io.tollgate.relay.protocols.internal.json;

/** What {@link JsonScanner#next} found. */
public enum JsonToken {
  OBJECT_START,
  OBJECT_END,
  ARRAY_START,
  ARRAY_END,
  /** The name of an object's member; its value is next. */
  NAME,
  STRING,
  NUMBER,
  TRUE,
  FALSE,
  NULL,
  /** The one value is over and nothing follows it. */
  END
}
