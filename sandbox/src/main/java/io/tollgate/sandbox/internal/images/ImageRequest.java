package io.tollgate.sandbox.internal.images;

import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import java.util.List;

/**
 * Images that are asked for.
 *
 * @param count how many
 * @param inputs how many pictures were sent along
 * @param partial how many states of an image are told before it is finished
 */
record ImageRequest(
    String model,
    String prompt,
    int count,
    String size,
    String quality,
    boolean asUrl,
    int inputs,
    boolean stream,
    int partial) {
  static final List<String> SIZES =
      List.of(
          "auto",
          "1024x1024",
          "1024x1536",
          "1536x1024",
          "256x256",
          "512x512",
          "1792x1024",
          "1024x1792");
  static final List<String> QUALITIES = List.of("auto", "low", "medium", "high", "standard", "hd");

  private static final int TOKENS_OF_INPUT = 194;

  ImageRequest {
    if (prompt.isBlank()) {
      throw Problem.invalid("prompt", "Invalid 'prompt': empty (expected: some text).");
    }
    if (asUrl && byTokens(model)) {
      throw Problem.invalid(
          "response_format", "unknown_parameter", "Unknown parameter: 'response_format'.");
    }
    if (stream && !byTokens(model)) {
      throw Problem.invalid("stream", "Streaming is not supported for this model.");
    }
    if (model.equals("dall-e-3") && count > 1) {
      throw Problem.invalid("n", "You must provide n=1 for this model.");
    }
  }

  /** Whether the model is billed by tokens; others are by images. */
  boolean byTokens() {
    return byTokens(model);
  }

  static boolean byTokens(String model) {
    return model.startsWith("gpt-image") || model.startsWith("chatgpt-image");
  }

  int width() {
    return side(0);
  }

  int height() {
    return side(1);
  }

  private int side(int which) {
    return size.equals("auto") ? 1024 : Integer.parseInt(size.split("x", -1)[which]);
  }

  long seed(int index) {
    return Seeds.mix(Seeds.with(Seeds.with(index, model), prompt));
  }

  Usage usage(TokenCounter counter) {
    if (!byTokens()) {
      return Usage.NONE.with(Kind.IMAGES, count);
    }
    long images = (long) inputs * TOKENS_OF_INPUT;
    long output = (long) count * tokensOfOutput();
    return Usage.of(counter.count(prompt) + images, output)
        .with(Kind.IMAGE_INPUT_TOKENS, images)
        .with(Kind.IMAGE_OUTPUT_TOKENS, output);
  }

  /** As OpenAI publishes it for gpt-image-1, by quality and form. */
  private int tokensOfOutput() {
    int square =
        switch (quality) {
          case "low" -> 272;
          case "high", "hd" -> 4160;
          default -> 1056;
        };
    if (width() == height()) {
      return square;
    }
    return width() < height() ? square * 3 / 2 : square * 3 / 2 - 8 * (square / 272);
  }
}
