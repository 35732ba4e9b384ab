package io.tollgate.billing;

import io.tollgate.billing.internal.prices.ListQuote;
import io.tollgate.billing.internal.prices.ModelQuotes;
import io.tollgate.billing.internal.prices.PriceList;
import io.tollgate.billing.internal.prices.PriceListReader;
import io.tollgate.billing.internal.prices.QuoteVersion;
import io.tollgate.billing.internal.prices.UnpricedTiers;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.QuoteBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prices out of a list that is read whole at start and never changes. Immutable. */
public final class PriceTable implements ModelPrices, QuoteBook {
  private static final String SHIPPED = "/prices/models.yaml";
  private static final Asset USD = Asset.money("USD");

  private final PriceList list;
  private final Map<String, ModelPrice> byName;
  // made once: writing a quote's version costs more than all the rest of asking for it
  private final Map<ModelPrice, ModelQuotes> quotes = new IdentityHashMap<>();
  private final UnpricedTiers unpriced = new UnpricedTiers();

  private PriceTable(PriceList list) {
    this.list = list;
    Map<String, ModelPrice> names = new HashMap<>();
    for (ModelPrice model : list.models()) {
      ModelQuotes made = quotes(model);
      requireRoom(model, made);
      quotes.put(model, made);
      names.put(model.id(), model);
      model.aliases().forEach(alias -> names.put(alias, model));
    }
    this.byName = Map.copyOf(names);
  }

  /**
   * The list the settings name, or the one shipped.
   *
   * @throws SettingsException naming the first thing in it that cannot be used
   */
  public static PriceTable load(BillingConfig config) {
    return config.pricesFile().map(PriceTable::read).orElseGet(PriceTable::shipped);
  }

  /** The list that comes with the program. */
  public static PriceTable shipped() {
    try (InputStream stream = PriceTable.class.getResourceAsStream(SHIPPED)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + SHIPPED + " is missing");
      }
      return new PriceTable(PriceListReader.read("the price list shipped", stream.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SettingsException(
          BillingConfig.PRICES_FILE.name()
              + ": "
              + file
              + " (expected: a file to read; "
              + e
              + ")");
    }
    return new PriceTable(PriceListReader.read(file.toString(), bytes));
  }

  @Override
  public Optional<ModelPrice> find(String model) {
    return Optional.ofNullable(byName.get(model));
  }

  @Override
  public List<ModelPrice> all() {
    return list.models();
  }

  @Override
  public TierQuotes quotes(
      ModelPrice model, TenantId tenant, UserId user, Asset currency, Instant at) {
    if (!currency.equals(USD)) {
      throw new Refusal(
          ErrorCode.CURRENCY_MISMATCH,
          "currency: " + currency + " (expected: " + USD + ", in which list prices are)");
    }
    ModelQuotes known = quotes.get(model);
    return known != null ? known : quotes(model);
  }

  private ModelQuotes quotes(ModelPrice model) {
    return new ModelQuotes(list.version(), model, USD, unpriced);
  }

  private static void requireRoom(ModelPrice model, ModelQuotes quotes) {
    for (ServiceTier tier : model.tiers().keySet()) {
      String version = quotes.asked("tier", tier).version();
      int bytes = version.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > PriceQuote.MAX_VERSION_BYTES) {
        throw new SettingsException(
            "model %s, tier %s: its prices take %d bytes in each record (expected: at most %d)"
                .formatted(model.id(), tier, bytes, PriceQuote.MAX_VERSION_BYTES));
      }
    }
  }

  @Override
  public long servedWithoutPrice() {
    return unpriced.count();
  }

  @Override
  public PriceQuote byVersion(String version) {
    return new ListQuote(QuoteVersion.read(version));
  }
}
