package io.tollgate.payments.internal.wire;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parameters as HTML forms write them. */
public final class Forms {
  private static final int MAX_FIELDS = 200;

  private Forms() {}

  public static String write(Map<String, String> fields, Charset charset) {
    return fields.entrySet().stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), charset)
                    + "="
                    + URLEncoder.encode(field.getValue(), charset))
        .collect(Collectors.joining("&"));
  }

  /**
   * Reads them, sorted by name.
   *
   * @throws IllegalArgumentException when it is no form, a name comes twice, or there are too many
   */
  public static TreeMap<String, String> read(String text, Charset charset) {
    TreeMap<String, String> fields = new TreeMap<>();
    String[] pairs = text.split("&", MAX_FIELDS + 1);
    if (pairs.length > MAX_FIELDS) {
      throw new IllegalArgumentException("more than " + MAX_FIELDS + " fields");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("a field without a name");
      }
      String name = URLDecoder.decode(pair.substring(0, equals), charset);
      if (fields.put(name, URLDecoder.decode(pair.substring(equals + 1), charset)) != null) {
        throw new IllegalArgumentException("a field that comes twice");
      }
    }
    return fields;
  }
}
