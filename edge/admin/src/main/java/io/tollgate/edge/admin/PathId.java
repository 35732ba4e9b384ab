package io.tollgate.edge.admin;

import io.tollgate.ground.Numerals;
import io.tollgate.web.Request;
import java.util.Optional;
import java.util.function.Function;

/** Reads a number from a path; what is none is as one that is not there. */
final class PathId {
  private PathId() {}

  static <T> Optional<T> of(Request request, String name, Function<Long, T> type) {
    try {
      long id = Numerals.wholeNumber(request.pathParam(name));
      return id > 0 ? Optional.of(type.apply(id)) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
