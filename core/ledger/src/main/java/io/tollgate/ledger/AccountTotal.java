package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Asset;
import java.math.BigInteger;

/**
 * What all accounts of one kind and asset have together.
 *
 * @param units smallest ones; more than one account can hold
 */
public record AccountTotal(AccountKind kind, Asset asset, BigInteger units) {
  public AccountTotal {
    requireNonNull(kind, "kind is null");
    requireNonNull(asset, "asset is null");
    requireNonNull(units, "units is null");
  }
}
