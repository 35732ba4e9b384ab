package io.tollgate.trading.node.internal.task;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.TradingKey;
import io.tollgate.web.JsonFields;
import java.util.Optional;

/**
 * A task as it is given: whose it is, and with what the account is reached. Closing it wipes the
 * key.
 *
 * @param id where one is given
 * @param fields what else it says
 */
public record OpenedTask(
    Optional<String> id, NodeAccount account, TradingKey key, JsonFields fields)
    implements AutoCloseable {
  public OpenedTask {
    requireNonNull(id, "id is null");
    requireNonNull(account, "account is null");
    requireNonNull(key, "key is null");
    requireNonNull(fields, "fields is null");
  }

  @Override
  public void close() {
    key.close();
  }
}
