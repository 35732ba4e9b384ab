package io.tollgate.tests.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.Test;

/** Inside metering arrows point one way: from what is wired, over the database, to pure code. */
class MeteringRoomsTest {
  private static final String ROOT = "internal";
  private static final String CRASH = "internal.crash";
  private static final String METER_LOG = "internal.meterlog";
  private static final String LEASE = "internal.lease";
  private static final String SETTLEMENT = "internal.settlement";
  private static final String SHARD = "internal.shard";
  private static final String TABLES = "internal.database.tables";
  private static final String BANK = "internal.database.bank";
  private static final String BOOKS = "internal.database.books";
  private static final String REGISTER = "internal.database.register";
  private static final String DOUBT = "internal.doubt";
  private static final String DEFERRED = "internal.deferred";
  private static final String AUDIT = "internal.audit";
  private static final String OPERATOR = "internal.operator";

  /** Pure code first, then the database's side, then who puts it together. */
  private static final InnerRooms METERING =
      new InnerRooms("metering")
          .room(CRASH)
          .room(METER_LOG)
          .room(LEASE)
          .room(SETTLEMENT, METER_LOG)
          .room(SHARD, LEASE, METER_LOG, CRASH)
          .room(TABLES, LEASE, SETTLEMENT, METER_LOG)
          .room(BANK, TABLES, SHARD, LEASE, CRASH)
          .room(BOOKS, TABLES, SETTLEMENT, LEASE, METER_LOG)
          .room(REGISTER, BOOKS, TABLES, SETTLEMENT, LEASE, METER_LOG)
          .room(DOUBT, REGISTER, BOOKS)
          .room(DEFERRED, DOUBT, BOOKS, BANK, CRASH)
          .room(AUDIT)
          .room(OPERATOR, REGISTER, SETTLEMENT, METER_LOG)
          .room(
              ROOT,
              OPERATOR,
              AUDIT,
              DEFERRED,
              DOUBT,
              REGISTER,
              BOOKS,
              BANK,
              SHARD,
              SETTLEMENT,
              LEASE,
              METER_LOG,
              CRASH)
          .room(InnerRooms.FACE, ROOT, OPERATOR, METER_LOG);

  @Test
  void every_arrow_inside_metering_is_listed() {
    JavaClasses metering =
        new ClassFileImporter()
            .withImportOption(MeteringRoomsTest::notOurTests)
            .importPackages("io.tollgate.metering");
    assertThat(metering.size()).isGreaterThan(100);
    METERING.check(metering);
  }

  @Test
  void an_arrow_from_a_shard_to_the_database_fails() {
    assertThatThrownBy(
            () ->
                METERING.check(
                    new ClassFileImporter()
                        .importPackages("io.tollgate.metering.internal.shard.planted")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ShardKnowsDatabase");
  }

  private static boolean notOurTests(Location location) {
    return !location.contains("/test-classes/");
  }
}
