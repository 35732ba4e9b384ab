package io.tollgate.relay.protocols.openai.images;

/** What is to be done. */
public enum ImageKind {
  /** Pictures are made from words. */
  GENERATIONS("/images/generations"),

  /** Pictures that are sent, or named, are changed. */
  EDITS("/images/edits");

  private final String path;

  ImageKind(String path) {
    this.path = path;
  }

  /** Where it is posted to. */
  String path() {
    return path;
  }
}
