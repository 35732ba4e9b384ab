package io.tollgate.trading.node.internal.serving;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.node.HeartbeatConfig;
import io.tollgate.web.CenterToken;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the centre that the node runs, at once and then again and again. A heartbeat that fails is
 * logged, and the next one comes in its time.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final Vertx vertx;
  private final HeartbeatConfig config;
  private final CenterToken token;
  private final HttpClient client;
  private final long timer;

  private Heartbeat(Vertx vertx, HeartbeatConfig config, CenterToken token) {
    this.vertx = vertx;
    this.config = config;
    this.token = token;
    HttpClientOptions options = new HttpClientOptions().setVerifyHost(true).setTrustAll(false);
    config
        .authorities()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    this.client = vertx.createHttpClient(options);
    this.timer = vertx.setPeriodic(config.interval().toMillis(), _ -> beat());
  }

  /** Begins. */
  public static Heartbeat start(Vertx vertx, HeartbeatConfig config, CenterToken token) {
    requireNonNull(token, "token is null");
    Heartbeat heartbeat = new Heartbeat(vertx, config, token);
    heartbeat.beat();
    return heartbeat;
  }

  private void beat() {
    boolean tls = "https".equals(config.center().getScheme());
    int port = config.center().getPort();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(config.center().getHost())
            .setPort(port > 0 ? port : tls ? HTTPS : HTTP)
            .setSsl(tls)
            .setURI("/api/nodes/" + config.code() + "/heartbeat")
            .setConnectTimeout(DEADLINE.toMillis())
            .setIdleTimeout(DEADLINE.toMillis())
            .putHeader("Content-Type", "application/json");
    token.secret().ifPresent(secret -> options.putHeader(CenterToken.HEADER, secret));
    client
        .request(options)
        .compose(request -> request.send(Buffer.buffer("{}")))
        .onSuccess(
            response -> {
              if (response.statusCode() != 200) {
                LOG.atWarn()
                    .addKeyValue("status", response.statusCode())
                    .addKeyValue("node_code", config.code())
                    .log("the centre does not take the heartbeat");
              }
            })
        .onFailure(
            cause ->
                LOG.atWarn()
                    .addKeyValue("reason", cause.toString())
                    .addKeyValue("node_code", config.code())
                    .log("the centre does not hear the heartbeat"));
  }

  @Override
  public void close() {
    boolean unused = vertx.cancelTimer(timer);
    var _ = client.close();
  }
}
