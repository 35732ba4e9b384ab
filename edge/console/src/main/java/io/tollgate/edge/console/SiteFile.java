package io.tollgate.edge.console;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * One file of the site with its compressed forms, held in memory. Immutable.
 *
 * @param type its {@code Content-Type}
 * @param hash of its bytes, in hex
 * @param forms its bytes by how they are compressed; as they are at least; not to be changed
 */
record SiteFile(String type, String hash, Map<ContentCoding, byte[]> forms) {
  SiteFile {
    requireNonNull(type, "type is null");
    requireNonNull(hash, "hash is null");
    forms = Map.copyOf(new EnumMap<>(forms));
    if (!forms.containsKey(ContentCoding.IDENTITY)) {
      throw new IllegalArgumentException("forms: " + forms.keySet() + " (expected: IDENTITY too)");
    }
  }

  /** The tag of one form (RFC 9110, 8.8.3): forms of one file are told apart. */
  String tag(ContentCoding coding) {
    return "\"" + hash + coding.suffix() + "\"";
  }

  byte[] bytes(ContentCoding coding) {
    return requireNonNull(forms.get(coding), () -> coding + " is not there");
  }
}
