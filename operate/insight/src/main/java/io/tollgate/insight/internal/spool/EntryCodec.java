package io.tollgate.insight.internal.spool;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** An entry of the spool as bytes. The first one says which layout follows. */
final class EntryCodec {
  private static final int LAYOUT = 1;
  private static final int ATTEMPTS_MAX = 100;
  private static final int PAYER = 1;
  private static final int PLATFORM = 1 << 1;
  private static final int MODEL = 1 << 2;
  private static final int UPSTREAM_MODEL = 1 << 3;
  private static final int STREAM = 1 << 4;
  private static final int ERROR = 1 << 5;
  private static final int COST = 1 << 6;
  private static final int CLIENT_ID = 1 << 7;
  private static final int FIRST_TOKEN = 1 << 8;
  private static final int TRACE = 1 << 9;
  private static final List<UsageKind> KINDS = List.of(UsageKind.values());

  private EntryCodec() {}

  static void write(SpoolEntry entry, EntryBytes out) {
    LoggedRequest request = entry.request();
    out.clear();
    out.one(LAYOUT);
    out.number(entry.weight());
    out.eight(request.id().value().getMostSignificantBits());
    out.eight(request.id().value().getLeastSignificantBits());
    out.eight(micros(request.arrivedAt()));
    out.number(flags(request));
    out.text(request.route());
    out.number(request.status());
    out.number(request.latencyMs());
    request
        .payer()
        .ifPresent(
            payer -> {
              out.number(payer.tenant().value());
              out.number(payer.user().value());
              out.number(payer.key().value());
            });
    request.platform().ifPresent(out::text);
    request.model().ifPresent(out::text);
    request.upstreamModel().ifPresent(out::text);
    request.errorCode().ifPresent(out::text);
    request
        .charge()
        .ifPresent(
            cost -> {
              out.text(cost.currency());
              out.text(cost.priceVersion());
              out.number(cost.quotaTokens());
              out.number(cost.paid());
              out.number(cost.owed());
            });
    request.clientRequestId().ifPresent(out::text);
    request.traceId().ifPresent(out::text);
    request.firstTokenMs().ifPresent(out::number);
    usage(request.usage(), out);
    attempts(request.attempts(), out);
  }

  static SpoolEntry read(ByteBuffer in) {
    int layout = in.get();
    if (layout != LAYOUT) {
      throw new IllegalArgumentException("layout " + layout + " (expected: " + LAYOUT + ")");
    }
    int weight = Math.toIntExact(number(in));
    ChargeId id = new ChargeId(new UUID(in.getLong(), in.getLong()));
    Instant arrived = instant(in.getLong());
    int flags = Math.toIntExact(number(in));
    String route = text(in);
    int status = Math.toIntExact(number(in));
    long latency = number(in);
    Optional<LoggedRequest.Payer> payer =
        has(flags, PAYER)
            ? Optional.of(
                new LoggedRequest.Payer(
                    new TenantId(number(in)), new UserId(number(in)), new ApiKeyId(number(in))))
            : Optional.empty();
    Optional<String> platform = optional(in, flags, PLATFORM);
    Optional<String> model = optional(in, flags, MODEL);
    Optional<String> upstream = optional(in, flags, UPSTREAM_MODEL);
    Optional<String> error = optional(in, flags, ERROR);
    Optional<LoggedRequest.Cost> cost =
        has(flags, COST)
            ? Optional.of(
                new LoggedRequest.Cost(text(in), text(in), number(in), number(in), number(in)))
            : Optional.empty();
    Optional<String> client = optional(in, flags, CLIENT_ID);
    Optional<String> trace = optional(in, flags, TRACE);
    OptionalLong first =
        has(flags, FIRST_TOKEN) ? OptionalLong.of(number(in)) : OptionalLong.empty();
    TokenUsage usage = usage(in);
    return new SpoolEntry(
        new LoggedRequest(
            id,
            arrived,
            route,
            payer,
            platform,
            model,
            upstream,
            has(flags, STREAM),
            status,
            error,
            attempts(in),
            usage,
            cost,
            client,
            trace,
            latency,
            first),
        weight);
  }

  private static int flags(LoggedRequest request) {
    return flag(request.payer().isPresent(), PAYER)
        | flag(request.platform().isPresent(), PLATFORM)
        | flag(request.model().isPresent(), MODEL)
        | flag(request.upstreamModel().isPresent(), UPSTREAM_MODEL)
        | flag(request.stream(), STREAM)
        | flag(request.errorCode().isPresent(), ERROR)
        | flag(request.charge().isPresent(), COST)
        | flag(request.clientRequestId().isPresent(), CLIENT_ID)
        | flag(request.firstTokenMs().isPresent(), FIRST_TOKEN)
        | flag(request.traceId().isPresent(), TRACE);
  }

  private static int flag(boolean set, int bit) {
    return set ? bit : 0;
  }

  private static boolean has(int flags, int bit) {
    return (flags & bit) != 0;
  }

  private static void usage(TokenUsage usage, EntryBytes out) {
    int kinds = 0;
    for (UsageKind kind : KINDS) {
      kinds += usage.count(kind) > 0 ? 1 : 0;
    }
    out.number(kinds);
    for (UsageKind kind : KINDS) {
      if (usage.count(kind) > 0) {
        out.one(kind.number());
        out.number(usage.count(kind));
      }
    }
  }

  private static TokenUsage usage(ByteBuffer in) {
    TokenUsage.Builder usage = TokenUsage.builder();
    for (long left = number(in); left > 0; left--) {
      int kind = in.get();
      var _ =
          usage.add(
              UsageKind.byNumber(kind)
                  .orElseThrow(() -> new IllegalArgumentException("kind of usage: " + kind)),
              number(in));
    }
    return usage.build();
  }

  private static void attempts(List<LoggedAttempt> attempts, EntryBytes out) {
    List<LoggedAttempt> kept =
        attempts.size() <= ATTEMPTS_MAX ? attempts : attempts.subList(0, ATTEMPTS_MAX);
    out.number(kept.size());
    for (LoggedAttempt each : kept) {
      out.number(each.account());
      out.text(each.model());
      out.number(each.startedMs());
      out.number(each.durationMs());
      out.text(each.outcome());
    }
  }

  private static List<LoggedAttempt> attempts(ByteBuffer in) {
    List<LoggedAttempt> attempts = new ArrayList<>();
    for (long left = number(in); left > 0; left--) {
      attempts.add(new LoggedAttempt(number(in), text(in), number(in), number(in), text(in)));
    }
    return attempts;
  }

  private static Optional<String> optional(ByteBuffer in, int flags, int bit) {
    return has(flags, bit) ? Optional.of(text(in)) : Optional.empty();
  }

  private static String text(ByteBuffer in) {
    byte[] utf8 = new byte[Math.toIntExact(number(in))];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      long next = in.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1_000;
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
