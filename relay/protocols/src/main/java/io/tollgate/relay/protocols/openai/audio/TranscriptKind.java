package io.tollgate.relay.protocols.openai.audio;

/** What is to be made of sound. */
public enum TranscriptKind {
  /** Its words in its own language. */
  TRANSCRIPTION("/audio/transcriptions"),

  /** Its words in English. */
  TRANSLATION("/audio/translations");

  private final String path;

  TranscriptKind(String path) {
    this.path = path;
  }

  /** Where it is posted to. */
  String path() {
    return path;
  }
}
