package io.tollgate.edge.sync;

/** The {@code ETag} of a snapshot: its version (RFC 9110, 8.8.3). */
record EntityTag(long version) {
  /** Whether an {@code If-None-Match} names it; the comparison is the weak one (13.1.2). */
  boolean isIn(String ifNoneMatch) {
    for (String part : ifNoneMatch.split(",", -1)) {
      String candidate = part.strip();
      if (candidate.equals("*") || candidate.equals(toString())) {
        return true;
      }
      if (candidate.startsWith("W/") && candidate.substring(2).equals(toString())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "\"" + version + "\"";
  }
}
