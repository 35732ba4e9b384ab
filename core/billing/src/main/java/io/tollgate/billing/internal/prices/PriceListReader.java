package io.tollgate.billing.internal.prices;

import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TokenPrice;
import io.tollgate.ground.config.SettingsException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
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
  private static final int MOST_BYTES = 4 << 20;
  private static final long MOST_TOKENS = 1_000_000_000L;
  private static final Set<String> PLATFORMS = Set.of("openai", "anthropic", "gemini");

  private PriceListReader() {}

  /**
   * @param name how the list is called in messages
   * @throws SettingsException naming the first thing that cannot be used
   */
  public static PriceList read(String name, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new SettingsException(
          name + ": " + bytes.length + " bytes (expected: at most " + MOST_BYTES + ")");
    }
    PriceNode root = PriceNode.root(name, parse(name, bytes));
    LocalDate asOf = root.date("as_of");
    String currency = root.text("currency");
    if (!currency.equals("USD")) {
      throw root.fault("currency: " + currency, "USD");
    }
    List<ModelPrice> models = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (PriceNode row : root.nodes("models")) {
      ModelPrice model = model(row, asOf);
      requireNew(names, model.id(), row);
      model.aliases().forEach(alias -> requireNew(names, alias, row));
      models.add(model);
    }
    root.requireNothingElse();
    if (models.isEmpty()) {
      throw root.fault("models: none", "at least one");
    }
    return new PriceList(asOf + "-" + digest(bytes), models);
  }

  // every scalar stays text, so that a decimal never passes through a double
  private static Object parse(String name, byte[] bytes) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(MOST_BYTES)
            .build();
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      // the schema has no null for a file that holds no document
      boolean empty = new Compose(settings).composeString(text).isEmpty();
      return empty ? "" : new Load(settings).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new SettingsException(name + " is no YAML: " + e.getMessage());
    }
  }

  private static ModelPrice model(PriceNode row, LocalDate asOf) {
    String platform = row.text("platform");
    if (!PLATFORMS.contains(platform)) {
      throw row.fault("platform: " + platform, "one of openai, anthropic, gemini");
    }
    Instant dayOfList = asOf.atStartOfDay(ZoneOffset.UTC).toInstant();
    TokenPrice price = tokenPrice(row.node("usd_per_million"));
    ModelPrice model =
        new ModelPrice(
            row.text("id"),
            row.texts("aliases"),
            platform,
            row.text("owned_by"),
            row.optionalNumber("created", 0, 253_402_300_799L)
                .map(Instant::ofEpochSecond)
                .orElse(dayOfList),
            row.number("context_tokens", 1, MOST_TOKENS),
            row.number("max_output_tokens", 1, MOST_TOKENS),
            price,
            row.optionalNode("long_context").map(tier -> longContext(tier, price)));
    row.requireNothingElse();
    return model;
  }

  private static TokenPrice tokenPrice(PriceNode node) {
    TokenPrice price = prices(node);
    node.requireNothingElse();
    return price;
  }

  private static LongContextPrice longContext(PriceNode node, TokenPrice usual) {
    long above = node.number("above_input_tokens", 1, MOST_TOKENS);
    TokenPrice price = prices(node);
    node.requireNothingElse();
    // otherwise more tokens could cost less, and a reservation not cover what was used
    if (price.input() < usual.input()
        || price.cacheRead() < usual.cacheRead()
        || price.cacheWrite() < usual.cacheWrite()
        || price.output() < usual.output()
        || price.reasoning() < usual.reasoning()) {
      throw node.fault("a price below the usual one", "at least the usual one");
    }
    return new LongContextPrice(above, price);
  }

  private static TokenPrice prices(PriceNode node) {
    long input = node.price("input");
    long output = node.price("output");
    Optional<Long> cacheRead = node.optionalPrice("cache_read");
    Optional<Long> cacheWrite = node.optionalPrice("cache_write");
    Optional<Long> reasoning = node.optionalPrice("reasoning");
    return new TokenPrice(
        input, cacheRead.orElse(input), cacheWrite.orElse(input), output, reasoning.orElse(output));
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
