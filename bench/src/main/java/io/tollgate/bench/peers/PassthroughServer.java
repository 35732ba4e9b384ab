package io.tollgate.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.tollgate.bench.load.NettySetup;
import io.tollgate.bench.program.KeyList;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The floor for anything on Netty: looks the key up, reads the model's name, passes request and
 * answer on, and reads the usage in passing. It charges nothing, limits nothing and logs nothing.
 */
public final class PassthroughServer {
  private static final int MAX_BODY = 1 << 20;
  private static final JsonFactory JSON = new JsonFactory();

  private final int upstream;
  private final Set<String> keys;

  private PassthroughServer(int upstream, Set<String> keys) {
    this.upstream = upstream;
    this.keys = keys;
  }

  /** Serves on a port until it is ended: {@code PORT UPSTREAM_PORT KEY|@FILE_OF_KEYS…}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Set<String> keys = new HashSet<>();
    for (String known : Arrays.asList(arguments).subList(2, arguments.length)) {
      KeyList.read(known).forEach(key -> keys.add("Bearer " + key));
    }
    PassthroughServer all = new PassthroughServer(Integer.parseInt(arguments[1]), keys);
    NettySetup.serve(
        NettySetup.loops(Runtime.getRuntime().availableProcessors()),
        Integer.parseInt(arguments[0]),
        channel ->
            channel
                .pipeline()
                .addLast(
                    new HttpServerCodec(),
                    new HttpObjectAggregator(MAX_BODY),
                    new CallerSide(all)));
  }

  int upstream() {
    return upstream;
  }

  boolean knows(String authorization) {
    return keys.contains(authorization);
  }

  /** The name of the model a body asks for; empty when there is none. */
  static String model(ByteBuf body) {
    try (InputStream in = new ByteBufInputStream(body.duplicate());
        JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("model");
        JsonToken value = parser.nextToken();
        if (found && value == JsonToken.VALUE_STRING) {
          return parser.getString();
        }
        parser.skipChildren();
      }
      return "";
    } catch (IOException | JacksonException e) {
      return "";
    }
  }

  /** Tokens told in a piece of an answer: the number behind a name, or -1. */
  static long tokens(ByteBuf piece, byte[] name) {
    int at = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(name), piece);
    if (at < 0) {
      return -1;
    }
    long number = 0;
    for (int i = at + name.length; i < piece.writerIndex(); i++) {
      int digit = piece.getByte(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  static byte[] name(String name) {
    return ("\"" + name + "\":").getBytes(UTF_8);
  }
}
