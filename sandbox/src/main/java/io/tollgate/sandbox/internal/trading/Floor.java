package io.tollgate.sandbox.internal.trading;

import io.tollgate.sandbox.internal.trading.book.AccountState;
import io.tollgate.sandbox.internal.trading.book.AlgoDesk;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.Desk;
import io.tollgate.sandbox.internal.trading.book.FundingRates;
import io.tollgate.sandbox.internal.trading.book.FuturesDesk;
import io.tollgate.sandbox.internal.trading.book.Numbering;
import io.tollgate.sandbox.internal.trading.book.OrderState;
import io.tollgate.sandbox.internal.trading.book.Settlement;
import io.tollgate.sandbox.internal.trading.book.SpotDesk;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.book.Venue;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.market.MarketClock;
import io.tollgate.sandbox.internal.trading.market.Prices;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import io.tollgate.sandbox.internal.trading.record.OrderLog;
import io.tollgate.sandbox.internal.trading.record.Witness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The exchange without its protocol: market, accounts and what they trade. What happens is in the
 * journal before anybody is told of it. Confined to the event loop.
 */
public final class Floor implements AutoCloseable {
  /** Of the prices. */
  private static final long SEED = 42;

  private static final int WITNESSED_IDS = 1_000_000;
  private static final long USUAL_LOG_BYTES = 256L << 20;

  private final Instruments instruments = new Instruments();
  private final Prices prices = new Prices(SEED, instruments);
  private final Numbering numbering = new Numbering();
  private final Venue venue = new Venue(instruments, prices, numbering);
  private final SpotDesk spot = new SpotDesk(venue);
  private final FuturesDesk futures = new FuturesDesk(venue);
  private final AlgoDesk algos = new AlgoDesk(venue, futures);
  private final Settlement settlement =
      new Settlement(venue, spot, futures, algos, this::committed);
  private final FundingRates funding = new FundingRates();
  private final Witness witness = new Witness(WITNESSED_IDS);
  private final Map<String, TradingAccount> accounts = new LinkedHashMap<>();
  private final List<TradingAccount> inTurn = new ArrayList<>();
  private final List<Consumer<Changes>> listeners = new ArrayList<>();
  private final MarketClock clock;
  private final Desks desks = new Desks(this);
  private final OrderLog log;
  private int turn;

  private Floor(InstantSource real, Path file, long logBytes) throws IOException {
    this.clock = new MarketClock(real);
    MarketSteering steering = new MarketSteering(this);
    this.log =
        OrderLog.open(
            file,
            witness,
            new AccountState(new OrderState(instruments, numbering)),
            new OrderLog.Reader() {
              @Override
              public TradingAccount account(long number, String key, String secret, long at) {
                TradingAccount account = new TradingAccount(number, key, secret, at);
                numbering.seen(number);
                add(account);
                return account;
              }

              @Override
              public void steered(String what, JsonNode how) {
                steering.again(what, how);
              }
            },
            logBytes);
    accounts.values().forEach(desks::restored);
    accounts.values().stream().mapToLong(TradingAccount::settledTo).max().ifPresent(clock::resume);
  }

  /**
   * Opens the exchange as its journal left it; the market has gone on meanwhile.
   *
   * @throws IOException when the journal cannot be had
   */
  public static Floor open(InstantSource real, Path folder) throws IOException {
    return open(real, folder, USUAL_LOG_BYTES);
  }

  /**
   * The same with another bound.
   *
   * @param logBytes how large its journal may become before it is compacted for the first time
   */
  static Floor open(InstantSource real, Path folder, long logBytes) throws IOException {
    return new Floor(real, folder.resolve("orders.log"), logBytes);
  }

  /** Writes the state in the place of a journal that has become large; between two steps. */
  void compactLog() {
    log.compactIfLarge(accounts.values());
  }

  /** Lines of the journal that were passed over though they were whole. */
  public List<Long> unreadableLines() {
    return log.unreadable();
  }

  public Instruments instruments() {
    return instruments;
  }

  public Prices prices() {
    return prices;
  }

  public MarketClock clock() {
    return clock;
  }

  public Venue venue() {
    return venue;
  }

  public FundingRates funding() {
    return funding;
  }

  public Witness witness() {
    return witness;
  }

  public FuturesDesk futures() {
    return futures;
  }

  public Desk desk(Market market) {
    return market == Market.SPOT ? spot : futures;
  }

  /** Placing and cancelling. */
  public Desks desks() {
    return desks;
  }

  AlgoDesk algoDesk() {
    return algos;
  }

  Settlement settlement() {
    return settlement;
  }

  OrderLog log() {
    return log;
  }

  Numbering numbering() {
    return numbering;
  }

  /** Market time, milliseconds. */
  public long now() {
    return clock.millis();
  }

  public Optional<TradingAccount> account(String apiKey) {
    return Optional.ofNullable(accounts.get(apiKey));
  }

  public List<TradingAccount> accounts() {
    return List.copyOf(accounts.values());
  }

  void add(TradingAccount account) {
    accounts.put(account.apiKey(), account);
    inTurn.add(account);
  }

  /** Tells somebody of everything that happens to accounts, after it is in the journal. */
  public void listen(Consumer<Changes> listener) {
    listeners.add(listener);
  }

  /** Books what the market has done to an account until now. */
  public void settle(TradingAccount account) {
    settlement.settle(account, now());
  }

  /** Books what the market has done to everybody. */
  public void settleAll() {
    long now = now();
    for (TradingAccount account : accounts.values()) {
      settlement.settle(account, now);
    }
  }

  /** Books what the market has done to the next so many to whom it can do anything, in turn. */
  void settleNext(int most) {
    long now = now();
    int settled = 0;
    for (int looked = 0; looked < inTurn.size() && settled < most; looked++) {
      TradingAccount account = inTurn.get(turn++ % inTurn.size());
      if (account.exposed()) {
        settlement.settle(account, now);
        settled++;
      }
    }
    turn = inTurn.isEmpty() ? 0 : turn % inTurn.size();
  }

  /** How many the market can do anything to. */
  public long exposed() {
    return accounts.values().stream().filter(TradingAccount::exposed).count();
  }

  /** Writes a step that nobody asked for, and tells of it. */
  public void committed(Changes changes) {
    log.step(changes);
    tell(changes);
  }

  void committed(Attempt attempt, Changes changes) {
    log.accepted(attempt, changes);
    tell(changes);
  }

  /** Writes down a try that did nothing. */
  public void attempted(Attempt attempt) {
    log.attempt(attempt);
  }

  void tell(Changes changes) {
    listeners.forEach(listener -> listener.accept(changes));
  }

  /** Lets the journal go; only after the event loop has stopped. */
  @Override
  public void close() {
    log.close();
  }
}
