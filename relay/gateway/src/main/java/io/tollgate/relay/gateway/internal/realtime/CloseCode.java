package io.tollgate.relay.gateway.internal.realtime;

import java.nio.charset.StandardCharsets;

/**
 * Codes that a WebSocket is closed with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4">RFC 6455, section 7.4</a>
 */
final class CloseCode {
  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int UNSUPPORTED = 1003;
  static final int NO_CODE = 1005;
  static final int ABNORMAL = 1006;
  static final int POLICY = 1008;
  static final int TOO_LARGE = 1009;
  static final int OUR_MISTAKE = 1011;
  static final int TRY_AGAIN = 1013;

  /** A close frame has 125 bytes, two of them are the code. */
  private static final int MAX_REASON_BYTES = 123;

  private CloseCode() {}

  /** What one side is told of how the other was closed: never what no frame may hold. */
  static int passedOn(int code) {
    if (code == NO_CODE) {
      return NORMAL;
    }
    boolean common = code >= NORMAL && code <= 1014 && code != 1004 && code != ABNORMAL;
    return common || (code >= 3000 && code <= 4999) ? code : OUR_MISTAKE;
  }

  /** As much of a reason as a frame can hold. */
  static String reason(String words) {
    String cut = words;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
