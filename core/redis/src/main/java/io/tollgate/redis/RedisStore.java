package io.tollgate.redis;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Commands to Redis that are sent at once, one behind another on one connection. Each answers
 * within the timeout that is set, or fails: also while Redis is away, which fails at once. A
 * command that failed may have been done. Safe for use by many threads; blocks nobody.
 */
public interface RedisStore {
  /** Fields of a hash in the order asked for; empty where there is no such key or field. */
  CompletionStage<List<Optional<String>>> fields(String key, List<String> fields);

  /**
   * Runs a script on one key, with nothing in between.
   *
   * @param script Lua; answers a whole number
   */
  CompletionStage<Long> run(String script, String key, List<String> arguments);

  /** Deletes a key. */
  CompletionStage<Boolean> delete(String key);

  /**
   * Tells everybody who listens on a channel now; nothing is kept for others.
   *
   * @return how many heard it
   */
  CompletionStage<Long> publish(String channel, String message);

  /**
   * Listens on a channel for as long as the store is open, whenever there is a connection: what is
   * told in between is missed.
   *
   * @param listener must not block
   */
  void listen(String channel, Consumer<String> listener);

  /** Whether there is a connection now. */
  boolean isConnected();

  /** Runs the action after each time a connection was made. It must not block. */
  void onConnected(Runnable action);
}
