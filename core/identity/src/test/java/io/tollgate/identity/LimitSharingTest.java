package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.identity.RequestLimits.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways' identity modules over one database, each sharing on its own thread. */
@Tag("slow")
class LimitSharingTest {
  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void gateways_share_a_limit_while_they_run_and_one_that_is_left_has_it_whole(
      @TempDir Path first, @TempDir Path second) {
    IdentityModule one = identity();
    IdentityModule two = identity();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    LimitSharing sharing = one.shareLimits(first, meters);
    assertThat(meters.get("tollgate.rates.alone").gauge().value()).isOne();
    assertThat(passed(one, 1, 60)).isEqualTo(60);

    try (LimitSharing _ = two.shareLimits(second, new SimpleMeterRegistry())) {
      assertThat(passed(two, 1, 100)).isEqualTo(5);
      await().until(() -> meters.get("tollgate.rates.alone").gauge().value() == 0);
      await().until(() -> passed(two, 1, 1) == 1);
      int more = passed(two, 1, 100);
      assertThat(60 + 5 + 1 + more + passed(one, 1, 100)).isLessThanOrEqualTo(120);
      assertThat(passed(two, 2, 100)).isEqualTo(5);
    }
    sharing.close();
    assertThat(Files.exists(first.resolve("rates.id"))).isTrue();

    try (LimitSharing _ = identity().shareLimits(first, new SimpleMeterRegistry())) {
      Long members =
          database
              .transactions()
              .read(
                  tx ->
                      tx.sql()
                          .fetchSingle("SELECT count(*) FROM identity.rate_member")
                          .get(0, Long.class));
      assertThat(members).as("itself, and the other for what it has used").isEqualTo(2L);
    }
  }

  private IdentityModule identity() {
    return new IdentityModule(
        database.transactions(),
        Clock.systemUTC(),
        System::nanoTime,
        new SecureRandom(),
        IdentityConfig.from(
            TestSettings.of(IdentityConfig.settings(), Map.of("identity.rates.share.ms", "100"))),
        MasterKey.parse(IdentityFixture.MASTER_KEY));
  }

  private static int passed(IdentityModule identity, long key, int attempts) {
    KeyHolder holder = Holders.key(key, 1, KeyRates.requests(OptionalInt.of(100)));
    assertThat(holder.key()).isEqualTo(new ApiKeyId(key));
    int passed = 0;
    for (int i = 0; i < attempts; i++) {
      passed += identity.requestLimits().tryAcquire(holder) instanceof Decision.Allowed ? 1 : 0;
    }
    return passed;
  }
}
