package io.tollgate.web.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tollgate.web.Response;
import java.nio.charset.StandardCharsets;

/** Last answers written as bytes, for connections on which Vert.x knows of no request. */
final class WireAnswers {
  /**
   * What a caller of HTTP/2 is told in its own words (RFC 9113, sections 6.5 and 6.8): an empty
   * SETTINGS frame, and GOAWAY with HTTP_1_1_REQUIRED.
   */
  private static final byte[] GO_AWAY =
      ByteBufUtil.decodeHexDump("000000040000000000" + "000008070000000000" + "000000000000000d");

  private WireAnswers() {}

  static ByteBuf goAway() {
    return Unpooled.wrappedBuffer(GO_AWAY);
  }

  static ByteBuf closing(int status, Response response) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(HttpResponseStatus.valueOf(status)).append("\r\n");
    response.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: ").append(response.body().length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    return Unpooled.wrappedBuffer(
        head.toString().getBytes(StandardCharsets.ISO_8859_1), response.body());
  }
}
