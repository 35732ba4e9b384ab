package io.tollgate.relay.gateway;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of the gateway. Names that end in {@code Ms} are milliseconds; deadlines are looked at
 * ten times a second.
 *
 * @param bodyLimit largest body of a request, bytes
 * @param bodySmall a larger body is read only from a caller with means, and parsed beside the event
 *     loop, bytes
 * @param bodyMs a request's body must be complete within
 * @param memoryMib bodies and held back answers of all running requests together, MiB
 * @param inFlightMax running requests of one event loop
 * @param attemptsMax calls upstream for one request, without those that were refused
 * @param attemptsRefusedMax calls that a 429 or the account's 401, 402 or 403 ended, which do not
 *     count as attempts
 * @param estimateOutputCap output tokens reserved when the request names no limit
 * @param noMeansStatus status when balance and quota do not cover a request: 402 or 429
 * @param moneyMs longest wait for a reservation, or for a result to be recorded
 * @param connectionMs longest wait for a connection to a provider
 * @param headMs longest wait for a provider's answer to begin
 * @param idleMs longest pause within a provider's answer
 * @param streamEndMs how long a stream whose finish and usage have come may take to end
 * @param totalMs longest time of one request in all
 * @param answerLimit largest answer that is not streamed, bytes
 * @param hangUpMs how long an answer is read on after its caller hung up, to learn its usage
 * @param hangUpBytes how many bytes of it
 * @param usageOwnInputMax input tokens that a provider may add to a request by itself
 * @param usageFactor how far a report of usage may be above what was sent and asked for
 * @param usageToolCallsMax most calls of one of a provider's own tools that an answer may tell of
 * @param thinking how models' thinking is told between protocols
 * @param media bounds of what is fetched for providers that read no addresses
 * @param forms bounds of forms with files
 * @param realtime bounds of sessions over WebSocket
 */
