package io.tollgate.relay.protocols.internal.events;

/**
 * Finds where server-sent events end, however the bytes are cut into pieces. A line ends with LF,
 * CR or CRLF; an event ends with an empty line.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">the
 *     format</a>
 */
public final class EventBounds {
  private boolean lineEmpty = true;
  private boolean afterReturn;
  private boolean afterEvent;

  /**
   * Looks at the bytes from {@code from}; each byte is to be shown once.
   *
   * @return offset after the event that ends first, -1 if none ends before {@code to}
   */
  public int endOfEvent(byte[] bytes, int from, int to) {
    int at = from;
    afterEvent = false;
    while (at < to) {
      byte b = bytes[at++];
      if (b > '\r') {
        lineEmpty = false;
        afterReturn = false;
        continue;
      }
      boolean secondHalf = afterReturn && b == '\n';
      afterReturn = b == '\r';
      if (secondHalf) {
        continue;
      }
      if (b != '\n' && b != '\r') {
        lineEmpty = false;
      } else if (lineEmpty) {
        return afterEnd(bytes, at, to);
      } else {
        lineEmpty = true;
      }
    }
    return -1;
  }

  /**
   * Whether the last event ended with a CR that was the last byte known; an LF that comes next
   * still belongs to it.
   */
  public boolean lineFeedMayFollow() {
    return afterEvent;
  }

  private int afterEnd(byte[] bytes, int at, int to) {
    if (!afterReturn) {
      return at;
    }
    if (at == to) {
      afterEvent = true;
      return at;
    }
    if (bytes[at] == '\n') {
      afterReturn = false;
      return at + 1;
    }
    return at;
  }
}
