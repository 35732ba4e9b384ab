package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The USDT of an account on the futures market, and its positions. Confined to the event loop. */
public final class FuturesWallet {
  private final Map<String, Map<PositionSide, Position>> positions = new LinkedHashMap<>();
  private final Map<String, SymbolTerms> terms = new LinkedHashMap<>();
  private BigDecimal balance = BigDecimal.ZERO;
  private boolean hedged;

  /** Everything in it without unrealised profit: also what is put aside for single positions. */
  public BigDecimal balance() {
    return balance;
  }

  void add(BigDecimal amount) {
    balance = balance.add(amount);
  }

  void restoreBalance(BigDecimal to) {
    balance = to;
  }

  /** Whether a symbol has a long and a short position, instead of one. */
  public boolean hedged() {
    return hedged;
  }

  void hedge(boolean to) {
    hedged = to;
  }

  public SymbolTerms terms(String symbol) {
    return terms.getOrDefault(symbol, SymbolTerms.DEFAULT);
  }

  void setTerms(String symbol, SymbolTerms to) {
    terms.put(symbol, to);
  }

  Map<String, SymbolTerms> allTerms() {
    return Map.copyOf(terms);
  }

  /** The position, which is flat where nothing is held. */
  public Position position(String symbol, PositionSide side) {
    return positions
        .computeIfAbsent(symbol, made -> new LinkedHashMap<>())
        .computeIfAbsent(side, made -> new Position(symbol, side));
  }

  /** The position where there ever was one. */
  public Optional<Position> find(String symbol, PositionSide side) {
    return Optional.ofNullable(positions.getOrDefault(symbol, Map.of()).get(side));
  }

  /** All that are not flat. */
  public List<Position> positions() {
    return positions.values().stream()
        .flatMap(sides -> sides.values().stream())
        .filter(position -> !position.flat())
        .toList();
  }

  boolean flat() {
    for (Map<PositionSide, Position> sides : positions.values()) {
      for (Position position : sides.values()) {
        if (!position.flat()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Those of a symbol that are not flat. */
  public List<Position> positions(String symbol) {
    return positions().stream().filter(position -> position.symbol().equals(symbol)).toList();
  }

  /** What is not put aside for single positions. */
  public BigDecimal shared() {
    BigDecimal aside = BigDecimal.ZERO;
    for (Position position : positions()) {
      aside = aside.add(position.margin());
    }
    return balance.subtract(aside);
  }
}
