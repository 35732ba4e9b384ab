package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.crash.Books.Booked;
import io.tollgate.tests.installation.Demo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways beside one another on one database spend a user's means as one would. */
@Tag("slow")
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyGatewaysTest {
  private static final int GATEWAYS = 3;
  private static final int CALLERS = 200;
  private static final int OUTPUT = 60;
  private static final int UNAVAILABLE = 503;

  /** Some tens of tokens, however they are counted. */
  private static final int MOST_INPUT = 100;

  private Cluster cluster;
  private final List<Service> gateways = new ArrayList<>();

  @BeforeAll
  void start() {
    cluster = Cluster.start();
    for (int number = 0; number < GATEWAYS; number++) {
      gateways.add(cluster.gateway("gateway-" + number));
    }
    gateways.forEach(Service::launch);
    gateways.forEach(Service::awaitReady);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void callers_of_many_gateways_spend_one_balance_to_its_end(int count) throws Exception {
    Demo.User user = cluster.demo().user(2);
    Round round = new Round(cluster);
    round.means().giveMoney(user, 20_000_000);
    Load load =
        Load.untilNoMeans(CALLERS, count, number -> gateway(number % count), random -> call(user));
    load.gate().open();
    Tally tally = load.awaitLeft();
    assertThat(tally.refused().keySet())
        .as(tally.sample(UNAVAILABLE))
        .isSubsetOf(0, Tally.NO_MEANS);
    assertThat(tally.withoutMeans()).isEqualTo(CALLERS);
    askAlone(user, count, tally);
    Round.Outcome outcome = round.end(tally);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.comparison().owed()).isZero();
    long left = round.books().means(user.userId()).getOrDefault("USD", 0L);
    assertThat(left)
        .as("what is left covers no request")
        .isBetween(0L, Prices.price(new Usage(MOST_INPUT, OUTPUT, 0, 0), 0));
  }

  /** There is money enough: what ends it is a limit that all gateways share. */
  @Test
  void callers_of_many_gateways_spend_up_to_a_limit_and_no_further() throws Exception {
    Demo.User user = cluster.demo().user(2);
    SpendLimitOf limit = SpendLimitOf.user(cluster.postgres(), user.userId());
    limit.set(20_000_000);
    try {
      Round round = new Round(cluster);
      round.means().giveMoney(user, 1_000_000_000);
      Load load =
          Load.untilNoMeans(
              CALLERS, GATEWAYS, number -> gateway(number % GATEWAYS), random -> call(user));
      load.gate().open();
      Tally tally = load.awaitLeft();
      assertThat(tally.withoutMeans()).isEqualTo(CALLERS);
      askAlone(user, GATEWAYS, tally);
      Round.Outcome outcome = round.end(tally);
      assertThat(outcome.faults()).isEmpty();
      assertThat(limit.left().orElseThrow())
          .as("what is left covers no request")
          .isBetween(0L, Prices.price(new Usage(MOST_INPUT, OUTPUT, 0, 0), 0));
      assertThat(20_000_000 - charged(outcome)).isEqualTo(limit.left().orElseThrow());
    } finally {
      limit.delete();
    }
  }

  private static long charged(Round.Outcome outcome) {
    return outcome.booked().values().stream()
        .map(List::getFirst)
        .mapToLong(row -> row.paid() + row.owed())
        .sum();
  }

  /** One after the other, now here, now there: nobody else holds what is left. */
  @Test
  void a_lone_caller_at_changing_gateways_uses_up_quota_before_money() throws Exception {
    Demo.User user = cluster.demo().user(2);
    Round round = new Round(cluster);
    round.means().giveTokens(user, 1_500);
    round.means().giveMoney(user, 2_000_000);
    long quota = round.books().means(user.userId()).getOrDefault("TOKEN", 0L);
    Tally tally = new Tally();
    List<String> order = askAlone(user, GATEWAYS, tally);
    Round.Outcome outcome = round.end(tally);
    assertThat(outcome.faults()).isEmpty();
    assertThat(order).hasSizeGreaterThan(20);
    for (String id : order) {
      Booked row = outcome.row(id);
      long tokens = row.usage().input() + row.usage().output();
      assertThat(row.quota()).as("quota of " + row).isEqualTo(Math.min(tokens, quota));
      quota -= row.quota();
    }
    assertThat(quota).isZero();
  }

  /**
   * Asks until there are no means, and gives the ids of what was answered, in order. Who is told
   * that the database does not answer asks again, as callers do.
   */
  private List<String> askAlone(Demo.User user, int count, Tally tally) throws Exception {
    List<String> order = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (true) {
        Call call = call(user);
        tally.sent();
        HttpResponse<String> response =
            http.send(call.at(gateway(order.size() % count)), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
          tally.refused(response.statusCode(), response.body());
          if (response.statusCode() == UNAVAILABLE) {
            continue;
          }
          assertThat(response.statusCode()).as(response.body()).isEqualTo(Tally.NO_MEANS);
          return order;
        }
        Completed completed = Completed.of(call, response).orElseThrow();
        tally.completed(completed);
        order.add(completed.id());
      }
    }
  }

  private URI gateway(int number) {
    return gateways.get(number).url();
  }

  private static Call call(Demo.User user) {
    return new Call(user, false, OUTPUT, "Who pays this?", "output_tokens=" + OUTPUT);
  }
}
