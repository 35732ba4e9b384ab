package io.tollgate.relay.gateway.internal.media;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.PublicAddresses;
import io.tollgate.relay.gateway.MediaConfig;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.FetchedMedia;
import io.tollgate.relay.protocols.RequestFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Fetches what a request names by its address: a bounded number of things, of bounded size, within
 * a bounded time, from public addresses only. Confined to one event loop.
 */
public final class MediaFetcher {
  private final Vertx vertx;
  private final HttpClient client;
  private final MediaConfig config;
  private final Predicate<InetAddress> allowed;

  public MediaFetcher(Vertx vertx, HttpClient client, MediaConfig config) {
    this(vertx, client, config, PublicAddresses::isPublic);
  }

  /**
   * @param allowed which addresses may be connected to
   */
  MediaFetcher(Vertx vertx, HttpClient client, MediaConfig config, Predicate<InetAddress> allowed) {
    this.vertx = requireNonNull(vertx, "vertx is null");
    this.client = requireNonNull(client, "client is null");
    this.config = requireNonNull(config, "config is null");
    this.allowed = requireNonNull(allowed, "allowed is null");
  }

  /**
   * What is found at the addresses; fails with a {@link RequestFault} when one of them cannot be
   * fetched, with a {@link io.tollgate.ground.Refusal} when there is no memory for it.
   *
   * @param addresses each once
   */
  public CompletionStage<Map<String, FetchedMedia>> fetch(
      RequestResources resources, List<String> addresses) {
    if (addresses.size() > config.maxCount()) {
      return Future.<Map<String, FetchedMedia>>failedFuture(
              RequestFault.of(
                  "messages",
                  addresses.size()
                      + " pictures by address (expected: at most "
                      + config.maxCount()
                      + " for this model's provider)"))
          .toCompletionStage();
    }
    ByteAllowance left = new ByteAllowance(config.maxBytes());
    List<Future<FetchedMedia>> fetches = new ArrayList<>();
    for (String address : addresses) {
      MediaFetch fetch = new MediaFetch(resources, vertx, client, allowed, left);
      fetches.add(fetch.begin(address, config.maxMs()));
    }
    return Future.all(fetches)
        .map(
            all -> {
              Map<String, FetchedMedia> found = new HashMap<>();
              for (int i = 0; i < addresses.size(); i++) {
                found.put(addresses.get(i), fetches.get(i).result());
              }
              return found;
            })
        .toCompletionStage();
  }
}
