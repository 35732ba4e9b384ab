package io.tollgate.relay.protocols.openai.documents;

/** What is asked for. */
public enum DocumentKind {
  /**
   * Vectors for texts, which cost what the texts have of tokens.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>
   */
  EMBEDDINGS("/embeddings", "data", ""),

  /**
   * Whether texts and pictures are harmful, which is free.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/moderations">Moderations</a>
   */
  MODERATIONS("/moderations", "results", "omni-moderation-latest");

  private final String path;
  private final String list;
  private final String usualModel;

  DocumentKind(String path, String list, String usualModel) {
    this.path = path;
    this.list = list;
    this.usualModel = usualModel;
  }

  /** Where it is posted to. */
  public String path() {
    return path;
  }

  /** The member of the answer that has what was asked for. */
  String list() {
    return list;
  }

  /** The model of a request that names none; empty where each must. */
  String usualModel() {
    return usualModel;
  }

  boolean free() {
    return this == MODERATIONS;
  }
}
