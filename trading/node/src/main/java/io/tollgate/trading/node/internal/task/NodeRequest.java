package io.tollgate.trading.node.internal.task;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.TradingKey;
import io.tollgate.trading.node.internal.secret.ConfidentialBody;
import io.tollgate.trading.node.internal.secret.Secrets;
import io.tollgate.web.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A request of the centre, read. Closing it wipes all keys that came with it.
 *
 * @param fields of the request itself
 * @param tasks in their order
 */
public record NodeRequest(JsonFields fields, List<GivenTask> tasks) implements AutoCloseable {
  /** Tasks of one request. */
  public static final int MAX_TASKS = 1_000;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:@/|+-]{1,128}");
  private static final String ID_EXPECTED = "1 to 128 of letters, digits and ._:@/|+-";
  private static final String KEY_EXPECTED = "a text in printable ASCII";

  public NodeRequest {
    requireNonNull(fields, "fields is null");
    tasks = List.copyOf(tasks);
  }

  /**
   * Reads a body, whose secrets are overwritten in it.
   *
   * @param flat whether the request itself may be its only task
   * @throws Refusal when it is no such request; a single bad task is none of these
   */
  public static NodeRequest read(byte[] body, boolean flat) {
    ConfidentialBody confidential = ConfidentialBody.read(body);
    try (Secrets secrets = confidential.secrets()) {
      JsonNode json = confidential.json();
      JsonFields fields = JsonFields.of(json);
      boolean sandbox = flag(fields, "sandbox");
      Optional<JsonNode> list = fields.find("tasks");
      List<GivenTask> tasks = new ArrayList<>();
      if (list.isEmpty() && flat) {
        tasks.add(task(json, "", sandbox, secrets));
      } else {
        JsonNode given = list.orElseThrow(() -> JsonFields.missing("tasks", "a list of tasks"));
        if (!given.isArray() || given.size() > MAX_TASKS) {
          throw GivenText.refused(
              "tasks",
              given.isArray() ? given.size() + " tasks" : given.getNodeType().name(),
              "a list of at most " + MAX_TASKS + " tasks");
        }
        for (int i = 0; i < given.size(); i++) {
          tasks.add(task(given.get(i), "tasks[" + i + "].", sandbox, secrets));
        }
      }
      return new NodeRequest(fields, tasks);
    }
  }

  /**
   * Whether a field of the request is true.
   *
   * @throws Refusal when it is neither true nor false
   */
  public boolean isSet(String name) {
    return flag(fields, name);
  }

  /** A field that is true or false; false when it is not given. */
  private static boolean flag(JsonFields fields, String name) {
    return fields
        .find(name)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw GivenText.refused(name, node.toString(), "true or false");
              }
              return node.booleanValue();
            })
        .orElse(false);
  }

  private static GivenTask task(JsonNode json, String path, boolean sandbox, Secrets secrets) {
    Optional<String> id = Optional.empty();
    Optional<Long> account = Optional.empty();
    try {
      JsonFields fields = JsonFields.of(json);
      id = fields.text("task_id", ID_EXPECTED).map(NodeRequest::requireId);
      account = number(fields, "account_id");
      NodeAccount whose =
          new NodeAccount(
              account.orElseThrow(
                  () -> JsonFields.missing("account_id", "the number of an account")),
              number(fields, "tenant_id").orElse(0L),
              number(fields, "user_id").orElse(0L),
              exchange(fields),
              market(fields),
              sandbox);
      return new GivenTask.Ready(
          new OpenedTask(id, whose, key(secrets, path, whose.exchange()), fields));
    } catch (Refusal refusal) {
      return new GivenTask.Bad(id, account, refusal);
    }
  }

  private static String requireId(String given) {
    if (!ID.matcher(given).matches()) {
      throw GivenText.refused("task_id", given, ID_EXPECTED);
    }
    return given;
  }

  private static Optional<Long> number(JsonFields fields, String name) {
    return fields.wholeNumber(name, 0, Long.MAX_VALUE);
  }

  private static Exchange exchange(JsonFields fields) {
    Exchange exchange =
        Exchange.of("exchange", fields.requireText("exchange", "binance, okx or gate"));
    if (exchange == Exchange.PAPER) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "exchange: paper (expected: binance, okx or gate; paper accounts trade in the centre)");
    }
    return exchange;
  }

  private static MarketType market(JsonFields fields) {
    return fields
        .text("market_type", "future or spot")
        .map(text -> MarketType.of("market_type", text))
        .orElse(MarketType.FUTURE);
  }

  private static TradingKey key(Secrets secrets, String path, Exchange exchange) {
    char[] apiKey = require(secrets, path, "api_key");
    char[] secret = require(secrets, path, "api_secret");
    Optional<char[]> passphrase = secrets.find(path + "passphrase");
    if (exchange.wantsPassphrase() && passphrase.isEmpty()) {
      throw JsonFields.missing("passphrase", KEY_EXPECTED);
    }
    return TradingKey.of(apiKey, secret, passphrase);
  }

  private static char[] require(Secrets secrets, String path, String name) {
    return secrets.find(path + name).orElseThrow(() -> JsonFields.missing(name, KEY_EXPECTED));
  }

  @Override
  public void close() {
    for (GivenTask task : tasks) {
      if (task instanceof GivenTask.Ready(OpenedTask opened)) {
        opened.close();
      }
    }
  }
}
