package io.tollgate.metering.internal.meterlog;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.meterlog.LogRecord.Close;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What follows a record's prefix, by its type. Big endian throughout. */
final class RecordBody {
  private static final int LEG_BYTES = 1 + 2 * Long.BYTES;
  private static final int LEGS_BYTES = 1 + LogRecord.MAX_LEGS * LEG_BYTES;

  /** Largest body of an intent. */
  static final int INTENT_MAX =
      3 * Long.BYTES
          + 1
          + text(Intent.PROTOCOL_BYTES)
          + text(Intent.MODEL_BYTES)
          + text(Intent.CLIENT_ID_BYTES)
          + text(Intent.PRICE_BYTES)
          + UsageBytes.MAX
          + LEGS_BYTES;

  /** Largest body of a result. */
  static final int RESULT_MAX =
      1
          + UsageBytes.MAX
          + 2 * Long.BYTES
          + LEGS_BYTES
          + 2 * Integer.BYTES
          + text(Result.ERROR_BYTES)
          + text(Result.MODEL_BYTES)
          + text(Intent.PRICE_BYTES)
          + 3 * Long.BYTES;

  private static final int STREAM = 1;
  private static final int REPORTED = 1;
  private static final int CLIENT_ID = 2;
  private static final int ERROR = 2;
  private static final int UPSTREAM_ACCOUNT = 4;
  private static final int FIRST_TOKEN = 8;
  private static final int PRICE = 16;

  private RecordBody() {}

  static byte type(LogRecord record) {
    return switch (record) {
      case Intent _ -> 1;
      case Progress _ -> 2;
      case Result _ -> 3;
      case Close _ -> 4;
    };
  }

  static void write(LogRecord record, ByteBuffer out) {
    switch (record) {
      case Intent intent -> write(intent, out);
      case Progress progress -> {
        UsageBytes.write(progress.usage(), out);
        write(progress.legs(), out);
      }
      case Result result -> write(result, out);
      case Close _ -> {}
    }
  }

  /**
   * Reads a body.
   *
   * @throws RuntimeException when it does not hold what its type says
   */
  static LogRecord read(byte type, ChargeId charge, Instant at, ByteBuffer in) {
    return switch (type) {
      case 1 -> intent(charge, at, in);
      case 2 -> new Progress(charge, at, UsageBytes.read(in), legs(in));
      case 3 -> result(charge, at, in);
      case 4 -> new Close(at);
      default -> throw new IllegalArgumentException("type: " + type + " (expected: 1 to 4)");
    };
  }

  private static void write(Intent intent, ByteBuffer out) {
    out.put(
        (byte)
            ((intent.stream() ? STREAM : 0)
                | (intent.clientRequestId().isPresent() ? CLIENT_ID : 0)));
    out.putLong(intent.tenant().value())
        .putLong(intent.user().value())
        .putLong(intent.apiKey().value());
    write(intent.protocol().code(), out);
    write(intent.model(), out);
    intent.clientRequestId().ifPresent(id -> write(id, out));
    write(intent.priceVersion(), out);
    UsageBytes.write(intent.estimate(), out);
    write(intent.legs(), out);
  }

  private static Intent intent(ChargeId charge, Instant at, ByteBuffer in) {
    byte flags = in.get();
    TenantId tenant = new TenantId(in.getLong());
    UserId user = new UserId(in.getLong());
    ApiKeyId key = new ApiKeyId(in.getLong());
    Protocol protocol = Protocol.ofCode(string(in));
    String model = string(in);
    Optional<String> clientId =
        (flags & CLIENT_ID) == 0 ? Optional.empty() : Optional.of(string(in));
    return new Intent(
        charge,
        at,
        tenant,
        user,
        key,
        protocol,
        model,
        (flags & STREAM) != 0,
        clientId,
        string(in),
        UsageBytes.read(in),
        legs(in));
  }

  private static void write(Result result, ByteBuffer out) {
    out.put(
        (byte)
            ((result.reported() ? REPORTED : 0)
                | (result.errorCode().isPresent() ? ERROR : 0)
                | (result.upstreamAccount().isPresent() ? UPSTREAM_ACCOUNT : 0)
                | (result.firstTokenMs().isPresent() ? FIRST_TOKEN : 0)
                | (result.priceVersion().isPresent() ? PRICE : 0)));
    UsageBytes.write(result.usage(), out);
    out.putLong(result.price()).putLong(result.uncovered());
    write(result.legs(), out);
    out.putInt(result.httpStatus()).putInt(result.attempts()).putLong(result.latencyMs());
    result.errorCode().ifPresent(code -> write(code, out));
    result.upstreamAccount().ifPresent(out::putLong);
    write(result.upstreamModel(), out);
    result.firstTokenMs().ifPresent(out::putLong);
    result.priceVersion().ifPresent(version -> write(version, out));
  }

  private static Result result(ChargeId charge, Instant at, ByteBuffer in) {
    byte flags = in.get();
    TokenUsage usage = UsageBytes.read(in);
    long price = in.getLong();
    long uncovered = in.getLong();
    List<Leg> legs = legs(in);
    int status = in.getInt();
    int attempts = in.getInt();
    long latencyMs = in.getLong();
    Optional<String> error = (flags & ERROR) == 0 ? Optional.empty() : Optional.of(string(in));
    OptionalLong account = optional(flags, UPSTREAM_ACCOUNT, in);
    String model = string(in);
    OptionalLong firstTokenMs = optional(flags, FIRST_TOKEN, in);
    Optional<String> version = (flags & PRICE) == 0 ? Optional.empty() : Optional.of(string(in));
    return new Result(
        charge,
        at,
        usage,
        (flags & REPORTED) != 0,
        price,
        uncovered,
        legs,
        status,
        error,
        account,
        model,
        attempts,
        latencyMs,
        firstTokenMs,
        version);
  }

  private static OptionalLong optional(byte flags, int flag, ByteBuffer in) {
    return (flags & flag) == 0 ? OptionalLong.empty() : OptionalLong.of(in.getLong());
  }

  private static void write(List<Leg> legs, ByteBuffer out) {
    out.put((byte) legs.size());
    for (Leg leg : legs) {
      out.put(
          switch (leg.kind()) {
            case PAYMENT -> (byte) 1;
            case LIMIT -> (byte) 2;
            case PASSED_OVER -> (byte) 3;
          });
      out.putLong(leg.account().value()).putLong(leg.units());
    }
  }

  private static List<Leg> legs(ByteBuffer in) {
    int count = in.get();
    List<Leg> legs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LegKind kind =
          switch (in.get()) {
            case 1 -> LegKind.PAYMENT;
            case 2 -> LegKind.LIMIT;
            case 3 -> LegKind.PASSED_OVER;
            default -> throw new IllegalArgumentException("unknown kind of leg (expected: 1 to 3)");
          };
      legs.add(new Leg(kind, new AccountId(in.getLong()), in.getLong()));
    }
    return legs;
  }

  private static void write(String text, ByteBuffer out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static String string(ByteBuffer in) {
    byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int text(int bytes) {
    return Short.BYTES + bytes;
  }
}
