package io.tollgate.tests.contract;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.RecordBytes;
import io.tollgate.tests.installation.OwnDatabase;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Requests about exceptions and losses of settlement. A server to which nothing has happened has
 * none: each call makes its own.
 */
final class UnbookedCalls {
  private static final String EXCEPTIONS = "/api/settlement-exceptions";
  private static final String LOSSES = "/api/settlement-losses";
  private static final String NONE = "/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77";
  private static final Map<String, String> NOTE = Map.of("note", "looked into");

  private final OwnDatabase database;

  UnbookedCalls(OwnDatabase database) {
    this.database = requireNonNull(database, "database is null");
  }

  List<Call> all() {
    List<Call> calls = new ArrayList<>();
    for (String path : List.of(EXCEPTIONS, LOSSES)) {
      Operation list = new Operation("GET", path);
      calls.addAll(change(path, "take", path.equals(EXCEPTIONS) ? ".3" : ""));
      calls.addAll(change(path, "close", path.equals(EXCEPTIONS) ? ".3" : ""));
      calls.add(new Call(list, "closed", 200, by -> by.get(path + "?state=closed", by.asAdmin())));
      calls.add(new Call(list, "no state", 400, by -> by.get(path + "?state=x", by.asAdmin())));
      calls.add(new Call(list, "no token", 401, by -> by.get(path)));
    }
    calls.addAll(change(EXCEPTIONS, "retry", ".3"));
    calls.addAll(ofHotAccount());
    return calls;
  }

  /** A record that is damaged may name any account. */
  private List<Call> ofHotAccount() {
    Operation list = new Operation("GET", EXCEPTIONS);
    Operation retry = new Operation("POST", EXCEPTIONS + "/{id}/retry");
    Operation close = new Operation("POST", EXCEPTIONS + "/{id}/close");
    return List.of(
        new Call(
            retry,
            "on a hot account",
            409,
            by -> by.post(EXCEPTIONS + "/" + onHotAccount() + "/retry", "", by.asAdmin())),
        new Call(list, "on a hot account", 200, by -> by.get(EXCEPTIONS, by.asAdmin())),
        new Call(
            close,
            "on a hot account",
            200,
            by -> by.post(EXCEPTIONS + "/" + onHotAccount() + "/close", NOTE, by.asAdmin())));
  }

  private List<Call> change(String path, String what, String position) {
    Operation operation = new Operation("POST", path + "/{id}/" + what);
    String unknown = path + NONE + position + "/" + what;
    BiFunction<Requests, Object, HttpRequest> post =
        (by, body) -> by.post(path + "/" + made(path) + "/" + what, body, by.asAdmin());
    List<Call> calls = new ArrayList<>();
    boolean closes = what.equals("close");
    Object said = closes ? NOTE : "";
    calls.add(new Call(operation, "one", 200, by -> post.apply(by, said)));
    calls.add(new Call(operation, "unknown", 404, by -> by.post(unknown, said, by.asAdmin())));
    calls.add(new Call(operation, "no token", 401, by -> by.post(unknown, said)));
    if (closes) {
      calls.add(new Call(operation, "no note", 400, by -> post.apply(by, Map.of())));
    }
    return calls;
  }

  /** Makes one and answers its name. */
  private String made(String path) {
    return path.equals(LOSSES) ? loss() : exception();
  }

  private String loss() {
    UUID log = UUID.randomUUID();
    int _ =
        database.age(
            """
            INSERT INTO metering.loss (log, incarnation, begins_at, ends_at, why, noted_at)
            VALUES ('%s', gen_random_uuid(), now() - interval '1 minute', now(), 'contract', now())
            """
                .formatted(log));
    return log.toString();
  }

  /** A charge that costs nothing, of the first log there is. */
  private String exception() {
    return exception(List.of());
  }

  /** One that is to be paid by an account that nobody pays from. */
  private String onHotAccount() {
    AccountId hot =
        new AccountId(
            database.number("SELECT min(id) FROM ledger.account WHERE hot AND kind = 'revenue'"));
    return exception(List.of(new LogRecord.Leg(LogRecord.LegKind.PAYMENT, hot, 5)));
  }

  private String exception(List<LogRecord.Leg> legs) {
    ChargeId charge = new ChargeId(UUID.randomUUID());
    UUID log = UUID.fromString(database.text("SELECT id FROM metering.meter_log LIMIT 1"));
    String price = database.text("SELECT price_version FROM metering.usage_record LIMIT 1");
    long sequence =
        database.number("SELECT least(0, min(sequence)) - 1 FROM metering.settlement_exception");
    Instant now = Instant.now();
    byte[] records =
        RecordBytes.of(
            log,
            List.of(
                new LogRecord.Intent(
                    charge,
                    now,
                    new TenantId(1),
                    new UserId(1),
                    new ApiKeyId(1),
                    Protocol.OPENAI,
                    "gpt-4o-mini",
                    false,
                    Optional.empty(),
                    price,
                    TokenUsage.NONE,
                    legs),
                new LogRecord.Result(
                    charge,
                    now,
                    TokenUsage.NONE,
                    true,
                    legs.stream().mapToLong(LogRecord.Leg::units).sum(),
                    0,
                    legs,
                    200,
                    Optional.empty(),
                    OptionalLong.empty(),
                    "gpt-4o-mini",
                    1,
                    1,
                    OptionalLong.empty())));
    int _ =
        database.age(
            """
            INSERT INTO metering.settlement_exception
              (log, sequence, charge_id, tenant_id, user_id, records, why, noted_at)
            VALUES ('%s', %d, '%s', 1, 1, '\\x%s', 'contract', now())
            """
                .formatted(log, sequence, charge.value(), HexFormat.of().formatHex(records)));
    int _ =
        database.age(
            "UPDATE metering.meter_log SET exceptions = exceptions + 1 WHERE id = '" + log + "'");
    return log + "." + sequence;
  }
}
