package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargeRefunds;
import io.tollgate.billing.ChargeRefunds.Refunded;
import io.tollgate.billing.ExplainedCharge;
import io.tollgate.billing.HandPostings.By;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/request-logs/{request_id}/charge}: what a request cost, line by line, and who paid;
 * and giving it back.
 */
final class RequestChargeRoutes implements Routes {
  private static final String PATH = "/api/request-logs/{request_id}";
  private static final Asset USD = Asset.money("USD");
  private static final int MAX_ENTRIES = 500;
  private static final String CHARGED = "relay_charge";

  /** What users pay from, and what counts what they spend. */
  private static final Set<AccountKind> PAYERS =
      Set.of(
          AccountKind.BALANCE,
          AccountKind.GRANT,
          AccountKind.GIFT,
          AccountKind.OWED,
          AccountKind.LIMIT);

  /** Transactions that see what was charged until now. */
  private final Transactions books;

  private final Transactions transactions;
  private final UsageQueries usage;
  private final LedgerQueries ledger;
  private final ChargeRefunds refunds;
  private final AdminGate gate;

  RequestChargeRoutes(
      Transactions books,
      Transactions transactions,
      UsageQueries usage,
      LedgerQueries ledger,
      ChargeRefunds refunds,
      AdminGate gate) {
    this.books = requireNonNull(books, "books is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.refunds = requireNonNull(refunds, "refunds is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH + "/charge", errors, gate.guard(this::explain));
    table.blocking(
        HttpMethod.POST, PATH + "/refund", errors, gate.guard(AdminPermission.MONEY, this::refund));
  }

  private Response explain(Request request) {
    ChargeId charge = ChargeId.parse(request.pathParam("request_id"));
    return AnswerEnvelope.of(books.read(transaction -> explained(transaction, charge)));
  }

  private Response refund(Request request) {
    By by =
        new By(
            gate.require(request).admin(),
            MoneyFields.reason(JsonFields.of(request.json())),
            MoneyFields.idempotencyKey(request));
    ChargeId charge = ChargeId.parse(request.pathParam("request_id"));
    return AnswerEnvelope.of(
        Back.of(transactions.write(transaction -> refunds.refund(transaction, charge, by))));
  }

  private Charge explained(Transaction transaction, ChargeId charge) {
    UsageRecord record =
        usage.search(transaction, UsageFilter.of(charge), 1, Optional.empty()).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(ErrorCode.NOT_FOUND, "request " + charge + " is not in the books"));
    EntryFilter ofCharge =
        new EntryFilter(
            Optional.of(record.tenant()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(charge.toString()),
            Optional.empty(),
            Optional.empty());
    List<LedgerEntry> entries =
        ledger.entries(transaction, ofCharge, ListRequest.first(MAX_ENTRIES)).rows().stream()
            .filter(RequestChargeRoutes::isOfUser)
            .toList();
    Map<AccountId, AccountKey> accounts =
        ledger.keys(transaction, entries.stream().map(LedgerEntry::account).distinct().toList());
    Optional<ExplainedCharge> explained =
        record.outcome() == UsageRecord.Outcome.PENDING
            ? Optional.empty()
            : ExplainedCharge.of(record.priceVersion(), record.usage(), record.quotaTokens());
    return Charge.of(
        record,
        explained,
        entries.stream()
            .filter(entry -> isPayer(accounts.get(entry.account())))
            .map(entry -> Leg.of(entry, accounts))
            .toList(),
        refunds.find(transaction, charge));
  }

  /** A charge takes of users what the tenant earns; whatever else it is gives it back to them. */
  private static boolean isOfUser(LedgerEntry entry) {
    return entry.kind().equals(CHARGED) ? entry.amount().units() < 0 : entry.amount().units() > 0;
  }

  private static boolean isPayer(@Nullable AccountKey account) {
    return account != null && PAYERS.contains(account.kind());
  }

  /**
   * What a request cost.
   *
   * @param lines what each kind of usage costs; empty where the price version cannot be read
   * @param full the sum of the lines
   * @param byQuota what free quota takes off
   * @param cost full less by quota: what the user pays, what is owed included
   * @param margin cost less upstream cost; null where the currencies differ, or the cost is not
   *     known
   * @param legs what was taken of the user's accounts, and given back
   */
  private record Charge(
      String requestId,
      String state,
      String currency,
      String priceVersion,
      List<Line> lines,
      @Nullable BigDecimal full,
      long quotaTokens,
      @Nullable BigDecimal byQuota,
      BigDecimal cost,
      BigDecimal owed,
      @Nullable BigDecimal upstreamCost,
      @Nullable BigDecimal margin,
      List<Leg> legs,
      @Nullable Back refund) {
    static Charge of(
        UsageRecord record,
        Optional<ExplainedCharge> explained,
        List<Leg> legs,
        Optional<Refunded> refund) {
      BigDecimal cost = new Amount(record.currency(), record.cost()).toDecimal();
      BigDecimal upstream =
          record.upstreamCost().isPresent()
              ? new Amount(USD, record.upstreamCost().getAsLong()).toDecimal()
              : null;
      return new Charge(
          record.charge().toString(),
          record.outcome().name().toLowerCase(Locale.ROOT),
          record.currency().code(),
          record.priceVersion(),
          explained.map(each -> each.lines().stream().map(Line::of).toList()).orElse(List.of()),
          explained.map(each -> each.full().toDecimal()).orElse(null),
          record.quotaTokens(),
          explained.map(each -> each.byQuota().toDecimal()).orElse(null),
          cost,
          new Amount(record.currency(), record.owed()).toDecimal(),
          upstream,
          upstream != null && record.currency().equals(USD) ? cost.subtract(upstream) : null,
          legs,
          refund.map(Back::of).orElse(null));
    }
  }

  /** What one kind of usage costs. */
  private record Line(
      String kind, long count, BigDecimal perMillion, BigDecimal multiplier, BigDecimal amount) {
    static Line of(ExplainedCharge.Line line) {
      return new Line(
          line.kind().code(),
          line.count(),
          line.perMillion(),
          line.multiplier(),
          line.amount().toDecimal());
    }
  }

  /** An entry of an account of the user's. */
  private record Leg(
      UUID transferId,
      String transferKind,
      long ledgerAccountId,
      String accountKind,
      String asset,
      BigDecimal amount,
      Instant postedAt) {
    static Leg of(LedgerEntry entry, Map<AccountId, AccountKey> accounts) {
      AccountKey account = requireNonNull(accounts.get(entry.account()), "account is null");
      return new Leg(
          entry.transfer(),
          entry.kind(),
          entry.account().value(),
          account.kind().code(),
          entry.amount().asset().code(),
          entry.amount().toDecimal(),
          entry.postedAt());
    }
  }

  /** A charge that was given back. */
  private record Back(
      String requestId,
      String currency,
      BigDecimal amount,
      long quotaTokens,
      UUID transferId,
      long adminId,
      String reason,
      Instant createdAt) {
    static Back of(Refunded refunded) {
      return new Back(
          refunded.charge().toString(),
          refunded.amount().asset().code(),
          refunded.amount().toDecimal(),
          refunded.quotaTokens(),
          refunded.transfer(),
          refunded.admin().value(),
          refunded.reason(),
          refunded.at());
    }
  }
}
