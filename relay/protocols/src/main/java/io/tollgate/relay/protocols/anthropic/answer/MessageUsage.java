package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import io.tollgate.relay.protocols.usage.UsageReport;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one message as its events tell it: the last of each field counts, null is not said.
 * Input is counted without what a cache read or wrote, which is added here. Whether the numbers are
 * believed is decided elsewhere: {@link io.tollgate.relay.protocols.usage}.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">usage</a>
 */
final class MessageUsage {
  private enum Field {
    INPUT(ReportedCount.INPUT),
    OUTPUT(ReportedCount.OUTPUT),
    READ(ReportedCount.CACHED),
    WRITTEN(ReportedCount.WRITTEN),
    WRITTEN_5M(ReportedCount.WRITTEN_5M),
    WRITTEN_1H(ReportedCount.WRITTEN_1H),
    THINKING(ReportedCount.REASONING);

    private final ReportedCount count;

    Field(ReportedCount count) {
      this.count = count;
    }
  }

  /** What stands under a name. */
  private sealed interface Place {
    record Number(Field field) implements Place {}

    record Part(JsonNames<Place> places) implements Place {}

    record Calls(UsageKind tool) implements Place {}

    record Tier() implements Place {}

    record Speed() implements Place {}
  }

  private static final JsonNames<Place> WRITTEN_PARTS =
      new JsonNames.Builder<Place>()
          .add(new Place.Number(Field.WRITTEN_5M), "ephemeral_5m_input_tokens")
          .add(new Place.Number(Field.WRITTEN_1H), "ephemeral_1h_input_tokens")
          .build();

  private static final JsonNames<Place> OUTPUT_PARTS =
      new JsonNames.Builder<Place>()
          .add(new Place.Number(Field.THINKING), "thinking_tokens")
          .build();

  // what runs in a container is billed by its time, which no message tells
  private static final JsonNames<Place> TOOLS =
      new JsonNames.Builder<Place>()
          .add(new Place.Calls(UsageKind.WEB_SEARCHES), "web_search_requests")
          .add(new Place.Calls(UsageKind.WEB_FETCHES), "web_fetch_requests")
          .build();

  private static final JsonNames<Place> USAGE =
      new JsonNames.Builder<Place>()
          .add(new Place.Number(Field.INPUT), "input_tokens")
          .add(new Place.Number(Field.OUTPUT), "output_tokens")
          .add(new Place.Number(Field.READ), "cache_read_input_tokens")
          .add(new Place.Number(Field.WRITTEN), "cache_creation_input_tokens")
          .add(new Place.Part(WRITTEN_PARTS), "cache_creation")
          .add(new Place.Part(OUTPUT_PARTS), "output_tokens_details")
          .add(new Place.Part(TOOLS), "server_tool_use")
          .add(new Place.Tier(), "service_tier")
          .add(new Place.Speed(), "speed")
          .build();

  private static final long ABSENT = -1;
  private static final long ODD = -2;
  private static final ServiceTier FAST = ServiceTier.of("fast");

  private final long[] said = absent();
  // as the event before left it: an event that breaks off says nothing
  private final long[] now = absent();
  // calls of the provider's own tools, where an event tells of any
  private @Nullable Map<UsageKind, Long> calls;
  private Optional<ServiceTier> tier = Optional.empty();
  private boolean fast;

  private static long[] absent() {
    long[] counts = new long[Field.values().length];
    Arrays.fill(counts, ABSENT);
    return counts;
  }

  /** Reads the members of the object whose start was just returned. */
  void read(JsonScanner scanner, byte[] bytes) {
    Arrays.fill(now, ABSENT);
    calls = null;
    readMembers(scanner, bytes, USAGE);
  }

  /** The tier that served, where it was named. */
  Optional<ServiceTier> tier() {
    return fast ? Optional.of(FAST) : tier;
  }

