package io.tollgate.metering.internal.meterlog;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.PriceQuote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a meter log holds. Texts and lists have bounds, so that every record has a largest size. */
public sealed interface LogRecord {
  /** Most legs of one record. */
  int MAX_LEGS = 25;

  /** When it was written, to the microsecond. */
  Instant at();

  /** A record about one charge. */
  sealed interface OfCharge extends LogRecord {
    ChargeId charge();
  }

  /** What a leg does to its account. */
  enum LegKind {
    /** Pays part of the price. */
    PAYMENT,
    /** Counts the full price against a limit. */
    LIMIT,
    /**
     * Takes nothing: the account should have paid so much, and was not there in time (the database
     * was silent), so that a later leg paid. Put right when the charge is booked, as far as the
     * account has it by then.
     */
    PASSED_OVER
  }

  /**
   * Part of a reservation or charge.
   *
   * @param units smallest units of the account's asset, never negative
   */
  record Leg(LegKind kind, AccountId account, long units) {
    public Leg {
      requireNonNull(kind, "kind is null");
      requireNonNull(account, "account is null");
      if (units < 0) {
        throw new IllegalArgumentException("units: " + units + " (expected: >= 0)");
      }
    }
  }

  /**
   * A request is about to be sent upstream.
   *
   * @param protocol the upstream's
   * @param model as the caller named it, at most 256 bytes
   * @param clientRequestId the caller's own id, at most 128 bytes
   * @param priceVersion the price it will be charged at, at most 384 bytes
   * @param estimate what was reserved for
   * @param legs what was reserved, in paying order
   */
  record Intent(
      ChargeId charge,
      Instant at,
      TenantId tenant,
      UserId user,
      ApiKeyId apiKey,
      Protocol protocol,
      String model,
      boolean stream,
      Optional<String> clientRequestId,
      String priceVersion,
      TokenUsage estimate,
      List<Leg> legs)
      implements OfCharge {
    public static final int PROTOCOL_BYTES = 32;
    public static final int MODEL_BYTES = 256;
    public static final int CLIENT_ID_BYTES = 128;
    public static final int PRICE_BYTES = PriceQuote.MAX_VERSION_BYTES;

    public Intent {
      requireNonNull(charge, "charge is null");
      at = at.truncatedTo(ChronoUnit.MICROS);
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(apiKey, "apiKey is null");
      requireNonNull(protocol, "protocol is null");
      requireText("model", model, MODEL_BYTES);
      clientRequestId.ifPresent(id -> requireText("client request id", id, CLIENT_ID_BYTES));
      requireText("price version", priceVersion, PRICE_BYTES);
      requireNonNull(estimate, "estimate is null");
      legs = requireLegs(legs);
    }
  }

  /**
   * How far a stream is.
   *
   * @param usage what it has used so far
   * @param legs everything that is reserved for it by now, in paying order
   */
  record Progress(ChargeId charge, Instant at, TokenUsage usage, List<Leg> legs)
      implements OfCharge {
    public Progress {
      requireNonNull(charge, "charge is null");
      at = at.truncatedTo(ChronoUnit.MICROS);
      requireNonNull(usage, "usage is null");
      legs = requireLegs(legs);
    }
  }

  /**
   * A request has ended and this is what it costs.
   *
   * @param reported whether the upstream reported the usage, or we counted it
   * @param price smallest units of the tenant's currency
   * @param uncovered part of the price that no leg covers
   * @param legs how the price is paid, computed once and never again
   * @param errorCode code the caller was answered with, at most 64 bytes
   * @param upstreamAccount provider account that served it
   * @param upstreamModel model as named to the upstream, at most 256 bytes
   * @param priceVersion the price it is charged at where that is another than the intent's, since
   *     another service tier served; at most 384 bytes
   */
  record Result(
      ChargeId charge,
      Instant at,
      TokenUsage usage,
      boolean reported,
      long price,
      long uncovered,
      List<Leg> legs,
      int httpStatus,
      Optional<String> errorCode,
      OptionalLong upstreamAccount,
      String upstreamModel,
      int attempts,
      long latencyMs,
      OptionalLong firstTokenMs,
      Optional<String> priceVersion)
      implements OfCharge {
    public static final int ERROR_BYTES = 64;
    public static final int MODEL_BYTES = 256;

    public Result {
      requireNonNull(charge, "charge is null");
      at = at.truncatedTo(ChronoUnit.MICROS);
      requireNonNull(usage, "usage is null");
      if (price < 0 || uncovered < 0 || uncovered > price) {
        throw new IllegalArgumentException(
            "uncovered: " + uncovered + " of " + price + " (expected: 0 to the price)");
      }
      legs = requireLegs(legs);
      errorCode.ifPresent(code -> requireText("error code", code, ERROR_BYTES));
      requireNonNull(upstreamAccount, "upstreamAccount is null");
      requireText("upstream model", upstreamModel, MODEL_BYTES);
      requireNonNull(firstTokenMs, "firstTokenMs is null");
      priceVersion.ifPresent(version -> requireText("price version", version, Intent.PRICE_BYTES));
    }

    /** Charged at the price of the intent. */
    public Result(
        ChargeId charge,
        Instant at,
        TokenUsage usage,
        boolean reported,
        long price,
        long uncovered,
        List<Leg> legs,
        int httpStatus,
        Optional<String> errorCode,
        OptionalLong upstreamAccount,
        String upstreamModel,
        int attempts,
        long latencyMs,
        OptionalLong firstTokenMs) {
      this(
          charge,
          at,
          usage,
          reported,
          price,
          uncovered,
          legs,
          httpStatus,
          errorCode,
          upstreamAccount,
          upstreamModel,
          attempts,
          latencyMs,
          firstTokenMs,
          Optional.empty());
    }

    /** The price that the charge is explained by. */
    public String priceVersion(Intent intent) {
      return priceVersion.orElse(intent.priceVersion());
    }

    /** The legs that take something of their accounts. */
    public List<Leg> taken() {
      return hasPassedOver()
          ? legs.stream().filter(leg -> leg.kind() != LegKind.PASSED_OVER).toList()
          : legs;
    }

    /** Whether an account that should have paid was not there in time. */
    public boolean hasPassedOver() {
      for (Leg leg : legs) {
        if (leg.kind() == LegKind.PASSED_OVER) {
          return true;
        }
      }
      return false;
    }
  }

  /** The writer ended in order; nothing follows. */
  record Close(Instant at) implements LogRecord {
    public Close {
      at = at.truncatedTo(ChronoUnit.MICROS);
    }
  }

  private static List<Leg> requireLegs(List<Leg> legs) {
    if (legs.size() > MAX_LEGS) {
      throw new IllegalArgumentException(
          "legs: " + legs.size() + " (expected: at most " + MAX_LEGS + ")");
    }
    return List.copyOf(legs);
  }

  private static void requireText(String what, String text, int maxBytes) {
    // a character is three bytes at most, so that the exact count is rarely needed
    if (text.length() * 3 > maxBytes) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > maxBytes) {
        throw new IllegalArgumentException(
            what + ": " + bytes + " bytes (expected: at most " + maxBytes + ")");
      }
    }
  }
}
