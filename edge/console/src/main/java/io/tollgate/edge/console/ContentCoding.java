package io.tollgate.edge.console;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How the bytes of an answer are compressed (RFC 9110, 8.4.1), what is smallest first. */
enum ContentCoding {
  BROTLI("br", ".br"),
  GZIP("gzip", ".gz"),
  IDENTITY("identity", "");

  private final String code;
  private final String suffix;

  ContentCoding(String code, String suffix) {
    this.code = code;
    this.suffix = suffix;
  }

  /** As it is named in headers. */
  String code() {
    return code;
  }

  /** What the names of files that hold it end with. */
  String suffix() {
    return suffix;
  }

  /**
   * The smallest form that a caller takes; as it is where they take none of the others.
   *
   * @param accepted the header {@code Accept-Encoding}; empty where there is none
   */
  static ContentCoding choose(Optional<String> accepted, Set<ContentCoding> there) {
    for (ContentCoding coding : values()) {
      if (there.contains(coding) && coding != IDENTITY && coding.isIn(accepted.orElse(""))) {
        return coding;
      }
    }
    return IDENTITY;
  }

  private boolean isIn(String accepted) {
    boolean byStar = false;
    for (String part : accepted.split(",", -1)) {
      String[] pieces = part.split(";", -1);
      String named = pieces[0].strip().toLowerCase(Locale.ROOT);
      if (named.equals(code)) {
        return isWanted(pieces);
      }
      if (named.equals("*")) {
        byStar = isWanted(pieces);
      }
    }
    return byStar;
  }

  /** Whether its weight is not zero. */
  private static boolean isWanted(String[] pieces) {
    for (int i = 1; i < pieces.length; i++) {
      String parameter = pieces[i].replace(" ", "").replace("\t", "").toLowerCase(Locale.ROOT);
      if (parameter.matches("q=0(\\.0{0,3})?")) {
        return false;
      }
    }
    return true;
  }
}
