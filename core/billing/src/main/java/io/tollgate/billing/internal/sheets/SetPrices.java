package io.tollgate.billing.internal.sheets;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.CurrentPrice;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceImport;
import io.tollgate.billing.PriceImport.ModelChange;
import io.tollgate.billing.PriceImportOrder;
import io.tollgate.billing.PricePreview;
import io.tollgate.billing.PriceSheet;
import io.tollgate.billing.PriceSheetFilter;
import io.tollgate.billing.PriceSheetOrder;
import io.tollgate.billing.PriceSheets;
import io.tollgate.billing.PriceTable;
import io.tollgate.billing.internal.prices.CallerMultipliers;
import io.tollgate.billing.internal.prices.PriceList;
import io.tollgate.billing.internal.prices.PriceListReader;
import io.tollgate.billing.internal.prices.SoldModel;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.SettingsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Sets prices, one transaction at a time in the whole installation. */
public final class SetPrices implements PriceSheets {
  /** Sheets that begin sooner are not changed any more: a gateway may sell at them already. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final Duration FURTHEST = Duration.ofDays(3_660);
  private static final int MAX_SHEETS = 20_000;
  private static final int MAX_MESSAGE = 300;
  private static final long LONG_ID = 999_999_999L;

  private final PriceTable list;
  private final InstantSource clock;
  private final SheetTable sheets = new SheetTable();

  /**
   * @param list without sheets
   * @param clock the database's time
   */
  public SetPrices(PriceTable list, InstantSource clock) {
    this.list = requireNonNull(list, "list is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public PriceSheet create(Transaction transaction, PriceSheetOrder order) {
    Instant now = now();
    Instant from = from(order.effectiveFrom(), now);
    SoldModel sold = read(order.row(), now);
    sheets.lock(transaction);
    List<PriceSheet> all = sheets.all(transaction);
    requireRoom(all.size() + 1);
    requireFirst(all, sold, from, OptionalLong.empty());
    PriceSheet made = sheets.insert(transaction, sold, from, order.admin(), now);
    all.add(made);
    requireUsable(all);
    return made;
  }

  @Override
  public PricePreview preview(Transaction transaction, PriceSheetOrder order) {
    Instant now = now();
    Instant from = from(order.effectiveFrom(), now);
    SoldModel sold = read(order.row(), now);
    List<PriceSheet> all = sheets.all(transaction);
    requireRoom(all.size() + 1);
    requireFirst(all, sold, from, OptionalLong.empty());
    Optional<CurrentPrice> before = at(all, sold, from);
    all.add(planned(sold, from, order.admin(), now));
    requireUsable(all);
    return new PricePreview(before, at(all, sold, from).orElseThrow());
  }

  private Optional<CurrentPrice> at(List<PriceSheet> all, SoldModel sold, Instant from) {
    return table(all).at(from).stream()
        .filter(price -> price.model().id().equals(sold.model().id()))
        .findFirst();
  }

  @Override
  public PriceSheet replace(Transaction transaction, long id, PriceSheetOrder order) {
    Instant now = now();
    SoldModel sold = read(order.row(), now);
    sheets.lock(transaction);
    PriceSheet before = requireFuture(transaction, id, now);
    Instant from = from(order.effectiveFrom().or(() -> Optional.of(before.effectiveFrom())), now);
    List<PriceSheet> all = sheets.all(transaction);
    requireFirst(all, sold, from, OptionalLong.of(id));
    PriceSheet made = sheets.update(transaction, id, sold, from, order.admin(), now);
    all.replaceAll(sheet -> sheet.id() == id ? made : sheet);
    requireUsable(all);
    return made;
  }

  @Override
  public void remove(Transaction transaction, long id) {
    sheets.lock(transaction);
    PriceSheet _ = requireFuture(transaction, id, now());
    sheets.delete(transaction, id);
  }

  @Override
  public ListPage<PriceSheet> list(
      Transaction transaction, PriceSheetFilter filter, ListRequest request) {
    return sheets.page(transaction, filter, request);
  }

  @Override
  public PriceImport importList(Transaction transaction, PriceImportOrder order) {
    Instant now = now();
    Instant from = from(order.effectiveFrom(), now);
    PriceList read = checked(() -> PriceListReader.read("the price list", order.file()));
    sheets.lock(transaction);
    List<PriceSheet> all = sheets.all(transaction);
    Map<String, CurrentPrice> sold = new LinkedHashMap<>();
    table(all).at(from).forEach(price -> sold.put(price.model().id(), price));
    List<ModelChange> changes = new ArrayList<>();
    List<SoldModel> wantedSheets = new ArrayList<>();
    int unchanged = 0;
    for (ModelPrice model : read.models()) {
      SoldModel wanted = new SoldModel(model, Optional.ofNullable(read.costs().get(model.id())));
      Optional<CurrentPrice> before = Optional.ofNullable(sold.remove(model.id()));
      Optional<ModelChange> change =
          PriceDifferences.of(before, wanted, list.listedCost(model.id()));
      if (change.isEmpty()) {
        unchanged++;
        continue;
      }
      requireFirst(all, wanted, from, OptionalLong.empty());
      PriceSheet planned = planned(wanted, from, order.admin(), now);
      all.add(planned);
      wantedSheets.add(wanted);
      changes.add(change.get());
    }
    requireRoom(all.size());
    requireUsable(all);
    List<ModelChange> told = order.dryRun() ? changes : new ArrayList<>();
    if (!order.dryRun()) {
      for (int i = 0; i < changes.size(); i++) {
        PriceSheet made = sheets.insert(transaction, wantedSheets.get(i), from, order.admin(), now);
        told.add(with(changes.get(i), made));
      }
    }
    return new PriceImport(order.dryRun(), from, told, unchanged, List.copyOf(sold.keySet()));
  }

  /** A sheet as it would be, with as long an id as one will ever have. */
  private static PriceSheet planned(
      SoldModel wanted, Instant from, OptionalLong admin, Instant now) {
    return new PriceSheet(LONG_ID, from, wanted.model(), wanted.cost(), admin, now, now);
  }

  private static ModelChange with(ModelChange change, PriceSheet made) {
    return new ModelChange(
        change.model(),
        change.isNew(),
        OptionalLong.of(made.id()),
        change.nextFrom(),
        change.prices(),
        change.fields());
  }

  private PriceTable table(List<PriceSheet> all) {
    return list.with(all, CallerMultipliers.NONE, clock);
  }

  /** Every sheet can be used beside the others, and each name means one model at a time. */
  private void requireUsable(List<PriceSheet> all) {
    checked(() -> table(all))
        .ambiguity()
        .ifPresent(
            name -> {
              throw new Refusal(
                  ErrorCode.CONFLICT, shortened(name + " at one time (expected: one of them)"));
            });
  }

  private static void requireRoom(int count) {
    if (count > MAX_SHEETS) {
      throw new Refusal(
          ErrorCode.CONFLICT, "price sheets: " + count + " (expected: at most " + MAX_SHEETS + ")");
    }
  }

  /** No other sheet of the model begins at the same moment. */
  private static void requireFirst(
      List<PriceSheet> all, SoldModel sold, Instant from, OptionalLong self) {
    for (PriceSheet sheet : all) {
      boolean same = self.isPresent() && self.getAsLong() == sheet.id();
      if (!same
          && sheet.model().id().equals(sold.model().id())
          && sheet.effectiveFrom().equals(from)) {
        throw new Refusal(
            ErrorCode.CONFLICT,
            shortened(
                "effective_from: %s (expected: another moment than price sheet %d of %s)"
                    .formatted(from, sheet.id(), sheet.model().id())));
      }
    }
  }

  private PriceSheet requireFuture(Transaction transaction, long id, Instant now) {
    PriceSheet sheet =
        sheets
            .find(transaction, id)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no price sheet " + id));
    if (sheet.effectiveFrom().isBefore(now.plus(MARGIN))) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "price sheet %d: in force since %s (expected: one that has not begun; make a new one)"
              .formatted(id, sheet.effectiveFrom()));
    }
    return sheet;
  }

  private static Instant from(Optional<Instant> wanted, Instant now) {
    if (wanted.isEmpty()) {
      return now;
    }
    Instant from = wanted.get().truncatedTo(ChronoUnit.MICROS);
    if (from.isBefore(now) || from.isAfter(now.plus(FURTHEST))) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "effective_from: %s (expected: %s or later, within ten years)".formatted(from, now));
    }
    return from;
  }

  private static SoldModel read(String row, Instant now) {
    return checked(
        () ->
            PriceListReader.readModel(
                "the price sheet",
                row.getBytes(StandardCharsets.UTF_8),
                LocalDate.ofInstant(now, ZoneOffset.UTC)));
  }

  private static <T> T checked(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SettingsException | IllegalArgumentException e) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, shortened(String.valueOf(e.getMessage())), e);
    }
  }

  private static String shortened(String message) {
    String plain = message.replaceAll("\\p{Cntrl}+", " ");
    return plain.length() <= MAX_MESSAGE ? plain : plain.substring(0, MAX_MESSAGE) + "…";
  }
}
