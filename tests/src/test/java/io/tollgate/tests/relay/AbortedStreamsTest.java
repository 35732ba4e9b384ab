package io.tollgate.tests.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.relay.EveryProtocolTest.Caller;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.LeftStream;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Streams of each protocol, own and translated, that are left by their caller or broken off by
 * their provider after each of their events: request log, ledger and provider agree on what was
 * used, kind by kind.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class AbortedStreamsTest {
  private static final List<String> MODELS =
      List.of("gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash");
  private static final List<String> KINDS =
      List.of(
          "input_tokens",
          "output_tokens",
          "cached_tokens",
          "cache_write_tokens",
          "reasoning_tokens");
  private static final String PLAIN = "output_tokens=6";
  private static final String CACHED = "output_tokens=6; cached_tokens=4";
  private static final String THINKING = "output_tokens=6; reasoning_tokens=3; cached_tokens=4";

  /** As many events as such a stream has, about. */
  private static final Map<Caller, Integer> EVENTS =
      Map.of(Caller.CHAT, 9, Caller.RESPONSES, 18, Caller.MESSAGES, 12, Caller.GEMINI, 7);

  private static final int AT_ONCE = 40;

  private final Site site;
  private final Payer payer;
  private final Map<Abort, LeftStream> ended = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> rows = new HashMap<>();
  private BigDecimal paid = BigDecimal.ZERO;

  AbortedStreamsTest(Site site) {
    this.site = site;
    payer = site.payer("10");
  }

  /** Who ends a stream. */
  enum Who {
    CALLER,
    PROVIDER
  }

  /**
   * A stream that does not come to its end.
   *
   * @param after so many events, of the caller's stream or of the provider's
   */
  record Abort(Who who, Caller caller, String model, int after, String steering) {}

  private static List<Abort> aborts() {
    List<Abort> aborts = new ArrayList<>();
    for (Caller caller : Caller.values()) {
      for (String model : MODELS) {
        for (int after = 0; after <= requireNonNull(EVENTS.get(caller)); after++) {
          String steering = after % 2 == 0 ? CACHED : THINKING;
          aborts.add(new Abort(Who.CALLER, caller, model, after, steering + "; chunk_ms=4"));
        }
        for (int after = 1; after <= 5; after += 2) {
          String steering = PLAIN + "; abort_after=" + after;
          aborts.add(new Abort(Who.PROVIDER, caller, model, after, steering));
        }
      }
    }
    return aborts;
  }

  @BeforeAll
  void abortAll() throws Exception {
    site.sandboxAccount();
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<?>> asked = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Abort abort : aborts()) {
        asked.add(
            threads.submit(
                () -> {
                  places.acquire();
                  try {
                    ended.put(abort, ask(abort));
                  } finally {
                    places.release();
                  }
                  return null;
                }));
      }
    }
    for (Future<?> each : asked) {
      each.get();
    }
    await("all of them are settled").atMost(Duration.ofSeconds(30)).until(this::settled);
    for (JsonNode row : rows.values()) {
      paid = paid.add(row.required("cost").decimalValue());
    }
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void what_its_caller_left_is_charged_as_the_provider_served_it(Caller caller) {
    assertThatAllAgree(Who.CALLER, caller);
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void what_its_provider_broke_off_is_charged_as_far_as_it_came(Caller caller) {
    assertThatAllAgree(Who.PROVIDER, caller);
  }

  @org.junit.jupiter.api.Test
  void the_ledger_has_taken_what_the_log_says() {
    assertThat(paid).isPositive();
    assertThat(payer.balance()).isEqualByComparingTo(new BigDecimal("10").subtract(paid));
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void what_ends_as_the_means_are_used_up_is_charged_for_its_input_as_it_was_reported(
      Caller caller) {
    String model = "claude-sonnet-4-5";
    Payer poor = site.payer("0.005");
    Answered stopped =
        poor.post(
            caller.path(model, true),
            caller.body(model, true),
            "X-Sandbox",
            "output_tokens=400; cached_tokens=5",
            "anthropic-version",
            "2023-06-01");
    assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
    assertThat(stopped.body()).contains("insufficient_quota");
    Payer.Charged charged = poor.charged(stopped);
    JsonNode witness =
        site.client().served().required("by_request_id").required(stopped.requestId());
    assertThat(charged.cached()).isEqualTo(5);
    assertThat(charged.input()).isEqualTo(witness.required("input_tokens").asLong());
    assertThat(charged.owed()).isZero();
    assertThat(caller.told(stopped.body(), true))
        .containsExactly(charged.input(), charged.output());
    BigDecimal price =
        BigDecimal.valueOf((charged.input() - 5) * 3_000 + 5 * 300 + charged.output() * 15_000, 9);
    assertThat(charged.cost()).isEqualByComparingTo(price);
    assertThat(poor.balance()).isEqualByComparingTo(new BigDecimal("0.005").subtract(price));
  }

  /** The provider notes how far it came when it hears that it was left: the books may be sooner. */
  private void assertThatAllAgree(Who who, Caller caller) {
    await()
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              JsonNode served = site.client().served().required("by_request_id");
              assertThat(faults(who, caller, served)).isEmpty();
            });
  }

  private List<String> faults(Who who, Caller caller, JsonNode served) {
    List<String> faults = new ArrayList<>();
    for (Abort abort : of(who, caller)) {
      LeftStream left = requireNonNull(ended.get(abort));
      if (who == Who.CALLER && left.status() != 200) {
        faults.add(abort + ": " + left);
      } else {
        compare(abort, left, served, faults);
      }
    }
    return faults;
  }

  private void compare(Abort abort, LeftStream left, JsonNode served, List<String> faults) {
    JsonNode row = rows.get(left.requestId());
    JsonNode witness = served.path(left.requestId());
    if (row == null) {
      faults.add(abort + ": not in the log: " + left);
      return;
    }
    for (String kind : KINDS) {
      long charged = row.path(kind).asLong();
      long wanted = witness.path(kind).asLong();
      // Anthropic tells nobody how it makes tokens: what broke off counts by its bytes
      boolean byBytes =
          abort.who == Who.PROVIDER
              && abort.model.startsWith("claude")
              && kind.equals("output_tokens");
      if (byBytes ? charged < wanted || charged > 2 * wanted : charged != wanted) {
        faults.add(
            "%s: %s %d (expected: %s) %s %s"
                .formatted(abort, kind, charged, witness.path(kind), left, witness));
      }
    }
  }

  private List<Abort> of(Who who, Caller caller) {
    return aborts().stream().filter(abort -> abort.who == who && abort.caller == caller).toList();
  }

  private LeftStream ask(Abort abort) {
    String[] headers =
        abort.caller == Caller.MESSAGES
            ? new String[] {"anthropic-version", "2023-06-01"}
            : new String[0];
    return LeftStream.after(
        abort.who == Who.CALLER ? abort.after : Integer.MAX_VALUE,
        site.client().url(abort.caller.path(abort.model, true)),
        payer.apiKey(),
        abort.caller.body(abort.model, true),
        abort.steering,
        headers);
  }

  private boolean settled() {
    rows.clear();
    List<JsonNode> first = site.requestLog(ended.values().iterator().next().requestId());
    if (first.isEmpty()) {
      return false;
    }
    String userId = first.getFirst().required("user_id").asString();
    int page = 0;
    JsonNode data;
    do {
      page++;
      data =
          site.client()
              .requestLogs(
                  site.adminToken(), "user_id=" + userId + "&page=" + page + "&page_size=500")
              .required("data");
      data.forEach(row -> rows.put(row.required("request_id").asString(), row));
    } while (data.size() == 500);
    return ended.values().stream()
        .allMatch(
            left ->
                rows.containsKey(left.requestId())
                    && requireNonNull(rows.get(left.requestId()))
                        .required("settled")
                        .asString()
                        .equals("settled"));
  }
}