public record RelayConfig(
    int bodyLimit,
    int bodySmall,
    int bodyMs,
    int memoryMib,
    int inFlightMax,
    int attemptsMax,
    int attemptsRefusedMax,
    int estimateOutputCap,
    int noMeansStatus,
    int moneyMs,
    int connectionMs,
    int headMs,
    int idleMs,
    int streamEndMs,
    int totalMs,
    int answerLimit,
    int hangUpMs,
    int hangUpBytes,
    int usageOwnInputMax,
    int usageFactor,
    int usageToolCallsMax,
    ThinkingConfig thinking,
    MediaConfig media,
    FormConfig forms,
    RealtimeConfig realtime) {
  private static final int MIB = 1 << 20;
  private static final int HOUR_MS = 3_600_000;

  public static final Setting<Integer> BODY_LIMIT =
      Setting.number(
          "relay.body.limit", 32 * MIB, 1024, 1024 * MIB, "largest body of a request, bytes");
  public static final Setting<Integer> BODY_SMALL =
      Setting.number(
          "relay.body.small",
          64 * 1024,
          0,
          1024 * MIB,
          "a larger body is read only from a caller with means, and parsed beside the event loop,"
              + " bytes");
  public static final Setting<Integer> BODY_MS =
      Setting.number(
          "relay.body.ms", 60_000, 100, HOUR_MS, "a request's body must be complete within, ms");
  public static final Setting<Integer> MEMORY_MIB =
      Setting.number(
          "relay.memory.mib",
          256,
          1,
          1_000_000,
          "bodies and held back answers of all running requests together, MiB");
  public static final Setting<Integer> IN_FLIGHT_MAX =
      Setting.number(
          "relay.in.flight.max", 10_000, 1, 1_000_000, "running requests of one event loop");
  public static final Setting<Integer> ATTEMPTS_MAX =
      Setting.number(
          "relay.attempts.max",
          3,
          1,
          20,
          "calls upstream for one request, without those of relay.attempts.refused.max");
  public static final Setting<Integer> ATTEMPTS_REFUSED_MAX =
      Setting.number(
          "relay.attempts.refused.max",
          10,
          0,
          100,
          "calls of one request that a 429, 401, 402 or 403 ended, which are not counted");
  public static final Setting<Integer> ESTIMATE_OUTPUT_CAP =
      Setting.number(
          "relay.estimate.output.cap",
          4_096,
          1,
          10_000_000,
          "output tokens reserved when the request names no limit");
  public static final Setting<Integer> NO_MEANS_STATUS =
      new Setting<>(
          "relay.no.means.status",
          "status when balance and quota do not cover a request: 402, or 429 as some SDKs expect",
          "402",
          RelayConfig::noMeans,
          false);
  public static final Setting<Integer> MONEY_MS =
      Setting.number(
          "relay.money.ms",
          10_000,
          100,
          HOUR_MS,
          "longest wait for a reservation, or for a result to be recorded, ms");
  public static final Setting<Integer> CONNECTION_MS =
      Setting.number(
          "relay.upstream.connection.ms",
          10_000,
          100,
          HOUR_MS,
          "longest wait for a connection to a provider, ms");
  public static final Setting<Integer> HEAD_MS =
      Setting.number(
          "relay.upstream.head.ms",
          300_000,
          100,
          24 * HOUR_MS,
          "longest wait for a provider's answer to begin, ms");
  public static final Setting<Integer> IDLE_MS =
      Setting.number(
          "relay.upstream.idle.ms",
          120_000,
          100,
          24 * HOUR_MS,
          "longest pause within a provider's answer, ms");
  public static final Setting<Integer> STREAM_END_MS =
      Setting.number(
          "relay.upstream.stream.end.ms",
          2_000,
          100,
          HOUR_MS,
          "how long a stream whose finish and usage have come may take to end, ms");
  public static final Setting<Integer> TOTAL_MS =
      Setting.number(
          "relay.total.ms", HOUR_MS, 100, 24 * HOUR_MS, "longest time of one request in all, ms");
  public static final Setting<Integer> ANSWER_LIMIT =
      Setting.number(
          "relay.answer.limit",
          32 * MIB,
          1024,
          1024 * MIB,
          "largest answer that is not streamed, bytes");
  public static final Setting<Integer> HANG_UP_MS =
      Setting.number(
          "relay.hang.up.ms",
          600_000,
          100,
          24 * HOUR_MS,
          "how long an answer is read on after its caller hung up, ms");
  public static final Setting<Integer> HANG_UP_BYTES =
      Setting.number(
          "relay.hang.up.bytes",
          8 * MIB,
          0,
          1024 * MIB,
          "how much of an answer is read on after its caller hung up, bytes");

  public static final Setting<Integer> USAGE_OWN_INPUT_MAX =
      Setting.number(
          "relay.usage.own.input.max",
          16_384,
          0,
          1_000_000,
          "input tokens that a provider may add to a request by itself, as its system prompt");
  public static final Setting<Integer> USAGE_FACTOR =
      Setting.number(
          "relay.usage.factor",
          4,
          1,
          1_000,
          "how many times of what was sent and asked for a report of usage may hold");

  public static final Setting<Integer> USAGE_TOOL_CALLS_MAX =
      Setting.number(
          "relay.usage.tool.calls.max",
          1_000,
          1,
          1_000_000,
          "most calls of one of a provider's own tools that an answer may tell of, where the request"
              + " names no limit");

  public static List<Setting<?>> settings() {
    List<Setting<?>> own =
        List.of(
            BODY_LIMIT,
            BODY_SMALL,
            BODY_MS,
            MEMORY_MIB,
            IN_FLIGHT_MAX,
            ATTEMPTS_MAX,
            ATTEMPTS_REFUSED_MAX,
            ESTIMATE_OUTPUT_CAP,
            NO_MEANS_STATUS,
            MONEY_MS,
            CONNECTION_MS,
            HEAD_MS,
            IDLE_MS,
            STREAM_END_MS,
            TOTAL_MS,
            ANSWER_LIMIT,
            HANG_UP_MS,
            HANG_UP_BYTES,
            USAGE_OWN_INPUT_MAX,
            USAGE_FACTOR,
            USAGE_TOOL_CALLS_MAX);
    return Stream.of(
            own,
            ThinkingConfig.settings(),
            MediaConfig.settings(),
            FormConfig.settings(),
            RealtimeConfig.settings())
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  public static RelayConfig from(Settings settings) {
    return new RelayConfig(
        settings.get(BODY_LIMIT),
        settings.get(BODY_SMALL),
        settings.get(BODY_MS),
        settings.get(MEMORY_MIB),
        settings.get(IN_FLIGHT_MAX),
        settings.get(ATTEMPTS_MAX),
        settings.get(ATTEMPTS_REFUSED_MAX),
        settings.get(ESTIMATE_OUTPUT_CAP),
        settings.get(NO_MEANS_STATUS),
        settings.get(MONEY_MS),
        settings.get(CONNECTION_MS),
        settings.get(HEAD_MS),
        settings.get(IDLE_MS),
        settings.get(STREAM_END_MS),
        settings.get(TOTAL_MS),
        settings.get(ANSWER_LIMIT),
        settings.get(HANG_UP_MS),
        settings.get(HANG_UP_BYTES),
        settings.get(USAGE_OWN_INPUT_MAX),
        settings.get(USAGE_FACTOR),
        settings.get(USAGE_TOOL_CALLS_MAX),
        ThinkingConfig.from(settings),
        MediaConfig.from(settings),
        FormConfig.from(settings),
        RealtimeConfig.from(settings));
  }

  private static Integer noMeans(String text) {
    return switch (text) {
      case "402" -> 402;
      case "429" -> 429;
      default -> throw new IllegalArgumentException("402 or 429");
    };
  }
}
