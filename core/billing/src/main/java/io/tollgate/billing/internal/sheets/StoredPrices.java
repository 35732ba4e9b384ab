package io.tollgate.billing.internal.sheets;

import static io.tollgate.schema.billing.Tables.PRICE_MULTIPLIER;
import static io.tollgate.schema.billing.Tables.PRICE_SHEET;

import io.tollgate.billing.PriceSheet;
import io.tollgate.billing.internal.prices.CallerMultipliers;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.schema.billing.tables.records.PriceSheetRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all prices of the database at once. A sheet that has not changed stays the same object.
 * Used by one thread at a time.
 */
public final class StoredPrices {
  private static final Logger LOG = LoggerFactory.getLogger(StoredPrices.class);

  private final Map<Version, PriceSheet> known = new HashMap<>();
  private Optional<Stamp> current = Optional.empty();

  /** A sheet as it was at one time. */
  private record Version(long id, Instant updatedAt) {}

  /** What the tables hold, told without reading what has not changed. */
  private record Stamp(List<Version> sheets, List<Factor> factors) {}

  private record Factor(long tenant, Optional<Long> user, BigDecimal multiplier) {}

  /** All prices as a transaction saw them. */
  public static final class Loaded {
    private final Stamp stamp;
    private final Map<Version, PriceSheet> sheets;

    private Loaded(Stamp stamp, Map<Version, PriceSheet> sheets) {
      this.stamp = stamp;
      this.sheets = sheets;
    }

    CallerMultipliers multipliers() {
      Map<TenantId, BigDecimal> tenants = new HashMap<>();
      Map<UserOfTenant, BigDecimal> users = new HashMap<>();
      for (Factor factor : stamp.factors) {
        TenantId tenant = new TenantId(factor.tenant);
        factor.user.ifPresentOrElse(
            user -> users.put(new UserOfTenant(tenant, new UserId(user)), factor.multiplier),
            () -> tenants.put(tenant, factor.multiplier));
      }
      return new CallerMultipliers(tenants, users);
    }
  }

  Loaded load(Transaction transaction) {
    List<Version> versions =
        transaction
            .sql()
            .select(PRICE_SHEET.ID, PRICE_SHEET.UPDATED_AT)
            .from(PRICE_SHEET)
            .orderBy(PRICE_SHEET.ID)
            .fetch(row -> new Version(row.value1(), row.value2()));
    List<Factor> factors =
        transaction
            .sql()
            .select(
                PRICE_MULTIPLIER.TENANT_ID, PRICE_MULTIPLIER.USER_ID, PRICE_MULTIPLIER.MULTIPLIER)
            .from(PRICE_MULTIPLIER)
            .orderBy(PRICE_MULTIPLIER.ID)
            .fetch(
                row -> new Factor(row.value1(), Optional.ofNullable(row.value2()), row.value3()));
    Map<Version, PriceSheet> sheets = new HashMap<>();
    List<Long> unread = new ArrayList<>();
    for (Version version : versions) {
      PriceSheet sheet = known.get(version);
      if (sheet == null) {
        unread.add(version.id());
      } else {
        sheets.put(version, sheet);
      }
    }
    if (!unread.isEmpty()) {
      transaction
          .sql()
          .selectFrom(PRICE_SHEET)
          .where(PRICE_SHEET.ID.eq(DSL.any(unread.toArray(Long[]::new))))
          .fetch()
          .forEach(row -> read(row).ifPresent(sheet -> sheets.put(version(sheet), sheet)));
    }
    return new Loaded(new Stamp(versions, factors), sheets);
  }

  private static Version version(PriceSheet sheet) {
    return new Version(sheet.id(), sheet.updatedAt());
  }

  /**
   * What a newer build wrote may be more than this one knows: its models keep their older price.
   */
  private static Optional<PriceSheet> read(PriceSheetRecord row) {
    try {
      return Optional.of(SheetTable.sheet(row));
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("price_sheet", row.getId())
          .addKeyValue("model", row.getModel())
          .setCause(e)
          .log("a price sheet cannot be read; the model keeps the price before it");
      return Optional.empty();
    }
  }

  boolean isCurrent(Loaded loaded) {
    return current.filter(loaded.stamp::equals).isPresent();
  }

  /** The sheets in the order of their ids. */
  List<PriceSheet> sheets(Loaded loaded) {
    return loaded.stamp.sheets.stream()
        .flatMap(version -> Optional.ofNullable(loaded.sheets.get(version)).stream())
        .toList();
  }

  /** Remembers what a table was made of. */
  void made(Loaded loaded) {
    known.clear();
    known.putAll(loaded.sheets);
    current = Optional.of(loaded.stamp);
  }
}
