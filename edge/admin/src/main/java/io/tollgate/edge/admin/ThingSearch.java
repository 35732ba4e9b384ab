package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeAdmin;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrderFilter;
import io.tollgate.billing.RedemptionCodes;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKeyFilter;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.UserFilter;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.insight.ListedRequest;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.RequestList;
import io.tollgate.ledger.LedgerQueries;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a text may name, by what it looks like: each by an index, and a few of each kind. A
 * whole API key is searched by its beginning only, and repeated nowhere.
 */
final class ThingSearch {
  private static final int EACH = 5;
  private static final int KEY_BEGINNING = 8;
  private static final ListRequest PAGE = ListRequest.first(EACH);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern KEY = Pattern.compile("sk-[A-Za-z0-9-]{1,197}");

  private final Transactions transactions;
  private final IdentityModule identity;
  private final RequestList requests;
  private final LedgerQueries ledger;
  private final RechargeAdmin recharges;
  private final RedemptionCodes codes;

  ThingSearch(
      Transactions transactions,
      IdentityModule identity,
      RequestList requests,
      LedgerQueries ledger,
      RechargeAdmin recharges,
      RedemptionCodes codes) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.recharges = requireNonNull(recharges, "recharges is null");
    this.codes = requireNonNull(codes, "codes is null");
  }

  /**
   * Something that was found.
   *
   * @param kind {@code request}, {@code user}, {@code key}, {@code order}, {@code transfer}, {@code
   *     code}, {@code tenant}
   * @param id by which its page is opened
   * @param title as people know it
   * @param matched by what it was found
   */
  record Hit(
      String kind,
      String id,
      String title,
      String matched,
      @Nullable Long tenantId,
      @Nullable Long userId) {}

  /**
   * What was found.
   *
   * @param unsearched kinds that could not be looked through just now
   */
  record Found(List<Hit> hits, List<String> unsearched) {}

  Found find(String asked) {
    List<Hit> hits = new ArrayList<>();
    List<String> unsearched = new ArrayList<>();
    if (KEY.matcher(asked).matches()) {
      hits.addAll(transactions.read(transaction -> keys(transaction, asked)));
      return new Found(hits, unsearched);
    }
    Optional<UUID> uuid = uuid(asked);
    boolean plain = PLAIN.matcher(asked).matches();
    if (plain) {
      try {
        hits.addAll(requests(asked, uuid));
      } catch (Refusal e) {
        if (e.code() != ErrorCode.UNAVAILABLE) {
          throw e;
        }
        unsearched.add("request");
      }
    }
    hits.addAll(
        transactions.read(
            transaction -> {
              List<Hit> found = new ArrayList<>(users(transaction, asked, plain));
              uuid.flatMap(id -> ledger.transfer(transaction, id))
                  .ifPresent(
                      transfer ->
                          found.add(
                              new Hit(
                                  "transfer",
                                  transfer.id().toString(),
                                  transfer.kind(),
                                  "transfer_id",
                                  transfer.tenant().value(),
                                  null)));
              if (plain) {
                found.addAll(orders(transaction, asked));
              }
              found.addAll(others(transaction, asked));
              return found;
            }));
    return new Found(hits, unsearched);
  }

  private List<Hit> requests(String asked, Optional<UUID> uuid) {
    List<Hit> hits = new ArrayList<>();
    uuid.flatMap(requests::find).ifPresent(row -> hits.add(request(row, "request_id")));
    requests.find(ofCaller(asked), EACH, Optional.empty()).stream()
        .map(row -> request(row, "client_request_id"))
        .forEach(hits::add);
    return hits;
  }

  private static Hit request(ListedRequest row, String matched) {
    Optional<Long> tenant =
        row.request()
            .flatMap(each -> each.payer().map(payer -> payer.tenant().value()))
            .or(() -> row.booked().map(record -> record.tenant().value()));
    Optional<Long> user =
        row.request()
            .flatMap(each -> each.payer().map(payer -> payer.user().value()))
            .or(() -> row.booked().map(record -> record.user().value()));
    String model =
        row.request()
            .flatMap(each -> each.model())
            .or(() -> row.booked().map(record -> record.model()))
            .orElse("");
    return new Hit(
        "request",
        row.position().request().toString(),
        model,
        matched,
        tenant.orElse(null),
        user.orElse(null));
  }

  private static LogFilter ofCaller(String asked) {
    LogFilter all = LogFilter.ALL;
    return new LogFilter(
        all.request(),
        Optional.of(asked),
        all.traceId(),
        all.tenant(),
        all.user(),
        all.key(),
        all.account(),
        all.model(),
        all.status(),
        all.errorCode(),
        all.booked(),
        all.start(),
        all.end());
  }

  private List<Hit> users(Transaction transaction, String asked, boolean plain) {
    UserFilter all = UserFilter.ALL;
    List<Hit> hits = new ArrayList<>();
    Set<UserId> seen = new LinkedHashSet<>();
    if (asked.indexOf('@') >= 0) {
      add(hits, seen, transaction, "email", byEmail(asked));
    }
    if (plain) {
      OptionalLong number = number(asked);
      if (number.isPresent() && number.getAsLong() > 0) {
        add(
            hits,
            seen,
            transaction,
            "number",
            new UserFilter(
                all.tenant(),
                Optional.of(new UserId(number.getAsLong())),
                all.externalId(),
                all.email(),
                all.inviteCode(),
                all.inviter(),
                all.active()));
      }
      add(
          hits,
          seen,
          transaction,
          "external_id",
          new UserFilter(
              all.tenant(),
              all.user(),
              Optional.of(asked),
              all.email(),
              all.inviteCode(),
              all.inviter(),
              all.active()));
      add(
          hits,
          seen,
          transaction,
          "invite_code",
          new UserFilter(
              all.tenant(),
              all.user(),
              all.externalId(),
              all.email(),
              Optional.of(asked),
              all.inviter(),
              all.active()));
    }
    return hits;
  }

  private static UserFilter byEmail(String asked) {
    UserFilter all = UserFilter.ALL;
    return new UserFilter(
        all.tenant(),
        all.user(),
        all.externalId(),
        Optional.of(asked),
        all.inviteCode(),
        all.inviter(),
        all.active());
  }

  private void add(
      List<Hit> hits,
      Set<UserId> seen,
      Transaction transaction,
      String matched,
      UserFilter filter) {
    for (UserProfile found : identity.userProfiles().list(transaction, filter, PAGE).rows()) {
      if (seen.add(found.user().id())) {
        hits.add(
            new Hit(
                "user",
                found.user().id().toString(),
                found.user().email().orElse(found.user().externalId()),
                matched,
                found.user().tenant().value(),
                found.user().id().value()));
      }
    }
  }

  private List<Hit> keys(Transaction transaction, String asked) {
    String beginning = asked.substring(0, Math.min(KEY_BEGINNING, asked.length()));
    return identity
        .keyRegister()
        .list(transaction, ApiKeyFilter.ALL.beginning(beginning), PAGE)
        .rows()
        .stream()
        .map(
            key ->
                new Hit(
                    "key",
                    key.id().toString(),
                    key.terms().name(),
                    "prefix",
                    key.tenant().value(),
                    key.user().value()))
        .toList();
  }

  private List<Hit> orders(Transaction transaction, String asked) {
    RechargeOrderFilter filter =
        new RechargeOrderFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.of(asked),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return recharges.orders(transaction, filter, PAGE).rows().stream()
        .map(ThingSearch::order)
        .toList();
  }

  private static Hit order(RechargeOrder order) {
    return new Hit(
        "order",
        Long.toString(order.id()),
        order.orderId(),
        "order_id",
        order.tenant().value(),
        order.user().value());
  }

  private List<Hit> others(Transaction transaction, String asked) {
    List<Hit> hits = new ArrayList<>();
    codes
        .find(transaction, asked)
        .ifPresent(
            code ->
                hits.add(
                    new Hit(
                        "code",
                        Long.toString(code.batch()),
                        code.name(),
                        "code",
                        code.tenant().value(),
                        code.user().map(UserId::value).orElse(null))));
    identity
        .tenants()
        .findByName(transaction, asked)
        .ifPresent(
            tenant ->
                hits.add(
                    new Hit(
                        "tenant",
                        tenant.id().toString(),
                        tenant.name(),
                        "name",
                        tenant.id().value(),
                        null)));
    return hits;
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Numerals.wholeNumber(text));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
