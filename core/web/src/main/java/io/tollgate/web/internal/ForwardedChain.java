package io.tollgate.web.internal;

import io.tollgate.web.ForwardedHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The addresses in a header that proxies write, each as it stands there without its port. An
 * element without an address is an empty text.
 */
public final class ForwardedChain {
  private static final String FOR = "for=";

  private ForwardedChain() {}

  /** In the order in which they were written: the proxy nearest to us wrote the last one. */
  public static List<String> of(ForwardedHeader header, String value) {
    List<String> hops = new ArrayList<>();
    switch (header) {
      case X_FORWARDED_FOR ->
          split(value, ',', false).forEach(element -> hops.add(withoutPort(element.strip())));
      case FORWARDED -> split(value, ',', true).forEach(element -> hops.add(node(element)));
    }
    return hops;
  }

  /** The {@code for} of one element of RFC 7239; one that is given twice says nothing. */
  private static String node(String element) {
    String found = "";
    int times = 0;
    for (String pair : split(element, ';', true)) {
      String stripped = pair.strip();
      if (stripped.toLowerCase(Locale.ROOT).startsWith(FOR)) {
        found = withoutPort(unquoted(stripped.substring(FOR.length()).strip()));
        times++;
      }
    }
    return times == 1 ? found : "";
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}, or neither: a bare IPv6 address has colons. */
  private static String withoutPort(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? "" : text.substring(1, end);
    }
    int colon = text.indexOf(':');
    return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  /**
   * The parts of a text, found from its end: what a caller wrote stands in front and cannot swallow
   * what the proxies have added.
   *
   * @param quotes whether a separator between quotes is none
   */
  private static List<String> split(String text, char separator, boolean quotes) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int end = text.length();
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (quotes && c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(i + 1, end));
        end = i;
      }
    }
    parts.add(text.substring(0, end));
    return parts.reversed();
  }
}
