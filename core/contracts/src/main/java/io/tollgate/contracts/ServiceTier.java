package io.tollgate.contracts;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How fast or how surely a provider serves a request, which decides its price: {@code standard},
 * {@code flex}, {@code priority}, {@code batch}, and whatever name a price list has besides.
 *
 * @param name 1 to 32 of a to z, 0 to 9 and {@code _-.}
 */
public record ServiceTier(String name) implements Comparable<ServiceTier> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,31}");

  /** The usual one, which every model has a price for. */
  public static final ServiceTier STANDARD = new ServiceTier("standard");

  public static final ServiceTier FLEX = new ServiceTier("flex");
  public static final ServiceTier PRIORITY = new ServiceTier("priority");
  public static final ServiceTier BATCH = new ServiceTier("batch");

  /** What has no name that one could have: nothing has a price for it. */
  public static final ServiceTier UNKNOWN = new ServiceTier("unknown");

  public ServiceTier {
    requireNonNull(name, "name is null");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "service tier: " + name + " (expected: 1 to 32 of a to z, 0 to 9 and _-.)");
    }
  }

  /**
   * As requests and answers name it. The makers' words for the usual one, and those that leave the
   * choice to them, are {@link #STANDARD}; what is no name at all is {@link #UNKNOWN}.
   */
  public static ServiceTier of(String wire) {
    String name = wire.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "standard", "default", "auto", "standard_only", "on_demand" -> STANDARD;
      default -> NAME.matcher(name).matches() ? new ServiceTier(name) : UNKNOWN;
    };
  }

  @Override
  public int compareTo(ServiceTier other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
