package io.tollgate.billing.internal.prices;

import io.tollgate.billing.KindPrices;
import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.config.SettingsException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads and checks a price list. What cannot be used is refused whole, with the place and what was
 * expected there: bounds, unknown fields, names given twice.
 */
public final class PriceListReader {
  private static final int MAX_BYTES = 4 << 20;
  private static final long MAX_TOKENS = 1_000_000_000L;

  private PriceListReader() {}

  /**
   * @param name how the list is called in messages
   * @throws SettingsException naming the first thing that cannot be used
   */
  public static PriceList read(String name, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new SettingsException(
          name + ": " + bytes.length + " bytes (expected: at most " + MAX_BYTES + ")");
    }
    PriceNode root = PriceNode.root(name, parse(name, bytes));
    LocalDate asOf = root.date("as_of");
    String currency = root.text("currency");
    if (!currency.equals("USD")) {
      throw root.fault("currency: " + currency, "USD");
    }
    List<ModelPrice> models = new ArrayList<>();
    Map<String, Map<ServiceTier, TierPrice>> costs = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (PriceNode row : root.nodes("models")) {
      SoldModel sold = model(row, asOf);
      ModelPrice model = sold.model();
      sold.cost().ifPresent(cost -> costs.put(model.id(), cost));
      requireNew(names, model.id(), row);
      model.aliases().forEach(alias -> requireNew(names, alias, row));
      models.add(model);
    }
    root.requireNothingElse();
    if (models.isEmpty()) {
      throw root.fault("models: none", "at least one");
    }
    return new PriceList(asOf + "-" + digest(bytes), models, costs);
  }

  /**
   * Reads one row of a list, as JSON or YAML.
   *
   * @param name how it is called in messages
   * @param asOf the day on which a model came out that does not say so
   * @throws SettingsException naming the first thing that cannot be used
   */
  public static SoldModel readModel(String name, byte[] bytes, LocalDate asOf) {
    if (bytes.length > MAX_BYTES) {
      throw new SettingsException(
          name + ": " + bytes.length + " bytes (expected: at most " + MAX_BYTES + ")");
    }
    return model(PriceNode.root(name, parse(name, bytes)), asOf);
  }

  // every scalar stays text, so that a decimal never passes through a double
  private static Object parse(String name, byte[] bytes) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(MAX_BYTES)
            .build();
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      // the schema has no null for a file that holds no document
      boolean empty = new Compose(settings).composeString(text).isEmpty();
      return empty ? "" : new Load(settings).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new SettingsException(name + " is no YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new SettingsException(name + ": nested too deeply (expected: a list of prices)");
    }
  }

  private static SoldModel model(PriceNode row, LocalDate asOf) {
    Instant dayOfList = asOf.atStartOfDay(ZoneOffset.UTC).toInstant();
    ModelPrice model =
        new ModelPrice(
            row.text("id"),
            row.texts("aliases"),
            protocol(row),
            row.text("owned_by"),
            row.optionalNumber("created", 0, 253_402_300_799L)
                .map(Instant::ofEpochSecond)
                .orElse(dayOfList),
            row.number("context_tokens", 1, MAX_TOKENS),
            row.number("max_output_tokens", 1, MAX_TOKENS),
            tiers(row));
    Optional<PriceNode> cost = row.optionalNode("upstream_cost");
    Optional<Map<ServiceTier, TierPrice>> costs = cost.map(PriceListReader::tiers);
    cost.ifPresent(PriceNode::requireNothingElse);
    row.requireNothingElse();
    return new SoldModel(model, costs);
  }

  private static Protocol protocol(PriceNode row) {
    String platform = row.text("platform");
    try {
      return Protocol.ofCode(platform);
    } catch (IllegalArgumentException _) {
      throw row.fault("platform: " + platform, "one of openai, anthropic, gemini");
    }
  }

  private static Map<ServiceTier, TierPrice> tiers(PriceNode row) {
    Map<ServiceTier, TierPrice> tiers = new HashMap<>();
    TierPrice standard = tierPrice(row, KindPrices.builder());
    tiers.put(ServiceTier.STANDARD, standard);
    row.optionalNode("tiers").ifPresent(node -> addTiers(tiers, node, standard.usual()));
    return tiers;
  }

  private static void addTiers(
      Map<ServiceTier, TierPrice> tiers, PriceNode node, KindPrices standard) {
    for (String name : node.fields()) {
      ServiceTier tier = ServiceTier.of(name);
      if (!tier.name().equals(name)
          || tier.equals(ServiceTier.STANDARD)
          || tier.equals(ServiceTier.UNKNOWN)) {
        throw node.fault("tier " + name, "its name in small letters, none of the usual tier");
      }
      PriceNode row = node.node(name);
      tiers.put(tier, tierPrice(row, othersOf(standard)));
      row.requireNothingElse();
    }
  }

  /**
   * The prices of a row, or of one of its tiers.
   *
   * @param prices to add them to
   */
  private static TierPrice tierPrice(PriceNode row, KindPrices.Builder prices) {
    PriceNode perMillion = row.node("usd_per_million");
    fill(prices, perMillion);
    perMillion.requireNothingElse();
    row.optionalNode("usd_each").ifPresent(node -> fillEach(prices, node));
    KindPrices usual = prices.build();
    return new TierPrice(
        usual, row.optionalNode("long_context").map(node -> longContext(node, usual)));
  }

  /** What is not counted in tokens costs the same in other tiers, and for a long input, too. */
  private static KindPrices.Builder othersOf(KindPrices usual) {
    KindPrices.Builder prices = KindPrices.builder();
    for (UsageKind kind : UsageKind.all()) {
      if (!kind.unit().coveredByQuota() && usual.has(kind)) {
        prices.set(kind, usual.perMillion(kind));
      }
    }
    return prices;
  }

  private static LongContextPrice longContext(PriceNode node, KindPrices usual) {
    long above = node.number("above_input_tokens", 1, MAX_TOKENS);
    KindPrices.Builder builder = othersOf(usual);
    fill(builder, node);
    node.requireNothingElse();
    KindPrices prices = builder.build();
    // otherwise more tokens could cost less, and a reservation not cover what was used
    if (prices.anyBelow(usual)) {
      throw node.fault("a price below the usual one", "at least the usual one");
    }
    return new LongContextPrice(above, prices);
  }

  /** What is priced by the million. */
  private static void fill(KindPrices.Builder prices, PriceNode node) {
    prices.set(UsageKind.TEXT_INPUT, node.price(UsageKind.TEXT_INPUT));
    prices.set(UsageKind.TEXT_OUTPUT, node.price(UsageKind.TEXT_OUTPUT));
    for (UsageKind kind : UsageKind.all()) {
      if (!pricedEach(kind)) {
        node.optionalPrice(kind).ifPresent(price -> prices.set(kind, price));
      }
    }
  }

  /** What is priced by the piece. */
  private static void fillEach(KindPrices.Builder prices, PriceNode node) {
    for (UsageKind kind : UsageKind.all()) {
      if (pricedEach(kind)) {
        node.optionalPriceEach(kind).ifPresent(price -> prices.set(kind, price));
      }
    }
    node.requireNothingElse();
  }

  private static boolean pricedEach(UsageKind kind) {
    return switch (kind.unit()) {
      case TOKEN, CHARACTER -> false;
      case SECOND, IMAGE, SEARCH_UNIT, CALL, REQUEST -> true;
    };
  }

  private static void requireNew(Set<String> names, String name, PriceNode row) {
    if (!names.add(name)) {
      throw row.fault("model " + name + " is there twice", "once, as id or alias");
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
