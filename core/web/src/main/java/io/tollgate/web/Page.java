package io.tollgate.web;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;

/**
 * A page of a list, as asked for in a query.
 *
 * @param number from 1
 * @param size rows on a page, from 1
 */
public record Page(int number, int size) {
  /** Rows on a page when the query does not say. */
  public static final int DEFAULT_SIZE = 20;

  public Page {
    if (number < 1) {
      throw new IllegalArgumentException("page: " + number + " (expected: >= 1)");
    }
    if (size < 1) {
      throw new IllegalArgumentException("page size: " + size + " (expected: >= 1)");
    }
  }

  /**
   * Reads {@code page} and {@code page_size}.
   *
   * @throws Refusal {@code INVALID_REQUEST} naming what was given and what was expected
   */
  public static Page from(Request request, int max) {
    return from(request, "page_size", max);
  }

  /** The same where the interface calls the size otherwise, e.g. {@code limit}. */
  public static Page from(Request request, String sizeName, int max) {
    int number = number(request, "page", 1, Integer.MAX_VALUE);
    int size = number(request, sizeName, Math.min(DEFAULT_SIZE, max), max);
    return new Page(number, size);
  }

  private static int number(Request request, String name, int defaultValue, int max) {
    String text = request.query(name).orElse("");
    if (text.isEmpty()) {
      return defaultValue;
    }
    String expected = max == Integer.MAX_VALUE ? ">= 1" : "1 to " + max;
    try {
      long value = Numerals.wholeNumber(text);
      if (value >= 1 && value <= max) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      throw GivenText.refused(name, text, expected);
    }
    throw GivenText.refused(name, text, expected);
  }
}
