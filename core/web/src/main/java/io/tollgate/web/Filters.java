package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads the filters of a list from the query. An empty one does not restrict; a bad one is refused
 * with what was given and what was expected.
 */
public final class Filters {
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Request request;

  public Filters(Request request) {
    this.request = requireNonNull(request, "request is null");
  }

  public Optional<String> text(String name) {
    return request.query(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** A positive number. */
  public OptionalLong number(String name) {
    return number(name, Long.MAX_VALUE);
  }

  public OptionalLong number(String name, long max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    String expected = "a whole number from 1" + (max == Long.MAX_VALUE ? "" : " to " + max);
    long number;
    try {
      number = Numerals.wholeNumber(text.get());
    } catch (NumberFormatException e) {
      throw refusal(name, text.get(), expected);
    }
    if (number < 1 || number > max) {
      throw refusal(name, text.get(), expected);
    }
    return OptionalLong.of(number);
  }

  /** A positive number, as a typed id. */
  public <T> Optional<T> id(String name, Function<Long, T> type) {
    OptionalLong number = number(name);
    return number.isPresent() ? Optional.of(type.apply(number.getAsLong())) : Optional.empty();
  }

  /** The tenant whose point of view is asked for. */
  public Optional<TenantId> tenant() {
    return id("tenant_id", TenantId::new);
  }

  /** One of some words, whatever their case. */
  public <T> Optional<T> choice(String name, List<T> values, Function<T, String> word) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String given = text.get();
    Optional<T> chosen =
        values.stream().filter(value -> word.apply(value).equalsIgnoreCase(given)).findFirst();
    if (chosen.isEmpty()) {
      throw refusal(name, given, "one of " + String.join(", ", values.stream().map(word).toList()));
    }
    return chosen;
  }

  public Optional<UUID> uuid(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return UUID.fromString(text);
              } catch (IllegalArgumentException e) {
                throw refusal(name, text, "a UUID");
              }
            });
  }

  /** A time: RFC 3339, or seconds since 1970. */
  public Optional<Instant> time(String name) {
    return text(name).map(text -> parseTime(name, text));
  }

  public boolean flag(String name) {
    return either(name).orElse(false);
  }

  /** True or false, where it is asked for at all. */
  public Optional<Boolean> either(String name) {
    return text(name)
        .map(
            text ->
                switch (text) {
                  case "true", "1" -> true;
                  case "false", "0" -> false;
                  default -> throw refusal(name, text, "true or false");
                });
  }

  public static Refusal refusal(String name, String given, String expected) {
    return GivenText.refused(name, given, expected);
  }

  private static Instant parseTime(String name, String text) {
    String expected = "a time, RFC 3339 or seconds since 1970";
    try {
      if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        long seconds = Numerals.wholeNumber(text);
        if (seconds > LAST_SECOND) {
          throw refusal(name, text, expected);
        }
        return Instant.ofEpochSecond(seconds);
      }
      // a plus that was not encoded in the query arrives as a space
      Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (time.getEpochSecond() < 0 || time.getEpochSecond() > LAST_SECOND) {
        throw refusal(name, text, expected);
      }
      return time;
    } catch (NumberFormatException | DateTimeException e) {
      throw refusal(name, text, expected);
    }
  }
}