  /** What was read counts, on top of what was said before. */
  void tell(ReportedUsage usage) {
    merge();
    UsageReport report = usage.next();
    long written = Math.max(get(Field.WRITTEN), get(Field.WRITTEN_5M) + get(Field.WRITTEN_1H));
    for (Field field : Field.values()) {
      long count = said[field.ordinal()];
      if (count == ODD) {
        report.odd(field.count);
      } else if (count != ABSENT) {
        report.set(field.count, field == Field.INPUT ? count + get(Field.READ) + written : count);
      }
    }
    if (calls != null) {
      calls.forEach(report::calls);
    }
    usage.filled();
  }

  private void merge() {
    // a zero for all input after a number says nothing: counts only grow
    boolean emptied = inputSide(now) == 0 && inputSide(said) > 0;
    for (Field field : Field.values()) {
      long count = now[field.ordinal()];
      boolean output = field == Field.OUTPUT || field == Field.THINKING;
      if (count != ABSENT && (output || !emptied)) {
        said[field.ordinal()] = count;
      }
    }
  }

  private static long inputSide(long[] counts) {
    return counts[Field.INPUT.ordinal()] == ODD
        ? ODD
        : Math.max(0, counts[Field.INPUT.ordinal()])
            + Math.max(0, counts[Field.READ.ordinal()])
            + Math.max(0, counts[Field.WRITTEN.ordinal()])
            + Math.max(0, counts[Field.WRITTEN_5M.ordinal()])
            + Math.max(0, counts[Field.WRITTEN_1H.ordinal()]);
  }

  private long get(Field field) {
    return Math.max(0, said[field.ordinal()]);
  }

  private void readMembers(JsonScanner scanner, byte[] bytes, JsonNames<Place> places) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      Place place = places.find(scanner);
      JsonToken token = scanner.next();
      switch (place) {
        case Place.Number(Field field) -> count(field, token, scanner, bytes);
        case Place.Calls(UsageKind tool) -> calls(tool, token, scanner, bytes);
        case Place.Part(JsonNames<Place> inside) -> {
          if (token == JsonToken.OBJECT_START) {
            readMembers(scanner, bytes, inside);
          } else {
            scanner.skipRest(token);
          }
        }
        case Place.Tier() -> {
          if (token == JsonToken.STRING) {
            tier = Optional.of(ServiceTier.of(scanner.text()));
          }
          scanner.skipRest(token);
        }
        case Place.Speed() -> {
          fast = token == JsonToken.STRING && scanner.text().equals(FAST.name());
          scanner.skipRest(token);
        }
        case null -> scanner.skipRest(token);
      }
    }
  }

  private void count(Field field, JsonToken token, JsonScanner scanner, byte[] bytes) {
    if (token == JsonToken.NULL) {
      return;
    }
    now[field.ordinal()] =
        token == JsonToken.NUMBER ? whole(bytes, scanner.start(), scanner.end()) : ODD;
    scanner.skipRest(token);
  }

  private void calls(UsageKind tool, JsonToken token, JsonScanner scanner, byte[] bytes) {
    if (token == JsonToken.NULL) {
      return;
    }
    Map<UsageKind, Long> told = calls;
    if (told == null) {
      told = new EnumMap<>(UsageKind.class);
      calls = told;
    }
    told.put(tool, token == JsonToken.NUMBER ? whole(bytes, scanner.start(), scanner.end()) : ODD);
    scanner.skipRest(token);
  }

  /** A whole number, which some write as 12.0. */
  private static long whole(byte[] bytes, int from, int to) {
    long value = 0;
    boolean fraction = false;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (bytes[i] == '.' && !fraction) {
        fraction = true;
      } else if (digit < 0 || digit > 9 || (fraction && digit != 0)) {
        return ODD;
      } else if (!fraction) {
        value = value * 10 + digit;
        if (value > TokenUsage.MAX_TOKENS) {
          return ODD;
        }
      }
    }
    return value;
  }
}
