package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonTree.Items;
import io.tollgate.relay.protocols.internal.json.JsonTree.Literal;
import io.tollgate.relay.protocols.internal.json.JsonTree.Members;
import io.tollgate.relay.protocols.internal.json.JsonTree.Text;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request's body in the one form that all bodies have which ask for the same: the order of
 * members, space, escapes and the way in which numbers are written make no difference, nor do
 * fields that change nothing of the answer (who the user is, metadata, what is said of caches).
 * Immutable.
 */
public final class CanonicalRequest {
  /** Top members that change nothing of the answer. */
  private static final Set<String> BESIDE_THE_ANSWER =
      Set.of(
          "user",
          "metadata",
          "labels",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention");

  /** Top members by which an answer depends on what the provider keeps, or is kept by it. */
  private static final Set<String> KEPT_ELSEWHERE =
      Set.of("previous_response_id", "conversation", "background", "container");

  private static final Set<String> CONFIGS = Set.of("generationConfig", "generation_config");
  private static final int MAX_NUMBER = 40;
  private static final int ESCAPE = 6;

  private final byte[] bytes;
  private final boolean zeroTemperature;
  private final boolean notKept;

  private CanonicalRequest(byte[] bytes, boolean zeroTemperature, boolean notKept) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.zeroTemperature = zeroTemperature;
    this.notKept = notKept;
  }

  /**
   * The form of a body.
   *
   * @return nothing where its answer cannot stand for that of another: it is no JSON object, can be
   *     read in two ways, or goes on from what the provider keeps
   */
  public static Optional<CanonicalRequest> of(byte[] body) {
    JsonTree read;
    try {
      read = JsonTree.readUnambiguous(body);
    } catch (JsonFault _) {
      return Optional.empty();
    }
    if (!(read instanceof Members members) || dependsOnOthers(members) || isUnclear(members)) {
      return Optional.empty();
    }
    boolean notKept = isLiteral(members.byName().get("store"), "false");
    boolean zero = isZeroTemperature(members);
    BESIDE_THE_ANSWER.forEach(members.byName()::remove);
    ByteSink out = new ByteSink();
    write(members, out);
    return Optional.of(new CanonicalRequest(out.take(), zero, notKept));
  }

  /** The form, of which two are the same where the requests are. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether the request asks for the likeliest answer: its temperature is 0. */
  public boolean zeroTemperature() {
    return zeroTemperature;
  }

  /** Whether the request says that the provider is not to keep the answer. */
  public boolean notKept() {
    return notKept;
  }

  /** Whether a name may have been made of half a character, which is read as a question mark. */
  private static boolean isUnclear(JsonTree value) {
    return switch (value) {
      case Members members ->
          members.byName().entrySet().stream()
              .anyMatch(
                  member -> member.getKey().indexOf('?') >= 0 || isUnclear(member.getValue()));
      case Items items -> items.values().stream().anyMatch(CanonicalRequest::isUnclear);
      case Text _, Literal _ -> false;
    };
  }

  private static boolean dependsOnOthers(Members members) {
    for (String name : KEPT_ELSEWHERE) {
      JsonTree value = members.byName().get(name);
      if (value != null && !isLiteral(value, "null") && !isLiteral(value, "false")) {
        return true;
      }
    }
    return isLiteral(members.byName().get("store"), "true");
  }

  private static boolean isZeroTemperature(Members members) {
    if (isZero(members.byName().get("temperature"))) {
      return true;
    }
    for (String config : CONFIGS) {
      Members found = members.members(config);
      if (found != null && isZero(found.byName().get("temperature"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(@Nullable JsonTree value) {
    return value instanceof Literal literal && number(literal.written()).equals("0");
  }

  private static boolean isLiteral(@Nullable JsonTree value, String written) {
    return value instanceof Literal literal && literal.written().equals(written);
  }

  /** Each value begins with what it is and how long, so that no two are written the same. */
  private static void write(JsonTree value, ByteSink out) {
    switch (value) {
      case Members members -> {
        Map<String, JsonTree> sorted = new TreeMap<>(members.byName());
        put("{" + sorted.size(), out);
        sorted.forEach(
            (name, member) -> {
              text(name, out);
              write(member, out);
            });
      }
      case Items items -> {
        put("[" + items.values().size(), out);
        items.values().forEach(item -> write(item, out));
      }
      case Text text -> text(text.string(), out);
      case Literal literal -> put("#" + number(literal.written()) + ";", out);
    }
  }

  private static void text(JsonString string, ByteSink out) {
    if (hasHalfCharacter(string)) {
      // decoded it would be a question mark: it is taken as it is written
      put("'" + string.length() + ";", out);
      out.add(string.bytes(), string.from(), string.to());
    } else {
      text(string.text(), out);
    }
  }

  private static void text(String text, ByteSink out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put("\"" + utf8.length + ";", out);
    out.add(utf8, 0, utf8.length);
  }

  /** Whether an escape stands for half of a character, and the other half does not follow. */
  private static boolean hasHalfCharacter(JsonString string) {
    if (!string.escaped()) {
      return false;
    }
    byte[] bytes = string.bytes();
    int at = string.from();
    while (at < string.to()) {
      if (bytes[at] != '\\') {
        at++;
      } else if (bytes[at + 1] != 'u') {
        at += 2;
      } else {
        char unit = (char) JsonText.unit(bytes, at + 2);
        at += ESCAPE;
        if (Character.isHighSurrogate(unit)
            && at + ESCAPE <= string.to()
            && bytes[at] == '\\'
            && bytes[at + 1] == 'u'
            && Character.isLowSurrogate((char) JsonText.unit(bytes, at + 2))) {
          at += ESCAPE;
        } else if (Character.isSurrogate(unit)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String number(String written) {
    char first = written.charAt(0);
    if (written.length() > MAX_NUMBER || !(first == '-' || (first >= '0' && first <= '9'))) {
      return written;
    }
    try {
      BigDecimal number = new BigDecimal(written).stripTrailingZeros();
      return number.signum() == 0 ? "0" : number.unscaledValue() + "e" + -number.scale();
    } catch (NumberFormatException | ArithmeticException _) {
      // an exponent beyond all bounds
      return written;
    }
  }

  private static void put(String ascii, ByteSink out) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    out.add(bytes, 0, bytes.length);
  }
}
