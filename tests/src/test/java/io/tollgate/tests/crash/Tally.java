package io.tollgate.tests.crash;

import io.tollgate.tests.installation.Client;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/** What callers have seen. Safe for use by many threads. */
final class Tally {
  static final int NO_MEANS = 402;

  private static final int OURS = 500;

  private final LongAdder sent = new LongAdder();
  private final LongAdder interrupted = new LongAdder();
  private final AtomicLong inFlight = new AtomicLong();
  private final Map<String, Completed> completed = new ConcurrentHashMap<>();
  private final Map<Integer, LongAdder> refused = new ConcurrentHashMap<>();
  private final Map<Integer, String> samples = new ConcurrentHashMap<>();
  private final Set<String> unclear = ConcurrentHashMap.newKeySet();

  /** What the callers of two loads have seen, all of whom have left. */
  static Tally of(Tally one, Tally other) {
    Tally both = new Tally();
    for (Tally part : List.of(one, other)) {
      both.sent.add(part.sent.sum());
      both.interrupted.add(part.interrupted.sum());
      both.completed.putAll(part.completed);
      both.unclear.addAll(part.unclear);
      part.samples.forEach(both.samples::putIfAbsent);
      part.refused.forEach(
          (status, count) ->
              both.refused.computeIfAbsent(status, key -> new LongAdder()).add(count.sum()));
    }
    return both;
  }

  void sent() {
    sent.increment();
    inFlight.incrementAndGet();
  }

  void completed(Completed answer) {
    inFlight.decrementAndGet();
    if (completed.put(answer.id(), answer) != null) {
      throw new AssertionError("two answers with one id: " + answer.id());
    }
  }

  /** Answered, and not with a whole good answer. */
  void refused(int status, String body) {
    inFlight.decrementAndGet();
    refused.computeIfAbsent(status, key -> new LongAdder()).increment();
    samples.putIfAbsent(status, body);
    if (status >= OURS && !says(Client.JSON.readTree(body))) {
      unclear.add(status + " without a code: " + body);
    }
  }

  /** Whether an error says of what kind it is, where its caller's protocol has that. */
  private static boolean says(JsonNode error) {
    boolean anthropic = error.path("type").asString("").equals("error");
    return error.at(anthropic ? "/error/type" : "/error/code").isString()
        // Google's code is the status as a number
        || error.at("/error/status").isString();
  }

  /** The connection was gone before the end of an answer. */
  void interrupted() {
    inFlight.decrementAndGet();
    interrupted.increment();
  }

  /** Nobody was there to be asked. */
  void notReached() {
    inFlight.decrementAndGet();
    sent.decrement();
  }

  long requests() {
    return sent.sum();
  }

  long inFlight() {
    return inFlight.get();
  }

  Map<String, Completed> completed() {
    return completed;
  }

  /** Requests of which the caller cannot know what became of them. */
  long unknown() {
    return interrupted.sum()
        + refused.entrySet().stream()
            .filter(entry -> entry.getKey() >= OURS || entry.getKey() == 200)
            .mapToLong(entry -> entry.getValue().sum())
            .sum();
  }

  long withoutMeans() {
    LongAdder count = refused.get(NO_MEANS);
    return count == null ? 0 : count.sum();
  }

  /** How many of each status that is not a whole good answer; 0: no answer. */
  Map<Integer, Long> refused() {
    Map<Integer, Long> all = new TreeMap<>();
    refused.forEach((status, count) -> all.put(status, count.sum()));
    all.put(0, interrupted.sum());
    return all;
  }

  /** Answers of a fault that do not say by a code which: a sentence for each. */
  Set<String> unclear() {
    return unclear;
  }

  /** An answer of this status. */
  String sample(int status) {
    return samples.getOrDefault(status, "");
  }
}
