package io.tollgate.edge.admin;

import io.tollgate.ground.Asset;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up money, exactly, by currency. Not for use by several threads. */
final class MoneySum {
  private final Map<Asset, BigInteger> units = new HashMap<>();

  void add(Asset currency, BigInteger more) {
    BigInteger unused = units.merge(currency, more, BigInteger::add);
  }

  /** By the currency's code; one of which nothing was added is left out. */
  SortedMap<String, BigDecimal> sums() {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    units.forEach((currency, sum) -> sums.put(currency.code(), decimal(sum, currency)));
    return sums;
  }

  /** Without zeros at its end. */
  static BigDecimal decimal(BigInteger units, Asset asset) {
    BigDecimal exact = new BigDecimal(units, asset.scale()).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
