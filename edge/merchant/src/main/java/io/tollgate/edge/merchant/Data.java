package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListRequest;
import io.tollgate.web.Json;
import java.util.List;
import java.util.OptionalLong;

/** The data of answers, as JSON. */
final class Data {
  /** Where there is nothing to tell. */
  static final String NOTHING = "null";

  private Data() {}

  static String of(Object value) {
    return new String(Json.write(value), UTF_8);
  }

  /** A page of a list. */
  static String list(List<?> rows, OptionalLong total, ListRequest page) {
    return of(new Rows(rows, total.orElse(rows.size()), page.page(), page.size()));
  }

  /**
   * Rows of a list.
   *
   * @param total under the same filters
   */
  record Rows(List<?> list, long total, int page, int limit) {
    Rows {
      list = List.copyOf(requireNonNull(list, "list is null"));
    }
  }
}
