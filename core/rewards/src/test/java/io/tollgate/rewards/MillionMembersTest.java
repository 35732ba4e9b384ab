package io.tollgate.rewards;

import static io.tollgate.rewards.RewardSite.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.UserId;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A tenant of a million: teams are called, a holding changes, every level is computed anew. Takes
 * minutes, and is not part of the normal suite.
 */
@Tag("scale")
class MillionMembersTest {
  private static final int PEOPLE = Integer.getInteger("test.members", 1_000_000);
  private static final long FIRST = 10_000_000;
  private static final int CALLS = 200;

  @Test
  void a_million_members_are_called_changed_and_computed_in_time() throws Exception {
    Random random = new Random(1);
    try (RewardSite site = new RewardSite()) {
      timed("made", () -> make(site));
      Members members = site.rewards.members();
      int wrong = timed("computed", () -> site.write(tx -> members.recompute(tx, site.tenant)));
      long again =
          timed(
              "computed again",
              () -> {
                int none = site.write(tx -> members.recompute(tx, site.tenant));
                assertThat(none).isZero();
                return none;
              });
      assertThat(wrong).isPositive();
      assertThat(again).isZero();

      UserId top = new UserId(FIRST);
      assertThat(site.standing(top).totalCount()).isEqualTo(PEOPLE - 1L);
      long[] calls = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        // the first tenth are those with the large teams
        UserId user = new UserId(FIRST + (i % 4 == 0 ? 0 : random.nextInt(PEOPLE / 10)));
        long begun = System.nanoTime();
        var team =
            site.write(
                tx -> {
                  var _ = members.standing(tx, site.tenant, user);
                  return members.team(
                      tx, site.tenant, user, new ListRequest(1, 20, Optional.empty(), true));
                });
        calls[i] = System.nanoTime() - begun;
        assertThat(team.rows().size()).isLessThanOrEqualTo(20);
      }
      long p95 = percentile(calls, 95);
      long[] changes = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        UserId user = new UserId(FIRST + PEOPLE / 2 + random.nextInt(PEOPLE / 2));
        String amount = Integer.toString(1 + random.nextInt(50_000));
        long begun = System.nanoTime();
        site.hold(user, amount);
        changes[i] = System.nanoTime() - begun;
      }
      long change95 = percentile(changes, 95);
      report("team call, half of them", Duration.ofNanos(percentile(calls, 50)));
      report("team call, 95 of 100", Duration.ofNanos(p95));
      report("one holding, half of them", Duration.ofNanos(percentile(changes, 50)));
      report("one holding, 95 of 100", Duration.ofNanos(change95));
      int none = site.write(tx -> members.recompute(tx, site.tenant));
      assertThat(none).isZero();
      UserId newcomer = site.invited("newcomer", new UserId(FIRST + PEOPLE - 1));
      assertThat(site.standing(top).totalCount()).isEqualTo(PEOPLE);
      site.hold(newcomer, "1");
      assertThat(site.standing(newcomer).selfHold()).isEqualTo(points("1"));
      assertThat(Duration.ofNanos(p95)).isLessThan(Duration.ofMillis(100));
      assertThat(Duration.ofNanos(change95)).isLessThan(Duration.ofMillis(50));
    }
  }

  /**
   * A tree in which everybody was invited by a random one of those before; a third hold something.
   */
  private static int make(RewardSite site) throws Exception {
    try (Connection connection = site.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "SET session_replication_role = replica",
            "SELECT setseed(0.5)",
            """
            INSERT INTO identity.tenant_user (id, tenant_id, external_id, invite_code, inviter_id, created_at)
            SELECT %1$d + i, %2$d, 'm' || i, 'M' || lpad(i::text, 8, '0'),
                   CASE WHEN i > 0 THEN %1$d + floor(random() * i)::bigint END, now()
              FROM generate_series(0, %3$d - 1) AS i
            """
                .formatted(FIRST, site.tenant.value(), PEOPLE),
            """
            INSERT INTO rewards.holding (user_id, account_id, tenant_id, amount, told_at)
            SELECT %1$d + i, 'a', %2$d, (1 + floor(random() * 20000))::bigint * 100000000, now()
              FROM generate_series(0, %3$d - 1, 3) AS i
            """
                .formatted(FIRST, site.tenant.value(), PEOPLE),
            """
            INSERT INTO identity.team (user_id, tenant_id, direct_count, total_count)
            WITH RECURSIVE up (user_id, tenant_id, direct) AS (
              SELECT u.inviter_id, u.tenant_id, true FROM identity.tenant_user u WHERE u.inviter_id IS NOT NULL
              UNION ALL
              SELECT u.inviter_id, u.tenant_id, false
                FROM up JOIN identity.tenant_user u ON u.id = up.user_id WHERE u.inviter_id IS NOT NULL)
            SELECT user_id, tenant_id, count(*) FILTER (WHERE direct), count(*)
              FROM up GROUP BY user_id, tenant_id
            """,
            "VACUUM ANALYZE identity.tenant_user, identity.team, rewards.holding"
          }) {
        long begun = System.nanoTime();
        boolean _ = statement.execute(sql);
        report(
            sql.strip().lines().findFirst().orElse(""),
            Duration.ofNanos(System.nanoTime() - begun));
      }
    }
    return PEOPLE;
  }

  private static <T> T timed(String what, Callable<T> work) throws Exception {
    long begun = System.nanoTime();
    T result = work.call();
    report(what, Duration.ofNanos(System.nanoTime() - begun));
    return result;
  }

  private static void report(String what, Duration took) {
    System.out.printf(Locale.ROOT, "%-60.60s %,.1f ms%n", what, took.toNanos() / 1e6);
  }

  private static long percentile(long[] nanos, int part) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length * part / 100];
  }
}
