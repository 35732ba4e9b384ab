package io.tollgate.identity.internal.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AdminChangeFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The administrators' log on a filled table: 30,000 rows, one each minute. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangeTableTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final TestDatabase database = TestDatabase.create();

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              """
              INSERT INTO identity.admin_change (at, admin_id, username, action, path, thing,
                                                 thing_id, tenant_id, changes, changed, outcome,
                                                 request_id, address, device)
              SELECT '2026-11-01T00:00:00Z'::timestamptz + n * interval '1 minute', 1 + n % 50,
                     'a' || n % 50, 'PUT /api/' || n % 60, '/', 'thing' || n % 20, n::text,
                     1 + n % 40, '[]', 1, CASE WHEN n % 1000 = 0 THEN 'refused' ELSE 'done' END,
                     gen_random_uuid(), '', ''
                FROM generate_series(0, 29999) AS n
              """,
              "ANALYZE identity.admin_change")) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static List<AdminChangeFilter> filters() {
    return List.of(
        AdminChangeFilter.ALL,
        new Given().filter(),
        new Given().admin(7).filter(),
        new Given().action("PUT /api/7").filter(),
        new Given().thing("thing7", "27").filter(),
        new Given().thing("thing7", "").filter(),
        new Given().tenant(7).filter(),
        new Given().refused().filter(),
        new Given().request(UUID.randomUUID()).filter(),
        new Given()
            .between(START.plus(Duration.ofDays(3)), START.plus(Duration.ofDays(4)))
            .filter(),
        new Given().admin(7).tenant(8).filter());
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("filters")
  void every_list_is_read_from_an_index(AdminChangeFilter filter) {
    for (ListRequest page :
        List.of(
            ListRequest.first(10),
            new ListRequest(1, 10, Optional.of("1762300000000000-15000"), false))) {
      String plan =
          database
              .transactions()
              .read(tx -> tx.sql().explain(ChangeTable.query(tx.sql(), filter, page)).plan());
      assertThat(plan).contains("Index").doesNotContain("Seq Scan on");
    }
  }

  @Test
  @Order(2)
  void what_is_older_than_its_time_of_keeping_is_deleted() {
    Instant now = START.plus(Duration.ofDays(30));
    new ChangeRetention(database.transactions(), () -> now, Duration.ofDays(20)).run();
    List<Instant> oldest =
        database
            .transactions()
            .read(
                tx ->
                    tx.sql()
                        .fetch("SELECT min(at) FROM identity.admin_change")
                        .map(row -> row.get(0, java.time.OffsetDateTime.class).toInstant()));
    assertThat(oldest).containsExactly(START.plus(Duration.ofDays(10)));
  }

  /** A filter that is put together. */
  private static final class Given {
    private AdminChangeFilter filter = AdminChangeFilter.ALL;

    AdminChangeFilter filter() {
      return filter;
    }

    Given admin(long id) {
      return with(Optional.of(new AdminId(id)), filter.action(), filter.thing(), filter.thingId());
    }

    Given action(String action) {
      return with(filter.admin(), Optional.of(action), filter.thing(), filter.thingId());
    }

    Given thing(String thing, String id) {
      return with(
          filter.admin(),
          filter.action(),
          Optional.of(thing),
          Optional.of(id).filter(text -> !text.isEmpty()));
    }

    private Given with(
        Optional<AdminId> admin,
        Optional<String> action,
        Optional<String> thing,
        Optional<String> thingId) {
      filter =
          new AdminChangeFilter(
              admin,
              action,
              thing,
              thingId,
              filter.tenant(),
              filter.done(),
              filter.requestId(),
              filter.start(),
              filter.end());
      return this;
    }

    Given tenant(long id) {
      return rest(Optional.of(new TenantId(id)), filter.done(), filter.requestId());
    }

    Given refused() {
      return rest(filter.tenant(), Optional.of(false), filter.requestId());
    }

    Given request(UUID id) {
      return rest(filter.tenant(), filter.done(), Optional.of(id));
    }

    private Given rest(
        Optional<TenantId> tenant, Optional<Boolean> done, Optional<UUID> requestId) {
      filter =
          new AdminChangeFilter(
              filter.admin(),
              filter.action(),
              filter.thing(),
              filter.thingId(),
              tenant,
              done,
              requestId,
              filter.start(),
              filter.end());
      return this;
    }

    Given between(Instant start, Instant end) {
      filter =
          new AdminChangeFilter(
              filter.admin(),
              filter.action(),
              filter.thing(),
              filter.thingId(),
              filter.tenant(),
              filter.done(),
              filter.requestId(),
              Optional.of(start),
              Optional.of(end));
      return this;
    }
  }
}
