package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Optional;

/**
 * Which part of a list is wanted: by number of page, or from where the last one ended.
 *
 * @param page from 1; left aside where there is a cursor
 * @param size rows, 1 to 500
 * @param cursor {@link ListPage#next()} of the page before
 * @param count whether {@link ListPage#total()} is wanted, which reads every row under the filters
 * @param ahead rows passed over before the first page
 */
public record ListRequest(int page, int size, Optional<String> cursor, boolean count, int ahead) {
  private static final int MAX_ROWS = 500;
  private static final int DEEPEST = 1_000_000;

  public ListRequest {
    requireNonNull(cursor, "cursor is null");
    if (size < 1 || size > MAX_ROWS) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "page_size: " + size + " (expected: 1 to " + MAX_ROWS + ")");
    }
    if (page < 1) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "page: " + page + " (expected: >= 1)");
    }
    if (ahead < 0 || ahead > DEEPEST) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "offset: " + ahead + " (expected: 0 to " + DEEPEST + "; go on by cursor)");
    }
    if (cursor.isEmpty() && (long) (page - 1) * size > DEEPEST) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "page: " + page + " (expected: within the first " + DEEPEST + " rows; go on by cursor)");
    }
  }

  /** By number of page, from the first row on, or by cursor. */
  public ListRequest(int page, int size, Optional<String> cursor, boolean count) {
    this(page, size, cursor, count, 0);
  }

  public static ListRequest first(int size) {
    return new ListRequest(1, size, Optional.empty(), false);
  }

  /** Rows to ask for: one more than the page, to know whether more follow. */
  public int limit() {
    return size + 1;
  }

  /** Rows to pass over before the page. */
  public int offset() {
    return cursor.isPresent() ? 0 : ahead + (page - 1) * size;
  }
}
