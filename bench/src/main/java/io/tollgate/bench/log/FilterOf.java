package io.tollgate.bench.log;

import io.tollgate.insight.LogFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Filters of one thing. */
final class FilterOf {
  private static final Optional<String> ANY = Optional.empty();
  private static final OptionalLong ALL = OptionalLong.empty();

  private FilterOf() {}

  static LogFilter user(long id) {
    return of(ANY, ANY, OptionalLong.of(id), ALL, ANY, OptionalInt.empty(), ANY);
  }

  /** A key, with whose it is, which the list asks for first. */
  static LogFilter key(long user) {
    return of(
        ANY,
        ANY,
        OptionalLong.of(user),
        OptionalLong.of(MadeRequests.keyOf(user)),
        ANY,
        OptionalInt.empty(),
        ANY);
  }

  static LogFilter model(String name) {
    return of(ANY, ANY, ALL, ALL, Optional.of(name), OptionalInt.empty(), ANY);
  }

  static LogFilter status(int status) {
    return of(ANY, ANY, ALL, ALL, ANY, OptionalInt.of(status), ANY);
  }

  static LogFilter error(String code) {
    return of(ANY, ANY, ALL, ALL, ANY, OptionalInt.empty(), Optional.of(code));
  }

  static LogFilter client(String id) {
    return of(Optional.of(id), ANY, ALL, ALL, ANY, OptionalInt.empty(), ANY);
  }

  static LogFilter trace(String id) {
    return of(ANY, Optional.of(id), ALL, ALL, ANY, OptionalInt.empty(), ANY);
  }

  static LogFilter time(Instant start, Instant end) {
    return in(Optional.of(start), Optional.of(end));
  }

  static LogFilter before(Instant end) {
    return in(Optional.empty(), Optional.of(end));
  }

  private static LogFilter in(Optional<Instant> start, Optional<Instant> end) {
    LogFilter all = LogFilter.ALL;
    return new LogFilter(
        all.request(),
        ANY,
        ANY,
        ALL,
        ALL,
        ALL,
        ALL,
        ANY,
        OptionalInt.empty(),
        ANY,
        all.booked(),
        start,
        end);
  }

  private static LogFilter of(
      Optional<String> client,
      Optional<String> trace,
      OptionalLong user,
      OptionalLong key,
      Optional<String> model,
      OptionalInt status,
      Optional<String> error) {
    LogFilter all = LogFilter.ALL;
    return new LogFilter(
        all.request(),
        client,
        trace,
        ALL,
        user,
        key,
        ALL,
        model,
        status,
        error,
        all.booked(),
        all.start(),
        all.end());
  }
}
