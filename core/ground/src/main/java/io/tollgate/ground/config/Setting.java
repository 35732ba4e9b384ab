package io.tollgate.ground.config;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Numerals;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One named setting. Names are lower case with dots ({@code private.port}); a dash or underscore
 * where the dot stands means the same setting, in flags ({@code --private-port}), environment
 * ({@code TOLLGATE_PRIVATE_PORT}) and file.
 *
 * @param name canonical name
 * @param description one sentence for help and documentation, with the unit where there is one
 * @param defaultText what applies when nothing is given; null where there is no default
 * @param parser reads the text; throws IllegalArgumentException naming what was expected
 * @param secret whether the value must never be shown
 */
public record Setting<T>(
    String name,
    String description,
    @Nullable String defaultText,
    Function<String, T> parser,
    boolean secret) {
  public Setting {
    requireNonNull(description, "description is null");
    requireNonNull(parser, "parser is null");
    if (!name.equals(canonical(name))) {
      throw new IllegalArgumentException(
          "setting name: " + name + " (expected: " + canonical(name) + ")");
    }
  }

  public static Setting<String> text(String name, String defaultText, String description) {
    return new Setting<>(name, description, defaultText, Function.identity(), false);
  }

  /** A text that has no default; read with {@link Settings#find}. */
  public static Setting<String> optionalText(String name, String description) {
    return new Setting<>(name, description, null, Function.identity(), false);
  }

  /** A secret without default; never shown. Read with {@link Settings#find}. */
  public static Setting<String> secret(String name, String description) {
    return new Setting<>(name, description, null, Function.identity(), true);
  }

  public static Setting<Boolean> flag(String name, boolean defaultValue, String description) {
    return new Setting<>(
        name, description, Boolean.toString(defaultValue), Setting::parseFlag, false);
  }

  /** A whole number between two bounds, both included. */
  public static Setting<Integer> number(
      String name, int defaultValue, int least, int max, String description) {
    return new Setting<>(
        name,
        description,
        Integer.toString(defaultValue),
        text -> parseNumber(text, least, max),
        false);
  }

  /** The same of a number that may be larger than an int. */
  public static Setting<Long> longNumber(
      String name, long defaultValue, long least, long max, String description) {
    return new Setting<>(
        name,
        description,
        Long.toString(defaultValue),
        text -> parseLongNumber(text, least, max),
        false);
  }

  /** A port: 0 lets the system choose a free one. */
  public static Setting<Integer> port(String name, int defaultValue, String description) {
    return number(name, defaultValue, 0, 65_535, description);
  }

  /** One of an enum's constants, written in lower case with dashes. */
  public static <E extends Enum<E>> Setting<E> choice(
      String name, E defaultValue, String description) {
    Class<E> type = defaultValue.getDeclaringClass();
    return new Setting<>(
        name, description, written(defaultValue), text -> parseChoice(type, text), false);
  }

  /** The form in which two spellings of a setting's name are equal. */
  public static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
  }

  Optional<T> parse(@Nullable String given, String origin) {
    String text = given != null ? given : defaultText;
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text.strip()));
    } catch (IllegalArgumentException e) {
      String shown = secret ? "(secret)" : text;
      throw new SettingsException(
          name + ": " + shown + " (expected: " + e.getMessage() + "; set by " + origin + ")");
    }
  }

  private static boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  private static int parseNumber(String text, int least, int max) {
    String expected = "a whole number from " + least + " to " + max;
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected, e);
    }
    if (number < least || number > max) {
      throw new IllegalArgumentException(expected);
    }
    return number;
  }

  private static long parseLongNumber(String text, long least, long max) {
    String expected = "a whole number from " + least + " to " + max;
    long number;
    try {
      number = Numerals.wholeNumber(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected, e);
    }
    if (number < least || number > max) {
      throw new IllegalArgumentException(expected);
    }
    return number;
  }

  private static <E extends Enum<E>> E parseChoice(Class<E> type, String text) {
    StringBuilder expected = new StringBuilder("one of");
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text.toLowerCase(Locale.ROOT))) {
        return constant;
      }
      expected.append(' ').append(written(constant));
    }
    throw new IllegalArgumentException(expected.toString());
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
