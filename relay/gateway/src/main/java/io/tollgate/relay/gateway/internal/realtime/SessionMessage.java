package io.tollgate.relay.gateway.internal.realtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One message, in the frames that it came in, so that it goes on in the same.
 *
 * @param text whether it is text
 * @param bytes all that its frames hold; not to be changed
 */
record SessionMessage(List<WebSocketFrame> frames, boolean text, byte[] bytes) {
  SessionMessage {
    frames = List.copyOf(frames);
  }

  /** A text that was written here, in one frame. */
  static SessionMessage of(byte[] text) {
    return new SessionMessage(
        List.of(WebSocketFrame.textFrame(new String(text, StandardCharsets.UTF_8), true)),
        true,
        text);
  }

  /** All bytes of some frames. */
  static byte[] joined(List<WebSocketFrame> frames, int length) {
    byte[] all = new byte[length];
    int at = 0;
    for (WebSocketFrame frame : frames) {
      Buffer piece = frame.binaryData();
      piece.getBytes(0, piece.length(), all, at);
      at += piece.length();
    }
    return all;
  }
}
