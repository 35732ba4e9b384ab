package io.tollgate.sandbox.internal.trading.fault;

import io.tollgate.sandbox.internal.json.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which calls something goes wrong with: those that match, from the {@code nth} on, so many times,
 * with a probability of a seeded generator. Confined to the event loop.
 */
final class FaultRule {
  private static final Set<String> MATCHED =
      Set.of("method", "path", "symbol", "client_order_id_prefix", "api_key", "nth");

  private final Fault fault;
  private final Map<String, String> match;
  private final long nth;
  private final double probability;
  private final Random random;
  private long left;
  private long seen;

  private FaultRule(
      Fault fault, Map<String, String> match, long times, double probability, long seed) {
    this.fault = fault;
    this.match = match;
    this.nth = Long.parseLong(match.getOrDefault("nth", "0"));
    this.left = times;
    this.probability = probability;
    this.random = new Random(seed);
  }

  static FaultRule read(JsonNode asked) {
    Map<String, String> parameters = texts(asked);
    Map<String, String> match = texts(asked.path("match"));
    for (String name : match.keySet()) {
      if (!MATCHED.contains(name)) {
        throw Problem.invalid("match", "match: " + name + " (expected: one of " + MATCHED + ")");
      }
    }
    if (!match.getOrDefault("nth", "0").matches("[0-9]{1,9}")) {
      throw Problem.invalid("nth", "nth: " + match.get("nth") + " (expected: >= 1)");
    }
    String action = parameters.getOrDefault("action", "");
    JsonNode times = asked.path("times");
    JsonNode probability = asked.path("probability");
    double share = probability.isNumber() ? probability.doubleValue() : 1;
    if (!(share >= 0 && share <= 1)) {
      throw Problem.invalid("probability", "probability: " + share + " (expected: 0..1)");
    }
    boolean once = match.containsKey("nth");
    return new FaultRule(
        Fault.of(action, parameters),
        match,
        times.isNumber() ? times.longValue() : once ? 1 : Long.MAX_VALUE,
        share,
        asked.path("seed").isNumber() ? asked.path("seed").longValue() : 0);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object
        .propertyStream()
        .filter(one -> one.getValue().isValueNode() && !one.getValue().isNull())
        .forEach(one -> texts.put(one.getKey(), one.getValue().asString()));
    return texts;
  }

  Fault fault() {
    return fault;
  }

  /** Whether it is for everybody, and not for a kind of call. */
  boolean everywhere() {
    return match.isEmpty();
  }

  boolean spent() {
    return left <= 0;
  }

  /** Whether it hits this call, which is counted. */
  boolean hits(CallFacts call) {
    if (!matches(call)) {
      return false;
    }
    seen++;
    if (seen < nth || left <= 0 || probability < 1 && random.nextDouble() >= probability) {
      return false;
    }
    left--;
    return true;
  }

  private boolean matches(CallFacts call) {
    return match.getOrDefault("method", call.method()).equalsIgnoreCase(call.method())
        && match.getOrDefault("path", call.path()).equals(call.path())
        && match.getOrDefault("symbol", call.symbol()).equals(call.symbol())
        && call.ownId().startsWith(match.getOrDefault("client_order_id_prefix", ""))
        && match.getOrDefault("api_key", call.apiKey()).equals(call.apiKey());
  }
}
