package io.tollgate.relay.protocols.internal.events;

/**
 * The data of one server-sent event: in place where it is one line, joined by LF where it is more.
 * An object that stands there bare, without a field's name, is data too: Google tells of errors in
 * a stream like this. Reused from event to event; not thread-safe.
 */
public final class EventData {
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int from;
  private int to;

  /** Reads one event, its empty line included or not; whether it has any data. */
  public boolean read(byte[] event, int eventFrom, int eventTo) {
    int lines = 0;
    bytes = NOTHING;
    from = 0;
    to = 0;
    int at = eventFrom;
    while (at < eventTo) {
      int end = endOfLine(event, at, eventTo);
      int value = dataOf(event, at, end);
      if (value >= 0) {
        add(event, value, end, lines++);
      }
      at = end + 1;
    }
    if (lines == 0 && beginsWithBrace(event, eventFrom, eventTo)) {
      bytes = event;
      from = eventFrom;
      to = eventTo;
      return true;
    }
    return lines > 0;
  }

  private static boolean beginsWithBrace(byte[] event, int eventFrom, int eventTo) {
    int at = eventFrom;
    while (at < eventTo && (event[at] == ' ' || event[at] == '\n' || event[at] == '\r')) {
      at++;
    }
    return at < eventTo && event[at] == '{';
  }

  /** The array that holds the data; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /** Whether the data, without the spaces around, is this ASCII text. */
  public boolean is(String text) {
    int first = from;
    int last = to;
    while (first < last && bytes[first] == ' ') {
      first++;
    }
    while (last > first && bytes[last - 1] == ' ') {
      last--;
    }
    if (last - first != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[first + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void add(byte[] event, int valueFrom, int valueTo, int linesBefore) {
    if (linesBefore == 0) {
      bytes = event;
      from = valueFrom;
      to = valueTo;
      return;
    }
    int before = to - from;
    byte[] joined = new byte[before + 1 + valueTo - valueFrom];
    System.arraycopy(bytes, from, joined, 0, before);
    joined[before] = '\n';
    System.arraycopy(event, valueFrom, joined, before + 1, valueTo - valueFrom);
    bytes = joined;
    from = 0;
    to = joined.length;
  }

  /** Where the value of a data line begins; -1 when the line is of another field or a comment. */
  private static int dataOf(byte[] event, int lineFrom, int lineTo) {
    if (lineTo - lineFrom < 4
        || event[lineFrom] != 'd'
        || event[lineFrom + 1] != 'a'
        || event[lineFrom + 2] != 't'
        || event[lineFrom + 3] != 'a') {
      return -1;
    }
    int at = lineFrom + 4;
    if (at == lineTo) {
      return at;
    }
    if (event[at] != ':') {
      return -1;
    }
    at++;
    return at < lineTo && event[at] == ' ' ? at + 1 : at;
  }

  private static int endOfLine(byte[] event, int from, int to) {
    int at = from;
    while (at < to && event[at] != '\n' && event[at] != '\r') {
      at++;
    }
    return at;
  }
}
