package io.tollgate.edge.admin;

import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.web.UpstreamProxies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Calls an account over a connection of its own, step by step. Blocking; safe on any thread. */
final class TestCalls {
  /** Of a request that nobody sent. */
  static final RequestHead NO_HEAD =
      new RequestHead() {
        @Override
        public Optional<String> header(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<String> query(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<String> pathParameter(String name) {
          return Optional.empty();
        }
      };

  private static final int CONNECT_MS = 5_000;
  private static final int ANSWER_MS = 60_000;
  private static final int MAX_BYTES = 256 << 10;

  private final HttpClientAgent agent;

  TestCalls(Vertx vertx) {
    agent =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxRedirects(0)
                .setConnectTimeout(CONNECT_MS));
  }

  /** What came back, up to a bound. */
  record Answer(int status, byte[] body) {}

  /** The call came to nothing. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;

    Failed(String what) {
      super(what);
      this.what = what;
    }

    String what() {
      return what;
    }
  }

  Answer call(
      ProviderAccount account,
      List<Header> accountHeaders,
      UpstreamCall call,
      BiConsumer<String, Map<String, ?>> step)
      throws Failed {
    BaseUrl base = account.baseUrl();
    HttpConnectOptions connect =
        new HttpConnectOptions().setHost(base.host()).setPort(base.port()).setSsl(base.tls());
    account
        .settings()
        .proxy()
        .ifPresent(
            proxy ->
                connect.setProxyOptions(
                    UpstreamProxies.options(
                        proxy.kind().scheme(),
                        proxy.host(),
                        proxy.port(),
                        proxy.user(),
                        proxy.password())));
    HttpClientConnection connection =
        await(agent.connect(connect), CONNECT_MS + 1_000, "no connection");
    try {
      step.accept("connected", Map.of("tls", base.tls()));
      RequestOptions options =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setURI(base.path() + call.path())
              .setHost(base.host())
              .setPort(base.port())
              .setSsl(base.tls());
      HttpClientRequest request = await(connection.request(options), CONNECT_MS, "no connection");
      request.putHeader("content-type", "application/json").putHeader("user-agent", "Tollgate");
      accountHeaders.forEach(header -> request.putHeader(header.name(), header.value()));
      call.headers().forEach(header -> request.putHeader(header.name(), header.value()));
      account
          .settings()
          .headers()
          .forEach(header -> request.putHeader(header.name(), header.value()));
      Promise<byte[]> body = Promise.promise();
      // heard before it is asked: an answer may come whole before this thread goes on
      Future<HttpClientResponse> head =
          request
              .response()
              .map(
                  answered -> {
                    collect(answered, body);
                    return answered;
                  });
      var _ = request.send(Buffer.buffer(call.body()));
      HttpClientResponse response = await(head, ANSWER_MS, "no answer");
      step.accept("head", Map.of("status", response.statusCode()));
      return new Answer(
          response.statusCode(), await(body.future(), ANSWER_MS, "the answer broke off"));
    } finally {
      var _ = connection.close();
    }
  }

  /** On the connection's event loop. */
  private static void collect(HttpClientResponse response, Promise<byte[]> whole) {
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(_ -> whole.tryComplete(body.getBytes()));
    response.handler(
        piece -> {
          if (body.length() + piece.length() > MAX_BYTES) {
            whole.tryFail("more than " + MAX_BYTES + " bytes");
            var _ = response.request().reset();
          } else {
            body.appendBuffer(piece);
          }
        });
  }

  private static <T> T await(Future<T> future, long ms, String otherwise) throws Failed {
    try {
      return future.toCompletionStage().toCompletableFuture().get(ms, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new Failed(otherwise + ": " + e.getCause());
    } catch (TimeoutException _) {
      throw new Failed(otherwise + " within " + ms + " ms");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failed("the server is stopping");
    }
  }
}
