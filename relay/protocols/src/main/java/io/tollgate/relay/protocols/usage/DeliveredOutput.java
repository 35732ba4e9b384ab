package io.tollgate.relay.protocols.usage;

/**
 * What an upstream has delivered, by our own count.
 *
 * @param produced whether there was anything: text, a refusal, a call, sound
 * @param textBytes bytes of text
 * @param tokens of that text, as we count them
 */
public record DeliveredOutput(boolean produced, long textBytes, long tokens) {
  public static final DeliveredOutput NOTHING = new DeliveredOutput(false, 0, 0);

  public DeliveredOutput {
    if (textBytes < 0 || tokens < 0) {
      throw new IllegalArgumentException(
          "text bytes and tokens: " + textBytes + ", " + tokens + " (expected: >= 0)");
    }
  }
}
