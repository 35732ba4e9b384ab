package io.tollgate.web.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.tollgate.web.HeadLimits;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;

/**
 * The decoder of Vert.x without its leniency: a header that goes on in a second line is refused
 * (RFC 9112, section 5.2; decoded, nothing tells of it any more), and so is what {@link
 * RequestHead} finds. After a refused request nothing more is read. Confined to the connection's
 * event loop.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  private static final BadHeadException FOLDED =
      BadHeadException.malformed("a header goes on in a second line (expected: one line each)");

  private final HeadLimits limits;
  private boolean inHead = true;
  private boolean pastFirstLine;
  private boolean refused;

  StrictRequestDecoder(HeadLimits limits) {
    super(
        new Http1ServerConfig()
            .setMaxInitialLineLength(limits.lineBytes())
            .setMaxHeaderSize(limits.headerBytes()));
    this.limits = limits;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out)
      throws Exception {
    if (refused) {
      bytes.skipBytes(bytes.readableBytes());
      return;
    }
    if (inHead && isFolded(bytes)) {
      refused = true;
      bytes.skipBytes(bytes.readableBytes());
      HttpMessage bad = createInvalidMessage();
      bad.setDecoderResult(DecoderResult.failure(FOLDED));
      out.add(bad);
      return;
    }
    int from = bytes.readerIndex();
    int before = out.size();
    super.decode(context, bytes, out);
    pastFirstLine |= inHead && bytes.readerIndex() > from;
    for (int i = before; i < out.size(); i++) {
      if (out.get(i) instanceof HttpRequest request) {
        inHead = false;
        check(request);
      }
      if (out.get(i) instanceof LastHttpContent) {
        inHead = true;
        pastFirstLine = false;
      }
    }
  }

  private void check(HttpRequest request) {
    if (request.decoderResult().isSuccess()) {
      RequestHead.problem(request, limits)
          .ifPresent(problem -> request.setDecoderResult(DecoderResult.failure(problem)));
    }
    refused = request.decoderResult().isFailure();
  }

  /** Whether a line of the head begins with a space; looks no further than the head's end. */
  private boolean isFolded(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    boolean first = !pastFirstLine;
    while (at < end) {
      byte start = bytes.getByte(at);
      if (start == ' ' || start == '\t') {
        return true;
      }
      if (start == '\r' && !first) {
        return false;
      }
      int lineEnd = bytes.indexOf(at, end, (byte) '\n');
      if (lineEnd < 0) {
        return false;
      }
      // empty lines before the first one are passed over
      first &= start == '\r';
      at = lineEnd + 1;
    }
    return false;
  }
}
