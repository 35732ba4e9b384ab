package io.tollgate.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.tollgate.bench.load.NettySetup;
import java.util.concurrent.TimeUnit;

/**
 * A provider that does next to nothing of its own: an answer of about 1 KB at once, or 20 chunks 5
 * ms apart. The sandbox provider counts tokens and keeps a journal, which would be measured along.
 */
public final class UpstreamServer {
  private static final int CHUNKS = 20;
  private static final int MILLIS_APART = 5;
  private static final int MAX_BODY = 1 << 20;

  private static final String USAGE =
      "{\"prompt_tokens\":180,\"completion_tokens\":20,\"total_tokens\":200}";
  private static final byte[] STREAMED = "\"stream\":true".getBytes(UTF_8);

  private static final String TEXT = "An answer of some length. ".repeat(29);
  private static final String MESSAGES = "/messages";

  private static final ByteBuf JSON = fixed(json());
  private static final ByteBuf MESSAGE = fixed(message());
  private static final ByteBuf CHUNK = fixed(chunk("{\"content\":\" word\"}", "null"));
  private static final ByteBuf LAST =
      fixed(
          chunk("{}", "\"stop\"")
              + "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\","
              + "\"created\":1760000000,\"model\":\"gpt-4o-mini\",\"choices\":[],\"usage\":"
              + USAGE
              + "}\n\ndata: [DONE]\n\n");

  private UpstreamServer() {}

  /** Serves on a port until it is ended: {@code PORT}. */
  public static void main(String[] arguments) throws InterruptedException {
    NettySetup.serve(
        NettySetup.loops(2),
        Integer.parseInt(arguments[0]),
        channel ->
            channel
                .pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY), new Answer()));
  }

  private static ByteBuf fixed(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer().writeBytes(text.getBytes(UTF_8)).asReadOnly());
  }

  private static String json() {
    return "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1760000000,"
        + "\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
        + "\"content\":\""
        + TEXT
        + "\"},\"finish_reason\":\"stop\"}],\"usage\":"
        + USAGE
        + "}";
  }

  private static String message() {
    return "{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\","
        + "\"model\":\"claude-haiku-4-5\",\"content\":[{\"type\":\"text\",\"text\":\""
        + TEXT
        + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
        + "\"usage\":{\"input_tokens\":180,\"output_tokens\":20}}";
  }

  private static String chunk(String delta, String reason) {
    return "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\","
        + "\"created\":1760000000,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + reason
        + "}]}\n\n";
  }

  private static final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (ByteBufUtil.indexOf(Unpooled.wrappedBuffer(STREAMED), request.content()) >= 0) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("Content-Type", "text/event-stream").set("Transfer-Encoding", "chunked");
        NettySetup.write(context.channel(), head);
        chunk(context, 1);
      } else {
        ByteBuf body = request.uri().endsWith(MESSAGES) ? MESSAGE : JSON;
        var answer =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body.duplicate());
        answer
            .headers()
            .set("Content-Type", "application/json")
            .setInt("Content-Length", body.readableBytes());
        NettySetup.flush(context.channel(), answer);
      }
    }

    private static void chunk(ChannelHandlerContext context, int number) {
      if (!context.channel().isActive()) {
        return;
      }
      if (number == CHUNKS) {
        NettySetup.flush(context.channel(), new DefaultLastHttpContent(LAST.duplicate()));
        return;
      }
      NettySetup.flush(context.channel(), new DefaultHttpContent(CHUNK.duplicate()));
      var unused =
          context
              .executor()
              .schedule(() -> chunk(context, number + 1), MILLIS_APART, TimeUnit.MILLISECONDS);
    }
  }
}
