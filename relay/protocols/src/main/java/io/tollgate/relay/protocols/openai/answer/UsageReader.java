package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.UsageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers of a usage object, wherever its maker puts them. Whether they are believed is
 * decided elsewhere: {@link io.tollgate.relay.protocols.usage}.
 */
final class UsageReader {
  /** Where a number may stand, and what it counts. */
  private record Place(JsonName name, ReportedCount what) {
    static Place of(String name, ReportedCount what) {
      return new Place(JsonName.of(name), what);
    }
  }

  /** An object within a usage object, and the numbers in it. */
  private record Part(JsonName name, Places places) {}

  private record Places(List<Place> numbers, List<Part> parts) {
    static Places of(Place... numbers) {
      return new Places(List.of(numbers), List.of());
    }

    Places with(Part... inside) {
      return new Places(numbers, List.of(inside));
    }
  }

  private static final Places CACHED_PARTS =
      Places.of(
          Place.of("audio_tokens", ReportedCount.AUDIO_CACHED),
          Place.of("image_tokens", ReportedCount.IMAGE_CACHED));

  private static final Places INPUT_PARTS =
      Places.of(
              Place.of("cached_tokens", ReportedCount.CACHED),
              Place.of("cache_write_tokens", ReportedCount.WRITTEN),
              Place.of("cache_creation_tokens", ReportedCount.WRITTEN),
              Place.of("audio_tokens", ReportedCount.AUDIO_INPUT),
              Place.of("image_tokens", ReportedCount.IMAGE_INPUT))
          .with(part("cached_tokens_details", CACHED_PARTS));

  private static final Places OUTPUT_PARTS =
      Places.of(
          Place.of("reasoning_tokens", ReportedCount.REASONING),
          Place.of("audio_tokens", ReportedCount.AUDIO_OUTPUT),
          Place.of("image_tokens", ReportedCount.IMAGE_OUTPUT));

  private static final Places WRITTEN_PARTS =
      Places.of(
          Place.of("ephemeral_5m_input_tokens", ReportedCount.WRITTEN_5M),
          Place.of("ephemeral_1h_input_tokens", ReportedCount.WRITTEN_1H));

  private static final Places USAGE =
      Places.of(
              Place.of("prompt_tokens", ReportedCount.INPUT),
              Place.of("completion_tokens", ReportedCount.OUTPUT),
              Place.of("total_tokens", ReportedCount.TOTAL),
              // what makers put at the top: Moonshot, DeepSeek, xAI, and those who pass on
              // Anthropic's
              Place.of("cached_tokens", ReportedCount.CACHED),
              Place.of("prompt_cache_hit_tokens", ReportedCount.CACHED),
              Place.of("cache_read_input_tokens", ReportedCount.CACHED),
              Place.of("cache_write_tokens", ReportedCount.WRITTEN),
              Place.of("cache_creation_tokens", ReportedCount.WRITTEN),
              Place.of("cache_creation_input_tokens", ReportedCount.WRITTEN),
              Place.of("reasoning_tokens", ReportedCount.REASONING),
              Place.of("input_tokens", ReportedCount.INPUT),
              Place.of("output_tokens", ReportedCount.OUTPUT))
          .with(
              part("prompt_tokens_details", INPUT_PARTS),
              part("completion_tokens_details", OUTPUT_PARTS),
              part("input_tokens_details", INPUT_PARTS),
              part("output_tokens_details", OUTPUT_PARTS),
              part("cache_creation", WRITTEN_PARTS));

  private UsageReader() {}

  /** Reads the members of the object whose start was just returned. */
  static void read(JsonScanner scanner, byte[] bytes, UsageReport report) {
    readMembers(scanner, bytes, USAGE, report);
  }

  private static void readMembers(
      JsonScanner scanner, byte[] bytes, Places places, UsageReport report) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      Place number = number(scanner, places);
      if (number != null) {
        count(scanner, bytes, number.what, report);
        continue;
      }
      Part part = part(scanner, places);
      JsonToken first = scanner.next();
      if (part != null && first == JsonToken.OBJECT_START) {
        readMembers(scanner, bytes, part.places, report);
      } else {
        scanner.skipRest(first);
      }
    }
  }

  private static @Nullable Place number(JsonScanner scanner, Places places) {
    List<Place> numbers = places.numbers;
    for (int i = 0; i < numbers.size(); i++) {
      Place place = numbers.get(i);
      if (scanner.is(place.name)) {
        return place;
      }
    }
    return null;
  }

  private static @Nullable Part part(JsonScanner scanner, Places places) {
    for (Part part : places.parts) {
      if (scanner.is(part.name)) {
        return part;
      }
    }
    return null;
  }

  private static Part part(String name, Places places) {
    return new Part(JsonName.of(name), places);
  }

  /** The number that follows; null counts as not given. */
  private static void count(
      JsonScanner scanner, byte[] bytes, ReportedCount what, UsageReport report) {
    JsonToken token = scanner.next();
    if (token == JsonToken.NULL) {
      return;
    }
    if (token != JsonToken.NUMBER) {
      scanner.skipRest(token);
      report.odd(what);
      return;
    }
    long value = 0;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        if (!wholeAnyway(bytes, i, scanner.end())) {
          report.odd(what);
          return;
        }
        break;
      }
      value = value * 10 + digit;
      if (value > TokenUsage.MAX_TOKENS) {
        report.odd(what);
        return;
      }
    }
    report.set(what, value);
  }

  /** Some upstreams write whole numbers as 12.0. */
  private static boolean wholeAnyway(byte[] bytes, int from, int to) {
    if (bytes[from] != '.') {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (bytes[i] != '0') {
        return false;
      }
    }
    return true;
  }
}
