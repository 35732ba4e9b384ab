package io.tollgate.sandbox.internal.json;

import java.util.Base64;
import java.util.Set;

/** Pictures, sounds and documents inside a request: whether they are what they say. */
public final class Media {
  private static final String BASE64 = ";base64,";

  private Media() {}

  /** Refuses what is no base64. */
  public static void base64(String data, String where) {
    if (data.isEmpty()) {
      throw Problem.invalid(where, "Invalid '" + where + "': empty (expected: base64).");
    }
    try {
      Base64.getMimeDecoder().decode(checked(data, where));
    } catch (IllegalArgumentException e) {
      throw invalidBase64(where);
    }
  }

  private static String checked(String data, String where) {
    for (int i = 0; i < data.length(); i++) {
      char c = data.charAt(i);
      boolean fits =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || c == '+'
              || c == '/'
              || c == '='
              || c == '-'
              || c == '_';
      if (!fits) {
        throw invalidBase64(where);
      }
    }
    return data.replace('-', '+').replace('_', '/');
  }

  private static Problem invalidBase64(String where) {
    return Problem.invalid(
        where, "invalid_base64", "Invalid base64 data in '" + where + "' (expected: base64).");
  }

  /** Refuses what is neither a web address nor a data URL of one of some types. */
  public static void url(String url, Set<String> types, String where) {
    if (url.startsWith("http://") || url.startsWith("https://")) {
      return;
    }
    int at = url.indexOf(BASE64);
    if (!url.startsWith("data:") || at < 0) {
      throw Problem.invalid(
          where, "invalid_image_url", "Invalid '" + where + "' (expected: a URL or a data URL).");
    }
    type(url.substring("data:".length(), at), types, where);
    base64(url.substring(at + BASE64.length()), where);
  }

  /** Refuses a media type that is not one of some. */
  public static void type(String type, Set<String> types, String where) {
    if (!types.contains(type)) {
      throw Problem.invalid(
          where,
          "invalid_media_type",
          "Invalid media type of '"
              + where
              + "': '"
              + type
              + "' (expected: one of "
              + types.stream().sorted().toList()
              + ").");
    }
  }
}
