package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many at once never spend more than there is. */
@Tag("slow")
class OverspendTest {

  @Test
  void of_twenty_at_once_one_is_served_when_the_means_cover_one() throws Exception {
    try (Installation installation = Installation.start()) {
      Client client = new Client(installation);
      Demo.User user = installation.demo().user(2);
      assertThat(client.snapshot(user.userId()).required("quota_remaining").asLong()).isZero();
      // 1,000 output tokens cost 0.0006 USD; what is left covers the input, and no second request
      assertThat(
              client
                  .grant(user.userId(), "USD", "0.00061", "one-of-twenty")
                  .required("success")
                  .asBoolean())
          .isTrue();
      String body = Client.chat("gpt-4o-mini", 1000, false, "Just one of us may pass.");
      Callable<Integer> call =
          () ->
              client
                  .postChat(user.apiKey(), body, "X-Sandbox", "output_tokens=1000; latency_ms=300")
                  .statusCode();
      List<Integer> statuses;
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> answers = executor.invokeAll(Collections.nCopies(20, call));
        statuses = answers.stream().map(Future::resultNow).toList();
      }
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 402).hasSize(19);
      BigDecimal rest = client.balance(user.userId());
      assertThat(rest).isNotNegative().isLessThan(new BigDecimal("0.00001"));
      installation.assertBooksAreClean();
    }
  }
}
