package io.tollgate.contracts;

import static io.tollgate.contracts.UsageUnit.CALL;
import static io.tollgate.contracts.UsageUnit.CHARACTER;
import static io.tollgate.contracts.UsageUnit.IMAGE;
import static io.tollgate.contracts.UsageUnit.REQUEST;
import static io.tollgate.contracts.UsageUnit.SEARCH_UNIT;
import static io.tollgate.contracts.UsageUnit.SECOND;
import static io.tollgate.contracts.UsageUnit.TOKEN;
import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of usage with a price of its own. Kinds do not overlap: what was read from a cache is not
 * in {@link #TEXT_INPUT}, what was thought is not in {@link #TEXT_OUTPUT}, so nothing is counted
 * twice.
 *
 * <p>A further kind is one more line at the end of this list, and a price where there is one: meter
 * logs, tables, price lists, price versions and interfaces take it from here. A line that is there
 * keeps its number, code, unit and fallback for ever, since records and price versions name them.
 * Those that are used most come first: a usage keeps counts up to its last kind only.
 */
public enum UsageKind {
  TEXT_INPUT(1, "input", TOKEN, UsagePart.INPUT),
  TEXT_OUTPUT(2, "output", TOKEN, UsagePart.OUTPUT),
  CACHE_READ(3, "cache_read", TOKEN, UsagePart.CACHE_READ, TEXT_INPUT),
  REASONING(4, "reasoning", TOKEN, UsagePart.REASONING, TEXT_OUTPUT),
  /** Written to a cache for its usual time, which is five minutes where there are two. */
  CACHE_WRITE(5, "cache_write", TOKEN, UsagePart.CACHE_WRITE, TEXT_INPUT),
  /** Written to a cache for an hour. */
  CACHE_WRITE_1H(6, "cache_write_1h", TOKEN, UsagePart.CACHE_WRITE, CACHE_WRITE),
  AUDIO_INPUT(7, "audio_input", TOKEN, UsagePart.INPUT, TEXT_INPUT),
  AUDIO_OUTPUT(8, "audio_output", TOKEN, UsagePart.OUTPUT, TEXT_OUTPUT),
  AUDIO_CACHE_READ(9, "audio_cache_read", TOKEN, UsagePart.CACHE_READ, CACHE_READ),
  IMAGE_INPUT(10, "image_input", TOKEN, UsagePart.INPUT, TEXT_INPUT),
  IMAGE_OUTPUT(11, "image_output", TOKEN, UsagePart.OUTPUT, TEXT_OUTPUT),
  IMAGE_CACHE_READ(12, "image_cache_read", TOKEN, UsagePart.CACHE_READ, CACHE_READ),
  /** Seconds of sound that were sent. */
  SECONDS(13, "seconds", SECOND, UsagePart.INPUT),
  /** Characters that were sent to be spoken. */
  CHARACTERS(14, "characters", CHARACTER, UsagePart.INPUT),
  /** Images that were made. */
  IMAGES(15, "images", IMAGE, UsagePart.OUTPUT),
  SEARCH_UNITS(16, "search_units", SEARCH_UNIT, UsagePart.OTHER),
  /** Searches of the web that the provider made for an answer. */
  WEB_SEARCHES(17, "web_searches", CALL, UsagePart.OTHER),
  /** Pages that the provider read for an answer. */
  WEB_FETCHES(18, "web_fetches", CALL, UsagePart.OTHER),
  /** Searches of the caller's own files that the provider made. */
  FILE_SEARCHES(19, "file_searches", CALL, UsagePart.OTHER),
  /** Sandboxes of the provider in which code was run. */
  CODE_SESSIONS(20, "code_sessions", CALL, UsagePart.OTHER),
  /** Searches of a map. */
  MAP_SEARCHES(21, "map_searches", CALL, UsagePart.OTHER),
  /** The request itself, where it is charged at all: a price beside that of what it uses. */
  REQUESTS(22, "requests", REQUEST, UsagePart.INPUT);

  /** Largest number that a kind can have. */
  public static final int MAX_NUMBER = 127;

  private static final List<UsageKind> ALL = List.of(values());
  private static final UsageKind[] BY_NUMBER = new UsageKind[MAX_NUMBER + 1];
  private static final Map<String, UsageKind> BY_CODE = new HashMap<>();
  private static final Set<UsageKind> REMAINDERS = EnumSet.noneOf(UsageKind.class);

  static {
    for (UsageKind kind : ALL) {
      if (BY_NUMBER[kind.number] != null || BY_CODE.put(kind.code, kind) != null) {
        throw new IllegalStateException("number or code of " + kind + " is taken");
      }
      BY_NUMBER[kind.number] = kind;
    }
    for (UsagePart part : UsagePart.values()) {
      ALL.stream()
          .filter(kind -> kind.part == part && kind.unit == TOKEN)
          .findFirst()
          .ifPresent(REMAINDERS::add);
    }
  }

  private final int number;
  private final String code;
  private final UsageUnit unit;
  private final UsagePart part;
  private final Optional<UsageKind> fallback;

  UsageKind(int number, String code, UsageUnit unit, UsagePart part) {
    this(number, code, unit, part, Optional.empty());
  }

  UsageKind(int number, String code, UsageUnit unit, UsagePart part, UsageKind fallback) {
    this(number, code, unit, part, Optional.of(fallback));
  }

  UsageKind(int number, String code, UsageUnit unit, UsagePart part, Optional<UsageKind> fallback) {
    this.number = number;
    this.code = requireNonNull(code, "code is null");
    this.unit = requireNonNull(unit, "unit is null");
    this.part = requireNonNull(part, "part is null");
    this.fallback = fallback;
  }

  /** All kinds, in the order of this list: the same list each time. */
  public static List<UsageKind> all() {
    return ALL;
  }

  /** The kind of that number, as records name it; empty where this build knows none. */
  public static Optional<UsageKind> byNumber(int number) {
    return number < 0 || number > MAX_NUMBER
        ? Optional.empty()
        : Optional.ofNullable(BY_NUMBER[number]);
  }

  /** The kind of that code; empty where this build knows none. */
  public static Optional<UsageKind> byCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** Names it in meter logs: 1 to {@link #MAX_NUMBER}, never given twice. */
  public int number() {
    return number;
  }

  /** Names it in tables, price lists, price versions and interfaces. */
  public String code() {
    return code;
  }

  public UsageUnit unit() {
    return unit;
  }

  /** The total that it belongs to. */
  public UsagePart part() {
    return part;
  }

  /**
   * Whether the totals of its part tell it once the other kinds are known: it is the first kind of
   * token of its part, and what is left of the total when they are taken away.
   */
  public boolean isRemainder() {
    return REMAINDERS.contains(this);
  }

  /** The kind whose price it costs where it has none of its own; it stands before this one. */
  public Optional<UsageKind> fallback() {
    return fallback;
  }
}
