package io.tollgate.relay.protocols.gemini.answer;

/** Chunks in the shapes that Google's reference describes and its servers send. */
public final class Chunks {
  private Chunks() {}

  public static String event(String data) {
    return "data: " + data + "\r\n\r\n";
  }

  /** A chunk with these parts, and whatever follows the candidates. */
  public static String chunk(String parts, String finish, String more) {
    return "{\"candidates\":[{\"content\":{\"parts\":["
        + parts
        + "],\"role\":\"model\"}"
        + (finish.isEmpty() ? "" : ",\"finishReason\":\"" + finish + "\"")
        + ",\"index\":0}]"
        + more
        + ",\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}";
  }

  public static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  public static String usage(String members) {
    return ",\"usageMetadata\":{" + members + "}";
  }
}
