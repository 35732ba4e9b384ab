package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.CurrentPrice;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceBook;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.billing.PriceTable;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.WrittenPrices;
import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.UsageKind;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.Principal;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/models}: the models that are open to the user, what each costs them, and
 * whether it can be had now. Who serves it is not told.
 */
final class MyModelRoutes implements Routes {
  private static final int ACCOUNTS_PER_READ = 500;

  private final Transactions transactions;
  private final PriceBook prices;
  private final ProviderAccounts accounts;
  private final Subscriptions subscriptions;
  private final InstantSource clock;
  private final PortalGate gate;

  MyModelRoutes(
      Transactions transactions,
      PriceBook prices,
      ProviderAccounts accounts,
      Subscriptions subscriptions,
      InstantSource clock,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.prices = requireNonNull(prices, "prices is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, "/api/v1/me/models", ErrorForms.standard(), this::list);
  }

  private Response list(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    PriceTable table = prices.table();
    PriceMultipliers multipliers = table.multipliers(caller.tenant(), caller.user());
    return transactions.read(
        transaction -> {
          List<AccountStanding> serving = serving(transaction);
          AllowedModels allowed =
              subscriptions
                  .of(transaction, caller.tenant(), caller.user())
                  .map(subscription -> subscription.plan().access().models())
                  .orElse(AllowedModels.ALL);
          return PortalAnswer.of(
              table.at(clock.instant()).stream()
                  .filter(price -> allowed.allow(price.model().id()))
                  .flatMap(price -> row(price, serving, multipliers).stream())
                  .toList());
        });
  }

  /** Those that may serve at all, whether or not they can just now. */
  private List<AccountStanding> serving(Transaction transaction) {
    List<AccountStanding> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListPage<AccountStanding> page =
          accounts.list(
              transaction, AccountFilter.ALL, new ListRequest(1, ACCOUNTS_PER_READ, cursor, false));
      page.rows().stream()
          .filter(each -> each.settings().enabled() && each.providerEnabled() && each.readable())
          .forEach(all::add);
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  private static Optional<Row> row(
      CurrentPrice price, List<AccountStanding> serving, PriceMultipliers multipliers) {
    ModelPrice model = price.model();
    List<HealthState> states =
        serving.stream()
            .filter(each -> each.settings().models().serves(model.id()))
            .map(AccountStanding::state)
            .toList();
    return states.isEmpty()
        ? Optional.empty()
        : Optional.of(Row.of(price, state(states), multipliers));
  }

  private static String state(List<HealthState> states) {
    if (states.contains(HealthState.HEALTHY)) {
      return "serving";
    }
    return states.contains(HealthState.DOUBTFUL) ? "doubtful" : "resting";
  }

  /**
   * A model as its user sees it.
   *
   * @param chat whether it answers in text that is paid by the token, in whatever protocol
   * @param protocols in which it can be asked
   * @param multiplier of the user's own prices
   * @param price theirs, in the form of price lists
   * @param state {@code serving}, {@code doubtful} or {@code resting}
   */
  private record Row(
      String id,
      List<String> aliases,
      String ownedBy,
      boolean chat,
      List<String> protocols,
      long contextTokens,
      long maxOutputTokens,
      BigDecimal multiplier,
      Map<String, Object> price,
      @Nullable Instant nextPriceFrom,
      String state) {
    static Row of(CurrentPrice price, String state, PriceMultipliers multipliers) {
      ModelPrice model = price.model();
      boolean chat = chats(model);
      Stream<Protocol> protocols =
          chat ? Arrays.stream(Protocol.values()) : Stream.of(model.protocol());
      return new Row(
          model.id(),
          model.aliases(),
          model.ownedBy(),
          chat,
          protocols.map(Protocol::code).toList(),
          model.contextTokens(),
          model.maxOutputTokens(),
          multipliers.tenant().multiply(multipliers.user()),
          WrittenPrices.of(model.tiers(), multipliers),
          price.nextFrom().orElse(null),
          state);
    }

    private static boolean chats(ModelPrice model) {
      KindPrices usual = model.standard().usual();
      return model.maxOutputTokens() > 1
          && usual.perMillion(UsageKind.TEXT_OUTPUT) > 0
          && !usual.has(UsageKind.CHARACTERS)
          && !usual.has(UsageKind.SECONDS)
          // what speaks is asked in a session of its own, not in a chat
          && usual.own(UsageKind.AUDIO_OUTPUT).isEmpty();
    }
  }
}
