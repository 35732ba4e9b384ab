package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.UsageReport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code usageMetadata}: thoughts stand beside what was said, what tools brought beside the
 * prompt, what was cached within it. Used again for each report. Whether it is believed is decided
 * elsewhere: {@link io.tollgate.relay.protocols.usage}.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#UsageMetadata">UsageMetadata</a>
 */
final class UsageMetadata {
  private static final long ABSENT = -1;
  private static final long ODD = -2;

  private static final JsonNames<Place> PLACES =
      new JsonNames.Builder<Place>()
          .add(Place.PROMPT, "promptTokenCount")
          .add(Place.TOOL_USE, "toolUsePromptTokenCount")
          .add(Place.CACHED, "cachedContentTokenCount")
          .add(Place.CANDIDATES, "candidatesTokenCount", "responseTokenCount")
          .add(Place.THOUGHTS, "thoughtsTokenCount")
          .add(Place.TOTAL, "totalTokenCount")
          .add(Place.INPUT_DETAILS, "promptTokensDetails", "toolUsePromptTokensDetails")
          .add(Place.CACHE_DETAILS, "cacheTokensDetails")
          .add(Place.OUTPUT_DETAILS, "candidatesTokensDetails", "responseTokensDetails")
          .add(Place.TIER, "serviceTier", "trafficType")
          .build();

  private static final JsonNames<Boolean> DETAIL =
      new JsonNames.Builder<Boolean>().add(true, "tokenCount").add(false, "modality").build();

  private final JsonScanner scanner;
  private final byte[] bytes;
  private final UsageReport report;
  private @Nullable ServiceTier tier;

  private UsageMetadata(JsonScanner scanner, byte[] bytes, UsageReport report) {
    this.scanner = scanner;
    this.bytes = bytes;
    this.report = report;
  }

  private enum Place {
    PROMPT,
    TOOL_USE,
    CACHED,
    CANDIDATES,
    THOUGHTS,
    TOTAL,
    INPUT_DETAILS,
    CACHE_DETAILS,
    OUTPUT_DETAILS,
    TIER
  }

  /**
   * Reads the members of the object whose start was just returned.
   *
   * @return the tier that served, where it is named
   */
  static @Nullable ServiceTier read(JsonScanner scanner, byte[] bytes, UsageReport report) {
    UsageMetadata metadata = new UsageMetadata(scanner, bytes, report);
    metadata.read();
    return metadata.tier;
  }

  private void read() {
    long prompt = ABSENT;
    long toolUse = ABSENT;
    long candidates = ABSENT;
    long thoughts = ABSENT;
    Details input = new Details();
    Details cached = new Details();
    Details output = new Details();
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (PLACES.find(scanner)) {
        case PROMPT -> prompt = count();
        case TOOL_USE -> toolUse = count();
        case CANDIDATES -> candidates = count();
        case THOUGHTS -> thoughts = count();
        case CACHED -> set(ReportedCount.CACHED, count());
        case TOTAL -> set(ReportedCount.TOTAL, count());
        case INPUT_DETAILS -> details(input);
        case CACHE_DETAILS -> details(cached);
        case OUTPUT_DETAILS -> details(output);
        case TIER -> tier();
        case null -> scanner.skipValue();
      }
    }
    set(ReportedCount.INPUT, sum(prompt, toolUse));
    set(ReportedCount.OUTPUT, sum(candidates, thoughts));
    set(ReportedCount.REASONING, thoughts);
    set(ReportedCount.AUDIO_INPUT, input.audio);
    set(ReportedCount.IMAGE_INPUT, input.image);
    set(ReportedCount.AUDIO_CACHED, cached.audio);
    set(ReportedCount.IMAGE_CACHED, cached.image);
    set(ReportedCount.AUDIO_OUTPUT, output.audio);
    set(ReportedCount.IMAGE_OUTPUT, output.image);
  }

  /** Tokens that are not text; videos are priced as the pictures that they are. */
  private static final class Details {
    long audio = ABSENT;
    long image = ABSENT;
  }

  private void set(ReportedCount what, long count) {
    if (count == ODD) {
      report.odd(what);
    } else if (count != ABSENT) {
      report.set(what, count);
    }
  }

  /** Both together; one that is not there is none, as Google leaves zeros out. */
  private static long sum(long one, long other) {
    if (one == ODD || other == ODD) {
      return ODD;
    }
    return one == ABSENT && other == ABSENT ? ABSENT : Math.max(0, one) + Math.max(0, other);
  }

  private void details(Details details) {
    JsonToken first = scanner.next();
    if (first != JsonToken.ARRAY_START) {
      scanner.skipRest(first);
      return;
    }
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      if (next == JsonToken.OBJECT_START) {
        detail(details);
      } else {
        scanner.skipRest(next);
      }
    }
  }

  private void detail(Details details) {
    String modality = "";
    long tokens = ABSENT;
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (DETAIL.find(scanner)) {
        case Boolean number when number -> tokens = count();
        case Boolean _ -> modality = word();
        case null -> scanner.skipValue();
      }
    }
    switch (modality.toUpperCase(Locale.ROOT)) {
      case "AUDIO" -> details.audio = sum(details.audio, tokens);
      case "IMAGE", "VIDEO" -> details.image = sum(details.image, tokens);
      default -> {}
    }
  }

  private void tier() {
    String word = word().toLowerCase(Locale.ROOT);
    switch (word) {
      case "", "unspecified", "traffic_type_unspecified" -> {}
      case "provisioned_throughput" -> tier = ServiceTier.STANDARD;
      case "on_demand_flex" -> tier = ServiceTier.FLEX;
      case "on_demand_priority" -> tier = ServiceTier.PRIORITY;
      default -> tier = ServiceTier.of(word);
    }
  }

  private String word() {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    boolean word = first == JsonToken.STRING && scanner.end() - scanner.start() <= 64;
    return word ? scanner.text() : "";
  }

  /** The number that follows; null counts as not given. */
  private long count() {
    JsonToken token = scanner.next();
    if (token == JsonToken.NULL) {
      return ABSENT;
    }
    if (token != JsonToken.NUMBER) {
      scanner.skipRest(token);
      return ODD;
    }
    long value = 0;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return wholeAnyway(i) ? value : ODD;
      }
      value = value * 10 + digit;
      if (value > TokenUsage.MAX_TOKENS) {
        return ODD;
      }
    }
    return value;
  }

  /** Some upstreams write whole numbers as 12.0. */
  private boolean wholeAnyway(int from) {
    if (bytes[from] != '.') {
      return false;
    }
    for (int i = from + 1; i < scanner.end(); i++) {
      if (bytes[i] != '0') {
        return false;
      }
    }
    return true;
  }
}
