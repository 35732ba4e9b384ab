package io.tollgate.web;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The origins of web pages whose scripts may call the interfaces that are open to browsers
 * (cross-origin resource sharing). Immutable.
 */
public final class BrowserOrigins {
  /** No page of another origin. */
  public static final BrowserOrigins NONE = new BrowserOrigins(Set.of());

  public static final Setting<BrowserOrigins> ALLOWED =
      new Setting<>(
          "cors.origins",
          "Web pages that may call the relay and sync interfaces from a browser, separated by"
              + " commas, as https://app.example.com; * for all",
          "",
          BrowserOrigins::parse,
          false);
  public static final Setting<Integer> MAX_AGE =
      Setting.number(
          "cors.max.age.seconds", 600, 0, 86_400, "How long a browser may keep that permission, s");

  private static final String ALL = "*";
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private final Set<String> origins;

  private BrowserOrigins(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  static List<Setting<?>> settings() {
    return List.of(ALLOWED, MAX_AGE);
  }

  /** Whether settings allow every page there is. */
  public static boolean isOpenToAll(Settings settings) {
    return settings.get(ALLOWED).all();
  }

  /**
   * Reads origins that are separated by commas.
   *
   * @throws IllegalArgumentException naming what was expected
   */
  public static BrowserOrigins parse(String text) {
    Set<String> origins = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      String origin = part.strip().toLowerCase(Locale.ROOT);
      if (origin.isEmpty()) {
        continue;
      }
      if (!origin.equals(ALL) && !ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "origins without a path, separated by commas, as https://app.example.com, or *");
      }
      origins.add(origin);
    }
    return origins.isEmpty() ? NONE : new BrowserOrigins(origins);
  }

  public boolean isEmpty() {
    return origins.isEmpty();
  }

  /** Whether every page is allowed. */
  public boolean all() {
    return origins.contains(ALL);
  }

  /** Whether a page of this origin, as its browser writes it, is allowed. */
  public boolean allows(String origin) {
    return all() || origins.contains(origin);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BrowserOrigins that && origins.equals(that.origins);
  }

  @Override
  public int hashCode() {
    return origins.hashCode();
  }

  @Override
  public String toString() {
    return String.join(",", new TreeSet<>(origins));
  }
}
