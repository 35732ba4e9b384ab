package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long events are kept.
 *
 * @param kept for clients that resume
 * @param backlog longest that events wait for a subscriber that does not take them
 * @param max events in all; the oldest go first
 * @param alarm lag of a subscriber that raises an alarm
 */
public record EventsConfig(Duration kept, Duration backlog, long max, Duration alarm) {
  /** What is set where nothing is. */
  public static final EventsConfig DEFAULTS =
      new EventsConfig(
          Duration.ofHours(24), Duration.ofHours(168), 100_000_000, Duration.ofSeconds(60));

  private static final Setting<Integer> KEPT_HOURS =
      Setting.number(
          "events.kept.hours",
          24,
          1,
          8_760,
          "hours for which events of users are kept, for clients that resume");
  private static final Setting<Integer> BACKLOG_HOURS =
      Setting.number(
          "events.backlog.hours",
          168,
          1,
          8_760,
          "hours for which events wait for a bus that is away; older ones are dropped, and counted");
  private static final Setting<Long> MAX =
      Setting.longNumber(
          "events.max",
          100_000_000,
          1_000,
          100_000_000_000L,
          "events that are kept at most, delivered or not; the oldest go first");
  private static final Setting<Integer> ALARM_SECONDS =
      Setting.number(
          "events.alarm.seconds",
          60,
          1,
          86_400,
          "seconds that the oldest event may wait for a subscriber before its alarm is raised");

  public EventsConfig {
    requireNonNull(kept, "kept is null");
    requireNonNull(backlog, "backlog is null");
    requireNonNull(alarm, "alarm is null");
  }

  static List<Setting<?>> settings() {
    return List.of(KEPT_HOURS, BACKLOG_HOURS, MAX, ALARM_SECONDS);
  }

  static EventsConfig from(Settings settings) {
    return new EventsConfig(
        Duration.ofHours(settings.get(KEPT_HOURS)),
        Duration.ofHours(settings.get(BACKLOG_HOURS)),
        settings.get(MAX),
        Duration.ofSeconds(settings.get(ALARM_SECONDS)));
  }
}
