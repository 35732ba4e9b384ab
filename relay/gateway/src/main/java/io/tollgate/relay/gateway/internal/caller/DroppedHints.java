package io.tollgate.relay.gateway.internal.caller;

import java.util.List;

/** Writes the names of hints that an upstream was not told as a header, which has a bound. */
final class DroppedHints {
  private static final int MAX_NAMES = 32;
  private static final int MAX_NAME_LENGTH = 64;

  private DroppedHints() {}

  /** The names, in order, but for what no header may hold. */
  static String header(List<String> names) {
    StringBuilder header = new StringBuilder();
    for (String name : names.subList(0, Math.min(names.size(), MAX_NAMES))) {
      header
          .append(header.isEmpty() ? "" : ", ")
          .append(
              name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH))
                  .replaceAll("[^A-Za-z0-9_.\\[\\]-]", "?"));
    }
    return header.toString();
  }
}
