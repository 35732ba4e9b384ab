package io.tollgate.bench.charging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Speaks plain HTTP on kept connections, as little as it takes. */
final class HttpBackends implements Backends {
  private static final int ANSWER_BYTES_MAX = 16_384;
  private static final long LOOK_MS = 100;

  private final InetSocketAddress address;
  private final String head;
  private final Selector selector;

  HttpBackends(int port, String serviceToken) throws IOException {
    address = new InetSocketAddress("127.0.0.1", port);
    head =
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Service-Token: "
            + serviceToken
            + "\r\nContent-Length: ";
    selector = Selector.open();
  }

  @Override
  public Backend connect() throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(channel);
    SelectionKey _ = channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  @Override
  public void carry(Runnable begin, Future<?> done) throws IOException {
    begin.run();
    while (!done.isDone()) {
      int _ =
          selector.select(
              key -> {
                if (key.attachment() instanceof Connection connection) {
                  connection.read();
                }
              },
              LOOK_MS);
    }
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Connection implements Backend {
    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(ANSWER_BYTES_MAX);
    private @Nullable Answered waiting;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void check(String user, Answered then) {
      post("check", "{\"user_id\":\"" + user + "\",\"service_name\":\"asset\",\"count\":1}", then);
    }

    @Override
    public void deduct(String user, String requestId, Answered then) {
      post(
          "deduct",
          "{\"user_id\":\""
              + user
              + "\",\"service_name\":\"asset\",\"count\":1,\"request_id\":\""
              + requestId
              + "\"}",
          then);
    }

    private void post(String call, String body, Answered then) {
      waiting = then;
      String request =
          "POST /internal/v1/billing/" + call + head + body.length() + "\r\n\r\n" + body;
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(ISO_8859_1));
      try {
        // a few hundred bytes on a connection on which nothing is under way
        while (bytes.hasRemaining()) {
          int _ = channel.write(bytes);
        }
      } catch (IOException e) {
        then.failed(e);
      }
    }

    void read() {
      Answered then = waiting;
      if (then == null) {
        return;
      }
      try {
        if (channel.read(received) < 0) {
          throw new IOException("the connection ended");
        }
        HttpAnswer answer = HttpAnswer.read(received.array(), received.position());
        if (answer.whole()) {
          received.clear();
          waiting = null;
          then.with(answer.status() == 200);
        } else if (!received.hasRemaining()) {
          throw new IOException("an answer of more than " + ANSWER_BYTES_MAX + " bytes");
        }
      } catch (IOException e) {
        waiting = null;
        then.failed(e);
      }
    }
  }
}
