package io.tollgate.relay.protocols.forms;

import io.tollgate.relay.protocols.RequestFault;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a part's headers say of it. Read so strictly that nobody who reads the same form upstream
 * can take it for another.
 *
 * @param file whether it has a file's name
 */
record PartHead(String name, boolean file) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,64}");
  private static final Set<String> PLAIN = Set.of("7bit", "8bit", "binary");

  /**
   * @param text the lines, without the empty one
   * @param number of the part, from 0
   */
  static PartHead of(String text, int number) {
    Map<String, String> headers = new HashMap<>();
    for (String line : text.isEmpty() ? new String[0] : text.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      String name = colon < 1 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (name.isEmpty()
          || !name.chars().allMatch(c -> c > ' ' && c < 127)
          || line.indexOf('\r') >= 0
          || line.indexOf('\n') >= 0) {
        throw fault(
            number,
            "has a line in its head that is no header (expected: a name, a colon and a value)");
      }
      if (headers.put(name, line.substring(colon + 1).strip()) != null) {
        throw fault(number, "has a header twice (expected: once)");
      }
    }
    String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
    if (!PLAIN.contains(encoding.toLowerCase(Locale.ROOT))) {
      throw fault(number, "is encoded (expected: no Content-Transfer-Encoding)");
    }
    HeaderParameters disposition =
        HeaderParameters.of(headers.getOrDefault("content-disposition", ""))
            .orElseThrow(
                () ->
                    fault(
                        number,
                        "has a Content-Disposition that can be read in two ways (expected: form-data and a name)"));
    if (!disposition.value().equals("form-data")) {
      throw fault(
          number, "has no Content-Disposition that can be used (expected: form-data and a name)");
    }
    String name = disposition.parameters().get("name");
    if (name == null || !NAME.matcher(name).matches()) {
      throw fault(
          number,
          (name == null ? "has no name" : "has a name with other characters")
              + " (expected: a name of A to Z, a to z, 0 to 9 and _.-[])");
    }
    if (disposition.parameters().containsKey("name*")) {
      throw fault(number, "has a second, encoded name (expected: one)");
    }
    return new PartHead(
        name,
        disposition.parameters().containsKey("filename")
            || disposition.parameters().containsKey("filename*"));
  }

  private static RequestFault fault(int number, String what) {
    return RequestFault.malformed("form: part " + number + " " + what);
  }
}
