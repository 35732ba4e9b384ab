package io.tollgate.sandbox.internal.trading.record;

import io.tollgate.sandbox.internal.json.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often each own id of an order came and was accepted, counted apart from the books of
 * accounts. Beyond a bound the oldest ids are forgotten, never the totals. Confined to the event
 * loop.
 */
public final class Witness {
  private static final int MOST_ORDER_IDS = 100;

  private final Map<String, Witnessed> entries;
  private long received;
  private long accepted;
  private long rejected;

  /** What is known of one own id. Confined to the event loop. */
  public static final class Witnessed {
    private final List<Long> orderIds = new ArrayList<>();
    private Attempt last;
    private long received;
    private long accepted;
    private long rejected;

    private Witnessed(Attempt first) {
      this.last = first;
    }

    ObjectNode write(String id) {
      ObjectNode json = JsonBody.object().put("id", id);
      json.put("received", received).put("accepted", accepted).put("rejected", rejected);
      orderIds.forEach(json.putArray("orders")::add);
      json.set("last", last.write());
      return json;
    }

    private static Witnessed read(JsonNode json) {
      Witnessed seen = new Witnessed(Attempt.read(json.path("last")));
      seen.received = json.path("received").longValue();
      seen.accepted = json.path("accepted").longValue();
      seen.rejected = json.path("rejected").longValue();
      json.path("orders").forEach(order -> seen.orderIds.add(order.longValue()));
      return seen;
    }

    private void count(Attempt attempt) {
      received++;
      switch (attempt.outcome()) {
        case ACCEPTED -> {
          accepted++;
          last = attempt;
          attempt
              .orderId()
              .ifPresent(
                  order -> {
                    if (orderIds.size() < MOST_ORDER_IDS) {
                      orderIds.add(order);
                    }
                  });
        }
        case REJECTED -> rejected++;
        case LOST -> {}
      }
    }

    public List<Long> orderIds() {
      return List.copyOf(orderIds);
    }

    /** The accepted attempt that came last, else the first. */
    public Attempt last() {
      return last;
    }

    public long received() {
      return received;
    }

    public long accepted() {
      return accepted;
    }

    public long rejected() {
      return rejected;
    }
  }

  /** A witness that tells so many ids apart. */
  public Witness(int mostIds) {
    this.entries =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Witnessed> eldest) {
            return size() > mostIds;
          }
        };
  }

  /** Counts one more. */
  public void count(Attempt attempt) {
    received++;
    switch (attempt.outcome()) {
      case ACCEPTED -> accepted++;
      case REJECTED -> rejected++;
      case LOST -> {}
    }
    if (!attempt.clientId().isEmpty()) {
      entries.computeIfAbsent(attempt.clientId(), id -> new Witnessed(attempt)).count(attempt);
    }
  }

  ObjectNode writeTotals() {
    return JsonBody.object()
        .put("received", received)
        .put("accepted", accepted)
        .put("rejected", rejected);
  }

  /** Takes over totals that were counted before. */
  void readTotals(JsonNode json) {
    received = json.path("received").longValue();
    accepted = json.path("accepted").longValue();
    rejected = json.path("rejected").longValue();
  }

  /** Takes over what was counted of one own id before. */
  void readEntry(JsonNode json) {
    entries.put(json.path("id").stringValue(), Witnessed.read(json));
  }

  public long received() {
    return received;
  }

  public long accepted() {
    return accepted;
  }

  public long rejected() {
    return rejected;
  }

  /** All own ids that are remembered, oldest first. */
  public Stream<Map.Entry<String, Witnessed>> entries() {
    return entries.entrySet().stream();
  }
}
