package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks once a second whether a session's key still opens it. Confined to one event loop. */
final class KeyWatch {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RequestResources resources;
  private final String key;
  private final String address;
  private final Consumer<KeyHolder> holds;
  private final Consumer<Refusal> ended;
  private long nextNanos = System.nanoTime() + EVERY_NANOS;
  private boolean asking;

  /**
   * @param address where the caller is
   * @param holds told who has the key
   * @param ended told when nobody has, or it may not be used from there
   */
  KeyWatch(
      RequestResources resources,
      String key,
      String address,
      Consumer<KeyHolder> holds,
      Consumer<Refusal> ended) {
    this.resources = resources;
    this.key = key;
    this.address = address;
    this.holds = holds;
    this.ended = ended;
  }

  void tick(long now) {
    if (asking || now - nextNanos < 0) {
      return;
    }
    asking = true;
    nextNanos = now + EVERY_NANOS;
    resources.take(
        resources.loop().parts().apiKeys().authenticate(key),
        found -> {
          asking = false;
          if (found.isPresent() && found.get().addresses().allow(address)) {
            holds.accept(found.get());
          } else {
            ended.accept(
                new Refusal(
                    ErrorCode.INVALID_API_KEY,
                    "the API key is not valid any more (expected: a key that exists, is enabled and"
                        + " has not expired)"));
          }
        },
        // who cannot be asked says nothing against it
        _ -> asking = false);
  }
}
