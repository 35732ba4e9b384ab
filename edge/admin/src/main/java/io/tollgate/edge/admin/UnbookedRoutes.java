package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.metering.UnbookedCharges;
import io.tollgate.metering.UnbookedCharges.Kept;
import io.tollgate.metering.UnbookedCharges.Loss;
import io.tollgate.metering.UnbookedCharges.Place;
import io.tollgate.metering.UnbookedCharges.State;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * {@code /api/settlement-exceptions} and {@code /api/settlement-losses}: what could not be booked,
 * what may be missing, and what somebody does about it.
 */
final class UnbookedRoutes implements Routes {
  private static final String EXCEPTIONS = "/api/settlement-exceptions";
  private static final int NOTE_MAX = 500;
  private static final String NOTE = "1 to " + NOTE_MAX + " characters";
  private static final String LOSSES = "/api/settlement-losses";

  private final Transactions transactions;
  private final UnbookedCharges unbooked;
  private final LedgerQueries ledger;
  private final AdminGate gate;
  private final AdminList<UnbookedCharges.Filter, Kept> exceptions;
  private final AdminList<Optional<State>, Loss> losses;

  UnbookedRoutes(
      Transactions transactions, UnbookedCharges unbooked, LedgerQueries ledger, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.unbooked = requireNonNull(unbooked, "unbooked is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.exceptions =
        AdminList.countedTogether(
            EXCEPTIONS,
            filters ->
                new UnbookedCharges.Filter(
                    filters.tenant(),
                    filters.id("user_id", UserId::new),
                    state(filters),
                    filters.uuid("request_id").map(ChargeId::new)),
            unbooked::exceptions,
            UnbookedRow.class,
            this::rows);
    this.losses =
        AdminList.countedTogether(
            LOSSES, UnbookedRoutes::state, unbooked::losses, LossRow.class, this::lossRows);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    exceptions.declare(table, gate, transactions);
    losses.declare(table, gate, transactions);
    ErrorForm errors = ErrorForms.admin();
    table.blocking(
        HttpMethod.POST,
        EXCEPTIONS + "/{id}/take",
        errors,
        gate.guard(AdminPermission.ORDERS, this::take));
    table.blocking(
        HttpMethod.POST,
        EXCEPTIONS + "/{id}/retry",
        errors,
        gate.guard(AdminPermission.MONEY, this::retry));
    table.blocking(
        HttpMethod.POST,
        EXCEPTIONS + "/{id}/close",
        errors,
        gate.guard(AdminPermission.MONEY, this::close));
    table.blocking(
        HttpMethod.POST,
        LOSSES + "/{id}/take",
        errors,
        gate.guard(AdminPermission.ORDERS, this::takeLoss));
    table.blocking(
        HttpMethod.POST,
        LOSSES + "/{id}/close",
        errors,
        gate.guard(AdminPermission.MONEY, this::closeLoss));
  }

  private static Optional<State> state(Filters filters) {
    return filters.choice(
        "state", List.of(State.values()), state -> state.name().toLowerCase(Locale.ROOT));
  }

  private Response take(Request request) {
    Place place = place(request);
    AdminId who = gate.require(request).admin();
    return shown(transactions.write(tx -> unbooked.take(tx, place, who)));
  }

  private Response retry(Request request) {
    return shown(unbooked.retry(place(request), gate.require(request).admin()));
  }

  private Response close(Request request) {
    AdminId who = gate.require(request).admin();
    String note = note(request);
    Place place = place(request);
    return shown(transactions.write(tx -> unbooked.close(tx, place, who, note)));
  }

  private Response takeLoss(Request request) {
    UUID log = log(request);
    AdminId who = gate.require(request).admin();
    return lossShown(transactions.write(tx -> unbooked.takeLoss(tx, log, who)));
  }

  private Response closeLoss(Request request) {
    AdminId who = gate.require(request).admin();
    String note = note(request);
    UUID log = log(request);
    return lossShown(transactions.write(tx -> unbooked.closeLoss(tx, log, who, note)));
  }

  private Response shown(Kept kept) {
    return AnswerEnvelope.of(rows(List.of(kept)).getFirst());
  }

  private Response lossShown(Loss loss) {
    return AnswerEnvelope.of(lossRows(List.of(loss)).getFirst());
  }

  private List<UnbookedRow> rows(List<Kept> found) {
    Set<AccountId> named = new LinkedHashSet<>();
    found.forEach(
        kept ->
            kept.records()
                .forEach(record -> record.legs().forEach(leg -> named.add(leg.account()))));
    Map<AccountId, AccountKey> accounts = accounts(named);
    return found.stream().map(kept -> UnbookedRow.of(kept, accounts)).toList();
  }

  private List<LossRow> lossRows(List<Loss> found) {
    Set<AccountId> named = new LinkedHashSet<>();
    found.forEach(loss -> named.addAll(loss.bound().keySet()));
    Map<AccountId, AccountKey> accounts = accounts(named);
    return found.stream().map(loss -> LossRow.of(loss, accounts)).toList();
  }

  private Map<AccountId, AccountKey> accounts(Set<AccountId> ids) {
    return ids.isEmpty()
        ? Map.of()
        : transactions.read((Transaction transaction) -> ledger.keys(transaction, ids));
  }

  private static String note(Request request) {
    String note = JsonFields.of(request.json()).requireText("note", NOTE).strip();
    if (note.isEmpty() || note.length() > NOTE_MAX || note.indexOf(0) >= 0) {
      throw GivenText.refused("note", note, NOTE);
    }
    return note;
  }

  /** As rows are named: a log and a number in it. */
  private static Place place(Request request) {
    String text = request.pathParam("id");
    int dot = text.indexOf('.');
    try {
      return new Place(
          UUID.fromString(dot < 0 ? text : text.substring(0, dot)),
          Long.parseLong(text.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no exception " + GivenText.shown(text), e);
    }
  }

  private static UUID log(Request request) {
    String text = request.pathParam("id");
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no loss " + GivenText.shown(text), e);
    }
  }
}
