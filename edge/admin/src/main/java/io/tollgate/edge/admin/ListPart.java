package io.tollgate.edge.admin;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which part of a list is asked for: {@code page} and {@code page_size}, or, of lists that older
 * clients read so, {@code limit} and {@code offset}.
 *
 * @param page its number, from 1
 * @param size rows of it
 * @param offset rows before it
 */
record ListPart(int page, int size, long offset) {
  private static final int FARTHEST = 1_000_000;
  private static final List<String> OF_PAGES = List.of("page", "page_size", "cursor");
  private static final List<String> OF_LIMITS = List.of("limit", "offset");

  /**
   * Reads it.
   *
   * @param usual limit where nothing is said; empty: the list is read by pages only
   */
  static ListPart from(Request request, OptionalInt usual, int most) {
    Optional<String> byPage = given(request, OF_PAGES);
    if (usual.isEmpty() || byPage.isPresent()) {
      Optional<String> other = usual.isEmpty() ? Optional.empty() : given(request, OF_LIMITS);
      if (other.isPresent()) {
        throw GivenText.refused(
            other.get(),
            request.query(other.get()).orElse(""),
            "none beside " + byPage.orElseThrow());
      }
      return of(Page.from(request, most));
    }
    int limit = number(request, "limit", usual.getAsInt(), 1, most);
    int offset = number(request, "offset", 0, 0, FARTHEST);
    return new ListPart(offset / limit + 1, limit, offset);
  }

  /** A page. */
  static ListPart of(Page page) {
    return new ListPart(page.number(), page.size(), (page.number() - 1L) * page.size());
  }

  ListRequest asked(Optional<String> cursor, boolean count) {
    boolean whole = offset == (page - 1L) * size;
    return whole
        ? new ListRequest(page, size, cursor, count)
        : new ListRequest(1, size, cursor, count, (int) offset);
  }

  private static Optional<String> given(Request request, List<String> names) {
    return names.stream()
        .filter(name -> request.query(name).filter(text -> !text.isBlank()).isPresent())
        .findFirst();
  }

  private static int number(Request request, String name, int usual, int least, int most) {
    String text = request.query(name).orElse("").strip();
    if (text.isEmpty()) {
      return usual;
    }
    try {
      long value = Numerals.wholeNumber(text);
      if (value >= least && value <= most) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      throw refused(name, text, least, most);
    }
    throw refused(name, text, least, most);
  }

  private static RuntimeException refused(String name, String text, int least, int most) {
    return GivenText.refused(name, text, least + " to " + most);
  }
}
