package io.tollgate.relay.protocols.openai.images;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AskedUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pictures that a request asks for.
 *
 * @param count how many, 1 to {@link #MAX_COUNT}
 * @param size as the request names it, such as {@code 1024x1536}; empty where it does not
 * @param quality as the request names it, such as {@code high}; empty where it does not
 * @param partial how many unfinished states of a picture are streamed before it
 * @param inputs how many pictures are sent or named
 */
record AskedImages(int count, String size, String quality, int partial, int inputs) {
  static final int MAX_COUNT = 10;
  static final int MAX_PARTIAL = 3;

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{1,4})x([1-9][0-9]{1,4})");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,31}");
  private static final long PIXELS_OF_SQUARE = 1024L * 1024;
  // what large pictures come to as input
  private static final int TOKENS_OF_INPUT = 1105;
  private static final int TOKENS_OF_PARTIAL = 100;

  AskedImages {
    requireNonNull(size, "size is null");
    requireNonNull(quality, "quality is null");
  }

  AskedUnits units() {
    TokenUsage tokens =
        TokenUsage.builder()
            .add(UsageKind.IMAGE_INPUT, (long) inputs * TOKENS_OF_INPUT)
            .add(UsageKind.IMAGE_OUTPUT, count * outputTokens())
            .build();
    return new AskedUnits(UsageKind.IMAGES, count, count, tokens, variants());
  }

  /**
   * Output tokens of one picture, as OpenAI publishes them for a square of 1024 pixels, and in
   * proportion for others; where the choice is left to the provider, those of the best.
   *
   * @see <a href="https://platform.openai.com/docs/guides/image-generation">Cost and latency</a>
   */
  long outputTokens() {
    long square =
        switch (quality.toLowerCase(Locale.ROOT)) {
          case "low" -> 272;
          case "medium", "standard" -> 1056;
          default -> 4160;
        };
    Matcher sides = SIZE.matcher(size);
    long pixels =
        sides.matches()
            ? Long.parseLong(sides.group(1)) * Long.parseLong(sides.group(2))
            : PIXELS_OF_SQUARE * 3 / 2;
    long tokens = Math.max(square, Math.ceilDiv(square * pixels, PIXELS_OF_SQUARE));
    return Math.min(TokenUsage.MAX_TOKENS / MAX_COUNT, tokens + (long) partial * TOKENS_OF_PARTIAL);
  }

  /** Names under which a price list may have a price for such a picture. */
  private List<ServiceTier> variants() {
    List<ServiceTier> variants = new ArrayList<>(3);
    if (!size.isEmpty() && !quality.isEmpty()) {
      add(variants, quality + "-" + size);
    }
    add(variants, size);
    add(variants, quality);
    return variants;
  }

  private static void add(List<ServiceTier> variants, String name) {
    String small = name.toLowerCase(Locale.ROOT);
    if (NAME.matcher(small).matches() && !ServiceTier.of(small).equals(ServiceTier.STANDARD)) {
      variants.add(new ServiceTier(small));
    }
  }
}
