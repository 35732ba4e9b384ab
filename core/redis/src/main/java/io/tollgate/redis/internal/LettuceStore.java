package io.tollgate.redis.internal;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.tollgate.redis.RedisStore;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that is made again whenever it is lost. While there is none, commands
 * fail at once; nothing is kept to be sent later.
 */
public final class LettuceStore implements RedisStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LettuceStore.class);
  private static final int MAX_WAITING = 100_000;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final long RETRY_MS = 1_000;

  private final ClientResources resources;
  private final AbstractRedisClient client;
  private final Function<AbstractRedisClient, Connected> connecting;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Consumer<String>> channels = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Optional<Connected> connected = Optional.empty();
  private volatile boolean closed;

  private record Connected(
      StatefulConnection<String, String> connection,
      RedisClusterAsyncCommands<String, String> commands,
      StatefulRedisPubSubConnection<String, String> channels) {
    void close() {
      channels.close();
      connection.close();
    }
  }

  private LettuceStore(
      ClientResources resources,
      AbstractRedisClient client,
      Function<AbstractRedisClient, Connected> connecting) {
    this.resources = requireNonNull(resources, "resources is null");
    this.client = requireNonNull(client, "client is null");
    this.connecting = requireNonNull(connecting, "connecting is null");
  }

  /** Opens it; the first connection is made in the background. */
  public static LettuceStore open(URI url, boolean cluster, Duration timeout) {
    RedisURI address = RedisURI.create(url);
    address.setTimeout(timeout);
    ClientResources resources =
        ClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    LettuceStore store =
        cluster ? ofCluster(resources, address, timeout) : ofServer(resources, address, timeout);
    store.client.addListener(store.new States());
    store.connect();
    return store;
  }

  private static LettuceStore ofServer(
      ClientResources resources, RedisURI address, Duration timeout) {
    RedisClient client = RedisClient.create(resources, address);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_WAITING)
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
            .timeoutOptions(TimeoutOptions.enabled(timeout))
            .build());
    return new LettuceStore(
        resources,
        client,
        unused -> {
          var connection = client.connect(StringCodec.UTF8, address);
          try {
            var channels = client.connectPubSub(StringCodec.UTF8, address);
            return new Connected(connection, connection.async(), channels);
          } catch (RuntimeException e) {
            connection.close();
            throw e;
          }
        });
  }

  private static LettuceStore ofCluster(
      ClientResources resources, RedisURI address, Duration timeout) {
    RedisClusterClient client = RedisClusterClient.create(resources, address);
    client.setOptions(
        ClusterClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_WAITING)
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
            .timeoutOptions(TimeoutOptions.enabled(timeout))
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(Duration.ofSeconds(10))
                    .enableAllAdaptiveRefreshTriggers()
                    .build())
            .build());
    return new LettuceStore(
        resources,
        client,
        unused -> {
          var connection = client.connect(StringCodec.UTF8);
          try {
            var channels = client.connectPubSub(StringCodec.UTF8);
            return new Connected(connection, connection.async(), channels);
          } catch (RuntimeException e) {
            connection.close();
            throw e;
          }
        });
  }

  /** Once there was a connection, the client makes it again by itself. */
  private void connect() {
    Thread unused = Thread.ofVirtual().name("redis-connect").start(this::connectUntilDone);
  }

  private void connectUntilDone() {
    boolean told = false;
    while (!closed && connected.isEmpty()) {
      try {
        Connected made = connecting.apply(client);
        made.channels().addListener(new Heard());
        connected = Optional.of(made);
        channels.keySet().forEach(channel -> listenOn(made, channel));
        listeners.forEach(Runnable::run);
      } catch (RuntimeException e) {
        if (!told && !closed) {
          LOG.atWarn().setCause(e).log("Redis is away; everything goes on without");
          told = true;
        }
        try {
          TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        } catch (InterruptedException _) {
          return;
        }
      }
    }
  }

  private final class States implements RedisConnectionStateListener {
    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
      if (connection instanceof StatefulRedisPubSubConnection) {
        return;
      }
      int _ = connections.incrementAndGet();
      if (connected.isPresent()) {
        listeners.forEach(Runnable::run);
      }
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      if (!(connection instanceof StatefulRedisPubSubConnection)) {
        int _ = connections.decrementAndGet();
      }
    }
  }

  private final class Heard extends RedisPubSubAdapter<String, String> {
    @Override
    public void message(String channel, String message) {
      Consumer<String> listener = channels.get(channel);
      if (listener != null) {
        listener.accept(message);
      }
    }
  }

  @Override
  public CompletionStage<List<Optional<String>>> fields(String key, List<String> fields) {
    return sent(
        commands ->
            commands
                .hmget(key, fields.toArray(String[]::new))
                .thenApply(values -> values.stream().map(LettuceStore::value).toList()));
  }

  private static Optional<String> value(KeyValue<String, String> field) {
    return field.hasValue() ? Optional.of(field.getValue()) : Optional.empty();
  }

  @Override
  public CompletionStage<Long> run(String script, String key, List<String> arguments) {
    return sent(
        commands ->
            commands.eval(
                script,
                ScriptOutputType.INTEGER,
                new String[] {key},
                arguments.toArray(String[]::new)));
  }

  @Override
  public CompletionStage<Boolean> delete(String key) {
    return sent(commands -> commands.del(key).thenApply(deleted -> deleted > 0));
  }

  @Override
  public CompletionStage<Long> publish(String channel, String message) {
    return sent(commands -> commands.publish(channel, message));
  }

  @Override
  public void listen(String channel, Consumer<String> listener) {
    channels.put(channel, listener);
    connected.ifPresent(now -> listenOn(now, channel));
  }

  /** Once only: the client listens again by itself after a connection was lost. */
  private static void listenOn(Connected now, String channel) {
    var unused = now.channels().async().subscribe(channel);
  }

  private <T> CompletionStage<T> sent(
      Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> command) {
    Optional<Connected> now = connected;
    if (now.isEmpty()) {
      return CompletableFuture.failedStage(new RedisConnectionException("no connection yet"));
    }
    try {
      return command.apply(now.get().commands());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public boolean isConnected() {
    return connected.isPresent() && connections.get() > 0;
  }

  @Override
  public void onConnected(Runnable action) {
    listeners.add(action);
  }

  @Override
  public void close() {
    closed = true;
    connected.ifPresent(Connected::close);
    client.shutdown(0, 1, TimeUnit.SECONDS);
    var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
